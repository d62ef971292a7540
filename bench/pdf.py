"""How long reading PDF files takes beside what PDFium itself needs for their text, and a file of many pages.

    python bench/pdf.py FOLDER [--pages 300]

FOLDER: PDF files.  Processor time, best of three.  The last row is one file of so many pages put together from them: seconds of
``citenorm.find`` over it, and how much memory the whole process took at most.
"""

from __future__ import annotations

import argparse
import io
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

import citenorm
from citenorm.read.pdf import (
    read_pdf,  # in this process: citenorm.read gives PDF files to one of their own
)


def bare(data: bytes) -> None:
    """What cannot be saved: opening the file, laying out its pages, their text."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def seconds(work: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def together(files: list[Path], pages: int) -> bytes:
    """A file of so many pages."""
    made = pypdfium2.PdfDocument.new()
    while len(made) < pages:
        for file in files:
            made.import_pages(pypdfium2.PdfDocument(file))
    while len(made) > pages:
        made.del_page(0)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--pages", type=int, default=300)
    args = options.parse_args()
    files = sorted(args.folder.glob("*.pdf"))
    read_pdf(files[0].read_bytes(), "x.pdf")
    total = [0.0, 0.0]
    print("| file | PDFium, s | citenorm, s | times |\n|---|---|---|---|")
    for file in files:
        data = file.read_bytes()
        alone = seconds(lambda: bare(data))  # noqa: B023
        read = seconds(lambda: read_pdf(data, "x.pdf"))  # noqa: B023
        total = [total[0] + alone, total[1] + read]
        print(f"| {file.name[-40:]} | {alone:.3f} | {read:.3f} | {read / alone:.2f} |")
    print(f"| all | {total[0]:.3f} | {total[1]:.3f} | {total[1] / total[0]:.2f} |")
    data = together(files, args.pages)
    taken = seconds(lambda: citenorm.find(read_pdf(data, "x.pdf")), 1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{args.pages} pages: {taken:.2f} s, {memory:.0f} MB at most in this process")


if __name__ == "__main__":
    main()
