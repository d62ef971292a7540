"""A report and a .bib file under review, and a server that shows them."""

import http.client
import json
import threading
from urllib.parse import urlsplit

import pytest

from citenorm import open_sources
from citenorm.review import Desk, Material
from citenorm.review.server import ReviewServer

REPORT = """# Report

## References

[1] Guo, Chuan, et al. "On calibration of modern neural networks." arXiv preprint arXiv:1706.04599 (2017).

[2] Yuanxiang Gao, Li Chen, Baochun Li: Spotlight: Optimizing Device Placement for Training Deep Neural Networks. ICML 2018: 1662-1670

[3] Nobody, Ann. "Slow &lt;script>rivers&lt;/script> of the north in winter light." Journal of Ponds 3 (2011): 4-5.
"""
BIB = """@article{guo2017,
  title = {On calibration of modern neural networks},
  author = {Guo, Chuan and Pleiss, Geoff and Sun, Yu and Weinberger, Kilian Q.},
  journal = {arXiv preprint arXiv:1706.04599},
  year = {2017}
}

@article{nobody2011,
  title = {Slow rivers of the north in winter light},
  author = {Nobody, Ann},
  journal = {Journal of Ponds},
  year = {2011},
  note = {mine}
}
"""


@pytest.fixture(scope="session")
def sources():
    with open_sources(offline=True, user=False) as opened:
        yield opened


@pytest.fixture
def files(tmp_path):
    report, bib = tmp_path / "report.md", tmp_path / "refs.bib"
    report.write_text(REPORT, encoding="utf-8")
    bib.write_text(BIB, encoding="utf-8")
    return [report, bib]


@pytest.fixture
def desk_of(files, sources):
    """Makes a desk of the files as they stand, as a new run would."""

    def made():
        materials = [Material(str(f), f.read_bytes(), sources) for f in files]
        return Desk(materials, files[0].parent / "citenorm.lock")

    return made


@pytest.fixture
def desk(desk_of):
    return desk_of()


class Client:
    """Asks a server as the page does, or otherwise."""

    def __init__(self, server):
        self.server = server
        self.secret = server.secret

    def ask(self, method, path, body=None, **headers):
        """(status, text) of one request; a header that is None is left out."""
        sent = {"Host": self.server.host, "Origin": f"http://{self.server.host}", "Content-Type": "application/json"}  # fmt: skip
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(*self.server.server_address, timeout=60)
        connection.putrequest(method, path, skip_host=True)
        data = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        if method == "POST":
            sent.setdefault("Content-Length", str(len(data)))
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(data if method == "POST" else None)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def post(self, what, **body):
        status, text = self.ask("POST", f"/{self.secret}/{what}", body)
        return status, json.loads(text)

    def page(self):
        status, text = self.ask("GET", f"/{self.secret}/", Origin=None)
        assert status == 200
        return text


@pytest.fixture
def client(desk):
    server = ReviewServer(desk, "0")
    assert urlsplit(server.url).hostname == "127.0.0.1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield Client(server)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client_of():
    return Client
