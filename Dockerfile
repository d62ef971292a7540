# citenorm for batch runs and servers:   docker build -t citenorm .
#   docker run --rm -v "$PWD:/data" citenorm batch strings.txt rows --catalogue refs.catalogue
#   docker run --rm -i -v "$PWD:/data" citenorm server
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY citenorm citenorm
RUN python -m venv /opt/citenorm && /opt/citenorm/bin/pip install --no-cache-dir '.[batch,server,zstd]'

FROM python:3.13-slim
COPY --from=build /opt/citenorm /opt/citenorm
RUN useradd --create-home citenorm && mkdir /data && chown citenorm /data
USER citenorm
WORKDIR /data
ENV PATH=/opt/citenorm/bin:$PATH PYTHONDONTWRITEBYTECODE=1
ENTRYPOINT ["citenorm"]
CMD ["--help"]
