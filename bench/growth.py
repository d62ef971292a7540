"""How processor time grows with the length of the input: every public door × a list of repeated pieces.

    python bench/growth.py [--doors GLOB,…] [--pieces N] [--share N] [--most 1000000] [--limit 1.15] [--screen] [--out FILE] [--list]

A document, a value or a file that is one piece repeated (with a beginning that puts it where it hurts: in a list, in a field, in an entry) is given to
each reader, finder, parser, normalizer, rule and writer at 10³ and 10⁴ characters, and at 10⁵ and 10⁶ where that costs little, or the last length took long, more
than its share, or thrice what other pieces take at this door; ``--share N`` gives every N-th piece of a door (others at the next door) 10⁵ in any case.
The exponent is the slope of the processor time between the two largest lengths; where it is above the limit it is
measured again at larger ones (the least of five), since a machine that does other work makes noise.  Exit status 1 where an exponent stays above it, a run
takes longer than ``--slow`` seconds of processor time, or raises anything but one of citenorm's own errors.  With ``--out`` a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import fnmatch
import inspect
import json
import math
import pkgutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass, replace
from html import escape
from importlib import import_module
from pathlib import Path

from citenorm.errors import CitenormError

Door = Callable[[str], object]
SIZES = (1_000, 10_000, 100_000, 1_000_000)
ENOUGH = 0.05
"""Seconds of processor time from which a slope can be told."""
QUICK, CHEAP, SLUGGISH, OUTLIER = 0.0003, 0.0004, 0.3, 3
"""Seconds below which a run is repeated, below which ten times the length is tried anyway, and above which it is tried because so long is suspect;
so many times the median of the door is suspect too."""
NOTICED = 0.01
"""Seconds at 10⁴ characters up to which ``--screen`` looks no further."""
SUSPECT, LOW = 1.1, 1.05
"""A slope that asks for longer texts, and one that needs no further run."""

PIECES: tuple[str, ...] = (
    # signs alone
    *"aA1.,;:!?-–_'\"`´“”„«»()[]{}<>|/\\*+=~^$%&@# \t\n\u00a0\u2028é你あа",
    # words, names, dates, numbers
    "word ", "Word ", "WORD ", "w-", "A. ", "A.", "A.B. ", "B, ", "Doe, J., ", "Doe J, ", "J. Doe and ", "and ", "und ", "& ", "et al. ", "et al.", "van der ", "de la ",
    "von ", "Mc", "O'", "Jr. ", "III ", "(Ed.) ", "(Eds.), ", "Hrsg. ", "2001", "2001 ", "(2001) ", "2001a; ", "1999-", "1-", "1–", "12 ", "1, ", "1.", "10", "n.d. ", "May ", "12 May ", "May 2001 ",
    "Spring ", "2001/", "vol. ", "Vol. 1, ", "no. ", "pp. ", "pp. 1-2, ", "S. ", "p. ", "ed. ", "2nd ed. ", "In ", "In: ", "in Proc. ", "Proceedings of the ", "Journal of ", "J. ", "Conf. ",
    "International ", "Workshop on ", "Univ. ", "Press, ", "Thesis, ", "Technical Report ", "arXiv preprint ", "vs. ", "the ", "of the ", "a ", "on ", "La ", "l'", "d'",
    # identifiers and addresses
    "10.", "10.1/", "10.1000/a", "10.1000/a ", "doi:", "doi: 10.1000/x ", "https://doi.org/", "https://doi.org/10.1/a ", "http://", "https://", "https://a.b/", "www.", "www.a.b ", "a@b.c ",
    "arXiv:", "arXiv:2001.00001 ", "arXiv:2001.00001v1", "2001.00001", "hep-th/", "hep-th/9901001 ", "[cs.LG] ", "ISBN ", "ISBN 978-0-306-40615-7 ", "978", "978-", "0-", "ISSN 1234-5678 ", "PMID: 1 ", "PMC1 ",
    "urn:", "file://", "openreview.net/forum?id=", "aclanthology.org/P", "dblp.org/rec/",
    # lists and citations
    "[1] ", "[1]", "[1, 2] ", "[1-", "[1–2], ", "(1) ", "1) ", "1. ", "1.\n", "[1]\n", "a) ", "[Doe01] ", "[Doe01]\n", "(Doe, 2001) ", "(Doe 2001; ", "Doe (2001) ", "(see ", "cf. ", "ibid. ", "¹", "[^1] ", "[^1]: ",
    "- ", "* ", "• ", "- a\n", "* a\n  ", "1. a\n", "References\n", "# References\n", "References\n\n", "Bibliography\n\n", "Appendix\n\n", "Sources\n", "a\n\n", "a\n", "a\r\n", "\n\n", "\f", "\fa\n", "a\n---\n", "A\n=\n",
    "Doe, J. (2001). T. ", "Doe, J. (2001). T.\n", "Doe, J. (2001). T.\n\n", "[1] J. Doe. T. J, 1:2, 2001.\n", "- Doe, J. (2001). T.\n", "———. 2001. ", "———. T.\n", "Ders. ", "\u2014", "\u2014\n", "a-\n", "a-\nb ",
    "    a\n", "\ta\n", "  ", " \n", "  a\n    b\n", "a  b  ", "1   a\n",
    # Markdown
    "# ", "# a\n", "## a\n\n", "#", "*a", "**a** ", "*a* ", "_a_ ", "__", "~~a~~ ", "`a` ", "``", "```\n", "```a\n", "~~~\n", "[a](b) ", "[a](", "[a]", "![a](b)", "![", "[a]: b\n", "[a][b] ", "<a>", "<http://a> ", "> ", "> a\n", ">>>",
    "| a ", "| a | b |\n", "|---|\n", "---\n", "***\n", "===\n", "<!-- ", "<!--\n", "-->", "<!-- a -->", "[@a] ", "[@a; ", "@a ", "[-@a]", "$a$ ", "$$", "\\(", "\\[a\\]", "^[", "a^b^ ", ": a\n", "{#a} ", "{.a}", ":::\n",
    # HTML and XML
    "<li>a", "<li>", "<ul>", "<ul><li>", "</ul>", "<ol><li>a", "<p>", "<p>a", "<div>", "</div>", "<b>", "<i>a</i>", "<a href='b'>", "<a href=", "<a ", "<table>", "<tr><td>", "<sup>1</sup>", "<h1>a</h1>", "<h2>", "<br>",
    "<script>", "<style>", "<pre>", "<!", "<![CDATA[", "<?", "&", "&amp;", "&#", "&#60;", "&#x", "&lt;i&gt;", "&a;", "</", "<a b=\"", "<span>", "<cite>", "<ref>", "<ref name=a>", "{{cite ", "{{cite|title=a}}", "{{", "}}", "[[a]]", "[[", "'''", "== a ==\n",
    # LaTeX and BibTeX
    "\\", "\\a", "\\a{", "\\a{b} ", "{", "}", "{a}", "{a", "{\\", "{\\'e}", "\\'", "\\'e", "\\\"{", "\\begin{", "\\begin{a}", "\\begin{a}\\end{a}", "\\end{", "\\section{", "\\section{a}\n", "\\cite{", "\\cite{a} ", "\\cite[", "\\cite[a]{b} ", "\\bibitem{", "\\bibitem{a} b\n",
    "\\bibitem[a]{b}", "\\newblock ", "\\href{", "\\href{a}{b} ", "\\url{", "\\url{a} ", "\\textit{", "\\emph{a} ", "\\input{", "\\footnote{", "\\def\\a{", "\\newcommand{\\a}{b}", "\\verb|", "\\verb|a| ", "%", "% a\n", "%\n", "$", "\\$", "~", "--", "---", "\\entry{a}{", "\\field{a}{b}",
    "@", "@a", "@a{", "@a{b,", "@a{a,t={x", "\n@a{b,c={d,", "@a{a,t={x}}\n", "@a{b, c = {d}, e = \"f\"}\n", "@comment{", "@comment{a}\n", "@string{", "@string{a = \"b\"}\n", "@preamble{", "@preamble{\"a\"}\n", "a = ", "a = {b},\n", "title = {Of ponds},\n", "= {", "\",", " # ", "a # b ", "title = {", "author = {a and b},\n", "crossref = {a},\n",
    "% citenorm: ignore=a\n", "citenorm: ", "\\verb", "{{a}}", "{A}b{C}", "A1-", "aB",
    # RST, RTF, RIS, notebooks, locks, JSON
    ".. [1] ", ".. [1] a\n", ".. [a]_ ", "[1]_ ", "`a`_ ", "`a <b>`_ ", ":a: ", ":cite:`a` ", "::\n\n", "a\n~\n", ".. a::\n", "|a| ", "\\par ", "{\\rtf1 ", "\\u1? ", "\\'e9", "\\bin1", "{\\*\\a ", "TY  - BOOK\n", "TI  - a\n", "ER  - \n", "ER  -\nTY  - BOOK\n",
    "[", "[[", "{\"a\":", "{\"a\":1},", "[1,", "null,", "\"", "\\\"", "\\u0041", "<<<<<<< a\n", "{}\n", "a: b\n", "a = 1\n", "[a]\n",
    # what stands apart for people and looks alike
    "\u0301", "e\u0301", "\u200d", "\u202e", "\ufeff", "\ufb01", "\U0001d400", "\U0001f600", "ﬁ", "ß", "İ", "ı", "ſ", "\u00ad", "\u3000", "、", "。", "，", "「a」", "·", "李明, ", "Иванов И. ", "…", "•\n", "�",
)  # fmt: skip


# ------------------------------------------------------------------ doors
def doors() -> dict[str, Door]:
    return {
        **_documents(), **_many(), **_strings(), **_normalizers(), **_claims(), **_files(), **_written(),
    }  # fmt: skip


def _documents() -> dict[str, Door]:
    from citenorm.find import find, passed_over
    from citenorm.read import FORMATS, read

    def through(name: str, head: str = "", tail: str = "", list_: bool = False) -> Door:
        def door(text: str) -> None:
            document = read((head + text + tail).encode("utf-8", "replace"), name=name)
            found = find(document, mentions=True)
            passed_over(document, found)

        return door

    made = {
        f"document:{format.name}": through("a" + format.suffixes[0])
        for format in FORMATS
        if not format.binary and format.name not in ("notebook", "rtf")
    }
    made["document:notebook"] = lambda text: through("a.ipynb")(
        json.dumps(
            {"cells": [{"cell_type": "markdown", "source": [text]}], "nbformat": 4, "metadata": {}}
        )
    )
    made["document:rtf"] = through("a.rtf", "{\\rtf1\\ansi ", "}")
    made["document:docx"] = lambda text: through_archive(read, find, "a.docx", text)
    made["document:odt"] = lambda text: through_archive(read, find, "a.odt", text)
    made["list:markdown"] = through("a.md", "# References\n\n")
    made["list:text"] = through(
        "a.txt", "Some text [1].\n\nReferences\n\n[1] J. Doe. T. J, 2001.\n"
    )
    made["list:latex"] = through(
        "a.tex", "\\begin{thebibliography}{9}\n\\bibitem{a} ", "\n\\end{thebibliography}"
    )
    made["list:html"] = through("a.html", "<h2>References</h2><ol><li>", "</ol>")
    made["cited:text"] = through(
        "a.txt", "", "\n\nReferences\n\n[1] J. Doe. T. J, 2001.\n[2] K. Roe. U. K, 2002.\n"
    )
    made["cited:markdown"] = through(
        "a.md", "# A\n\n", "\n\n# References\n\nDoe, J. (2001). T. J, 1(2), 3-4.\n"
    )
    made["bbl:biblatex"] = through("a.bbl", "\\entry{a}{book}{}\n", "\\endentry\n")
    return made


def _many() -> dict[str, Door]:
    """Documents and bibliographies of as many references as a text of that length has: the piece does not matter, only its length."""
    from citenorm import bib
    from citenorm.budget import DEFAULT, within
    from citenorm.find import find
    from citenorm.pipeline import resolve_all
    from citenorm.read import read
    from citenorm.sources import Sources

    each, nothing = 100, Sources([])

    def letters(i: int) -> str:
        return "X" + "".join("abcdefghij"[int(c)] for c in str(i))

    def entry(i: int, people: str = "Doe, J.", year: str = "2001") -> str:
        return f"{people} ({year}). Of {letters(i)} in ponds number {i}. Limnology, 1(2), 3-4.\n"

    def listed(cite: Callable[[int], str], one: Callable[[int], str]) -> Callable[[int], str]:
        return lambda n: (
            "".join(map(cite, range(n))) + "# References\n\n" + "".join(map(one, range(n)))
        )

    texts: dict[str, Callable[[int], str]] = {
        "uncited": listed(lambda i: "", lambda i: "- " + entry(i)),
        "numbered": listed(lambda i: f"As said [{i + 1}].\n\n", lambda i: f"[{i + 1}] {entry(i)}\n"),
        "one author": listed(lambda i: "As Doe (2001) says.\n\n", lambda i: "- " + entry(i)),
        "no years": listed(lambda i: "As Doe (2001) says.\n\n", lambda i: "- " + entry(i, year="n.d.")),
        "third authors": listed(lambda i: f"As Doe, Roe and {letters(i)} (2001) say.\n\n", lambda i: "- " + entry(i, f"Doe, J., Roe, K. and {letters(i)}, J.")),
        "not listed": listed(lambda i: f"As Doe (2001) and {letters(i)} et al. (2003) say.\n\n", lambda i: "- " + entry(i)),
        "one label": listed(lambda i: "As said [1].\n\n", lambda i: "[1] " + entry(i) + "\n"),
        "footnotes": lambda n: "".join(f"A claim[^{i}].\n\n[^{i}]: {entry(i)}\n" for i in range(n)),
        "idem": listed(lambda i: "", lambda i: ("———. (2001). " if i else "Doe, J. (2001). ") + f"Of {letters(i)} in ponds. Limnology, 1(2), 3-4.\n"),
        "nearly titles": lambda n: "".join(f"## Of {letters(i)} in ponds with number {i}\n\n{entry(i)}\n" for i in range(n)),
        "sessions": lambda n: "".join(f"# Session {i}: ICLR 2020\n\n" for i in range(n)),
        "papers": lambda n: "".join(f"- [Of {letters(i)} in ponds](https://arxiv.org/abs/2001.{i:05d}) - Doe et al., 2020\n" for i in range(n)),
    }  # fmt: skip

    def found(make: Callable[[int], str]) -> Door:
        def door(text: str) -> None:
            with within(replace(DEFAULT, references=10**6)):
                find(read(make(len(text) // each).encode(), name="a.md"), mentions=True)

        return door

    def repaired(title: str, person: str, more: str) -> Door:
        def door(text: str) -> None:
            entries = (
                f"@article{{a{i},\n  title = {{{title.format(letters(i))}}},\n  author = {{{person.format(letters(i))}}},\n  year = 2001,\n{more}}}\n"
                for i in range(len(text) // each)
            )
            file = bib.read("".join(entries).encode(), "a.bib")
            bib.repair(file, resolve_all(bib.claims(file), nothing))

        return door

    return {f"many:{name}": found(make) for name, make in texts.items()} | {
        "many:bib equal": repaired("Of ponds and lakes", "Doe, Jane", ""),
        "many:bib one title": repaired("Of ponds and lakes", "{}, Jane", ""),
        "many:bib one doi": repaired("Of {} in ponds", "Doe, Jane", "  doi = {10.1000/ponds},\n"),
        "many:bib one parent": repaired("Of {} in ponds", "Doe, Jane", "  crossref = {a0},\n"),
    }


def through_archive(read: Callable[..., object], find: Callable[..., object], name: str, text: str) -> None:  # fmt: skip
    """A paragraph a line of an office file (packed so that it is no archive that swells)."""
    import io
    import zipfile

    paragraphs = text.split("\n")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as made:
        if name == "a.docx":
            body = "".join(f"<w:p><w:r><w:t>{_xml(p)}</w:t></w:r></w:p>" for p in paragraphs)
            made.writestr("[Content_Types].xml", _TYPES)
            made.writestr("_rels/.rels", _RELS)
            made.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")  # fmt: skip
        else:
            body = "".join(f"<text:p>{_xml(p)}</text:p>" for p in paragraphs)
            made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            made.writestr("content.xml", f"<office:document-content {_O}><office:body><office:text>{body}</office:text></office:body></office:document-content>")  # fmt: skip
    find(read(data.getvalue(), name=name))


def _xml(text: str) -> str:
    return escape("".join(c if c >= " " or c == "\t" else " " for c in text))


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_O = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def _strings() -> dict[str, Door]:
    from citenorm.parse import parse_works
    from citenorm.printable import printable
    from citenorm.report.as_text import esc

    return {
        "parse": lambda text: parse_works([text]),
        "parse:behind": lambda text: parse_works(["Doe, J. (2001). On ponds. " + text]),
        "parse:lines": lambda text: parse_works(text.split("\n")),
        "printable": printable,
        "html": esc,
    }


def _normalizers() -> dict[str, Door]:
    """Every public function of ``normalize`` that takes a text."""
    import citenorm.normalize as room
    from citenorm.find import headings, list_item, reference_score, title_shape
    from citenorm.match import title_view, views
    from citenorm.parse import tokens

    modules = [import_module(f"citenorm.normalize.{m.name}") for m in pkgutil.iter_modules(room.__path__)]  # fmt: skip
    modules += [headings, list_item, reference_score, title_shape, title_view, views, tokens]
    made: dict[str, Door] = {}
    for module in modules:
        for name, value in vars(module).items():
            function = inspect.unwrap(value) if callable(value) else None
            if (
                name.startswith("_")
                or not inspect.isfunction(function)
                or function.__module__ != module.__name__
            ):
                continue
            wanted = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]  # fmt: skip
            if wanted and all(p.annotation == "str" for p in wanted) and name not in _TABLES:
                label = f"{module.__name__.removeprefix('citenorm.')}.{name}"
                made[label] = _all_arguments(function, len(wanted))
    return made


_TABLES = {"build", "pmlr_volume"}
"""Functions that take a table of ours, not a text of others."""


def _all_arguments(function: Callable[..., object], n: int) -> Door:
    return lambda text: function(*[text + "x" * i for i in range(n)])


FIELDS = ("title", "container-title", "publisher", "volume", "issue", "page", "DOI", "URL", "edition", "note", "genre", "ISBN", "ISSN", "number", "event-title", "collection-title", "publisher-place", "title-short", "abstract")  # fmt: skip


def _claims() -> dict[str, Door]:
    """Claims and records with one long value, normalized, resolved, judged by every rule."""
    from citenorm.catalogue.memory import MemoryCatalogue
    from citenorm.lock import Lock, decide, lock_text
    from citenorm.model import Claim, Record
    from citenorm.pipeline import resolve_all
    from citenorm.report.explanation import explanation
    from citenorm.shapes import sound_csl
    from citenorm.sources import Sources

    base = {"type": "article-journal", "title": "Of ponds and lakes", "author": [{"family": "Doe", "given": "Jane"}], "issued": {"date-parts": [[2001]]}, "container-title": "Limnology", "DOI": "10.1000/ponds"}  # fmt: skip

    def resolved(item: dict[str, object], raw: str = "") -> None:
        claim = Claim(sound_csl(item), raw=raw)
        other = Record.from_csl({**item, "id": "a:1"})
        good = Record.from_csl({**base, "id": "a:2"})
        results = resolve_all([claim, Claim(base)], Sources([MemoryCatalogue([other, good])]))
        for result in results:
            explanation(result)
            result.to_dict()
        lock_text(decide(Lock(), results))

    def field(name: str) -> Door:
        return lambda text: resolved({**base, name: text})

    def person(part: str) -> Door:
        return lambda text: resolved({**base, "author": [{"family": "Doe", part: text}]})

    def many(text: str) -> None:
        names = text.split(" ")[:100_000]
        resolved({**base, "author": [{"family": name} for name in names if name]})

    return {
        **{f"claim:{name}": field(name) for name in FIELDS},
        **{f"claim:author.{part}": person(part) for part in ("family", "given", "literal", "suffix")},
        "claim:authors": many,
        "claim:issued": lambda text: resolved({**base, "issued": {"raw": text}}),
        "claim:raw": lambda text: resolved(base, text),
    }  # fmt: skip


def _files() -> dict[str, Door]:
    """``.bib`` files, what is kept, and what services and other programs say."""
    from citenorm import bib
    from citenorm.bib.cited import cited_keys, named_files
    from citenorm.bib.form import check_form
    from citenorm.bib.rekey import read_key_map, recite
    from citenorm.catalogue.formats.crossref import record_from_item
    from citenorm.listed import read_list
    from citenorm.lock import parse_lock
    from citenorm.pipeline import resolve_all
    from citenorm.remarks import remarks
    from citenorm.report.baseline import read_baseline
    from citenorm.sources import Sources
    from citenorm.sources.cache import Reply
    from citenorm.sources.online import ONLINE

    nothing = Sources([])

    def entry(head: str, tail: str) -> Door:
        def door(text: str) -> None:
            data = (head + text + tail).encode("utf-8", "replace")
            file = bib.read(data, "a.bib")
            claims = bib.claims(file)
            check_form(file, unsafe=True)
            bib.repair(file, resolve_all(claims, nothing))

        return door

    def answer(body: Callable[[str], str]) -> Door:
        def door(text: str) -> None:
            for service in ONLINE:
                service.read(Reply(200, body(text).encode("utf-8", "replace")))

        return door

    page = lambda text: json.dumps({"message-type": "work-list", "message": {"items": [{"DOI": "10.1/a", "title": [text], "author": [{"family": text, "given": text}], "container-title": [text]}]}})  # noqa: E731  # fmt: skip
    feed = lambda text: f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2001.00001v1</id><title>{escape(text)}</title><author><name>{escape(text)}</name></author></entry></feed>'  # noqa: E731  # fmt: skip
    named = {
        f"bib:{name}": entry(f"@article{{a,\n  {name} = {{", "},\n  year = {2001}\n}\n")
        for name in ("title", "author", "journal", "pages", "doi", "month", "year", "url", "volume", "crossref", "note", "keywords", "edition", "isbn", "booktitle", "eprint")
    }  # fmt: skip
    return {
        "bib": entry("", ""),
        "bib:open": entry("@article{a,\n  title = ", ""),
        "bib:fields": entry("@article{a,\n", "\n}\n"),
        **named,
        "cited_keys:md": lambda text: cited_keys(text, "a.md"),
        "cited_keys:tex": lambda text: (cited_keys(text, "a.tex"), named_files(text, "a.tex")),
        "recite:md": lambda text: recite(text, {"a": "b"}, "a.md"),
        "recite:tex": lambda text: recite(text, {"a": "b"}, "a.tex"),
        "key map": read_key_map,
        "remarks": lambda text: [*remarks(text), *remarks(text, "markdown")],
        "lock": lambda text: parse_lock('{"citenorm-lock": 1}\n' + text),
        "baseline": read_baseline,
        "ris": lambda text: read_list(("TY  - BOOK\nTI  - " + text).encode(), "a.ris"),
        "csl-json": lambda text: read_list(text.encode(), "a.json"),
        "crossref": lambda text: record_from_item({"DOI": "10.1/a", "title": [text], "subtitle": [text], "container-title": [text], "page": text, "author": [{"family": text, "given": text}]}),
        "answers:crossref": answer(page),
        "answers:arxiv": answer(feed),
        "answers:bytes": answer(str),
    }  # fmt: skip


def _written() -> dict[str, Door]:
    import citenorm
    from citenorm.emit.csljson import to_csl_json
    from citenorm.emit.keys import base_key
    from citenorm.emit.liststyle import list_styles, write_reference
    from citenorm.emit.ris import to_ris

    def door(field: str, person: str = "") -> Door:
        def written(text: str) -> None:
            item = {"id": "a", "type": "book", "title": "T", "issued": {"date-parts": [[2001]]}}
            item |= {"author": [{"family": "Doe", person: text}]} if person else {field: text}
            citenorm.to_bibtex([item])
            citenorm.to_bibtex([item], dialect="biblatex")
            to_csl_json([item])
            to_ris([item])
            base_key(item)
            write_reference(item, list_styles()[0])

        return written

    return {f"write:{f}": door(f) for f in ("title", "container-title", "page", "URL", "DOI", "publisher", "note")} | {
        f"write:author.{p}": door("", p) for p in ("family", "given", "literal")
    }  # fmt: skip


# ------------------------------------------------------------------ measuring
class TooLong(BaseException):
    """A run that was stopped."""


@dataclass(frozen=True, slots=True)
class Grown:
    """What one door did with one piece: the slope of its processor time, the largest length, its seconds, and what it raised."""

    door: str
    piece: str
    slope: float
    size: int
    seconds: float
    raised: str = ""


def spent(door: Door, text: str, limit: float) -> float:
    """Seconds of processor time of one run; ``limit`` where it was stopped there."""
    begun = time.thread_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, limit, limit)
        with suppress(CitenormError):
            door(text)
        return time.thread_time() - begun
    except TooLong:
        return limit
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def least(door: Door, piece: str, size: int, limit: float, turn: int) -> float:
    """The least of up to three runs, where they are short enough for noise to count."""
    seconds = spent(door, repeated(piece, size, turn), limit)
    for again in range(2):
        if seconds < QUICK:
            seconds = min(seconds, spent(door, repeated(piece, size, turn + again + 1), limit))
    return seconds


def repeated(piece: str, size: int, turn: int = 0) -> str:
    """``size`` characters of a piece; ``turn`` makes them others for what remembers."""
    times = max(1, size // len(piece))
    return piece * times + "x" * (turn % 7) + "\n" * (turn % 2)


def worth_a_longer_text(seconds: float, slope: float, cheap: float, usual: float) -> bool:
    """Whether ten times the length tells more: it costs little, or what was seen is suspect."""
    return seconds < cheap or slope > SUSPECT or seconds > min(SLUGGISH, OUTLIER * usual)


def exponent(
    door: Door, piece: str, args: argparse.Namespace, usual: list[float], chosen: bool
) -> tuple[float, int, float]:
    """(slope between the two largest lengths, the largest, its seconds); the slope is 0 where all is too quick to tell.

    ``usual``: seconds at 10⁴ characters of other pieces, to which this one's are added; ``chosen``: 10⁵ is tried in any case.
    """
    before = least(door, piece, SIZES[0], args.slow, 0)
    slope, now, size = 0.0, before, SIZES[0]
    for turn, larger in enumerate((s for s in SIZES[1:] if s <= args.most), 1):
        now, size = least(door, piece, larger, args.slow, 3 * turn), larger
        slope = math.log10(max(now, 1e-6) / max(before, 1e-6))
        if now >= args.slow or (
            size >= 100_000 and ((now > ENOUGH and slope < LOW) or now > SLUGGISH)
        ):
            break
        first = larger == SIZES[1]
        middle = sorted(usual)[len(usual) // 2] if first and len(usual) > 9 else math.inf
        if first:
            usual.append(now)
        if not (first and chosen) and not worth_a_longer_text(
            now, slope, 0.0 if args.quick else CHEAP, middle
        ):
            break
        before = now
    return (slope if now >= ENOUGH else 0.0), size, now


def confirmed(door: Door, piece: str, size: int, slow: float) -> tuple[float, float]:
    """The slope again: one run of the large length beside ten of a tenth of it, so that the clock's grain plays no part; the least of five."""
    slope, quickest = math.inf, math.inf
    for turn in range(5):
        small = sum(spent(door, repeated(piece, size // 10, turn + n), slow) for n in range(10))
        large = spent(door, repeated(piece, size, turn), slow)
        quickest = min(quickest, large)
        slope = min(slope, 1 + math.log10(max(large, 1e-3) / max(small, 1e-3)))
        if large >= slow or slope < LOW:
            break
    return slope, quickest


def grown(
    name: str,
    door: Door,
    piece: str,
    args: argparse.Namespace,
    usual: list[float],
    chosen: bool = False,
) -> Grown:
    """One door and one piece, measured again where it looks bad."""
    try:
        if args.screen and not chosen and (seen := screened(door, piece, args, usual)) is not None:
            return Grown(name, piece, 0.0, SIZES[1], round(seen, 3))
        slope, size, seconds = exponent(door, piece, args, usual, chosen)
        if slope > args.limit or seconds >= args.slow:
            if seconds < 0.2 or (
                seconds < 1 and size < args.most
            ):  # a longer text tells a slope from a step
                size *= 10
            slope, seconds = confirmed(door, piece, size, args.slow)
    except Exception as error:  # whatever it is, it is a finding
        return Grown(name, piece, 0.0, 0, 0.0, f"{type(error).__name__}: {error}"[:200])
    return Grown(name, piece, round(slope, 2), size, round(seconds, 3))


def screened(door: Door, piece: str, args: argparse.Namespace, usual: list[float]) -> float | None:
    """Seconds of one run at 10⁴ characters, or None where it took long or much longer than with other pieces, and more than ten times a run at 10³."""
    seconds = spent(door, repeated(piece, SIZES[1]), args.slow)
    middle = sorted(usual)[len(usual) // 2] if len(usual) > 9 else 0.0
    usual.append(seconds)
    if seconds < max(NOTICED, OUTLIER * middle):
        return seconds
    before = least(door, piece, SIZES[0], args.slow, 3)
    return seconds if math.log10(max(seconds, 1e-6) / max(before, 1e-6)) < LOW else None


def bad(one: Grown, args: argparse.Namespace) -> bool:
    return bool(one.raised) or (one.slope > args.limit and one.seconds >= ENOUGH) or one.seconds >= args.slow  # fmt: skip


def done_before(path: Path | None) -> dict[tuple[str, str], Grown]:
    """What an earlier run wrote that was stopped."""
    if path is None or not path.exists():
        return {}
    rows = [Grown(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]
    return {(row.door, row.piece): row for row in rows}


def measured(chosen: dict[str, Door], pieces: tuple[str, ...], args: argparse.Namespace) -> Iterator[Grown]:  # fmt: skip
    before = done_before(args.out)
    with args.out.open("a", encoding="utf-8") if args.out else nullcontext() as out:
        for i, (name, door) in enumerate(chosen.items()):
            begun, worst = time.thread_time(), 0.0
            usual: list[float] = []
            for j, piece in enumerate(pieces[:1] if name.startswith("many:") else pieces):
                longer = bool(args.share) and (i + j) % args.share == 0
                one = before.get((name, piece)) or grown(name, door, piece, args, usual, longer)
                if out and (name, piece) not in before:
                    print(json.dumps(asdict(one)), file=out, flush=True)
                worst = max(worst, one.slope if one.seconds >= ENOUGH else 0.0)
                yield one
            if args.verbose:
                print(f"  {name:<34} {time.thread_time() - begun:6.1f} s, worst {worst:.2f}", file=sys.stderr, flush=True)  # fmt: skip


def options() -> argparse.Namespace:
    made = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    made.add_argument("--doors", default="*", help="patterns of names, separated by commas")
    made.add_argument("--not-doors", default="", help="patterns of names to leave out")
    made.add_argument("--pieces", type=int, default=0, help="only every so many-th piece")
    made.add_argument(
        "--share", type=int, default=0, help="10⁵ for every so many-th piece of a door"
    )
    made.add_argument("--piece", action="append", default=[], help="this piece (may be repeated)")
    made.add_argument("--most", type=int, default=1_000_000)
    made.add_argument("--limit", type=float, default=1.15)
    made.add_argument("--slow", type=float, default=10.0)
    made.add_argument("--out", type=Path, help="a file of what was measured, a line each; what is there is not measured again")  # fmt: skip
    made.add_argument(
        "--quick",
        action="store_true",
        help="10⁵ and more only where 10⁴ is slow or its slope suspect",
    )
    made.add_argument(
        "--screen",
        action="store_true",
        help="one run at 10⁴; more only of what takes long there for its door and ten times as long as at 10³, and of the --share",
    )
    made.add_argument("--list", action="store_true")
    made.add_argument("-v", "--verbose", action="store_true")
    return made.parse_args()


def main() -> int:
    args = options()

    def stop(*_: object) -> None:
        if signal.getitimer(signal.ITIMER_VIRTUAL)[1]:  # not while it is being put off
            raise TooLong

    signal.signal(signal.SIGVTALRM, stop)
    wanted, unwanted = args.doors.split(","), args.not_doors.split(",")
    chosen = {
        name: door for name, door in doors().items()
        if any(fnmatch.fnmatch(name, w) for w in wanted) and not any(fnmatch.fnmatch(name, w) for w in unwanted)
    }  # fmt: skip
    pieces = tuple(dict.fromkeys(args.piece or PIECES[:: max(1, args.pieces)]))
    if args.list:
        print("\n".join(chosen))
        print(f"{len(chosen)} doors, {len(pieces)} pieces")
        return 0
    for door in chosen.values():  # what is loaded at first is no growth
        spent(door, "warm ", args.slow)
    found = 0
    for one in measured(chosen, pieces, args):
        if bad(one, args):
            found += 1
            print(f"{one.door:<34} {one.piece!r:<24} {one.size:>9} {one.seconds:>7.2f} s  {one.slope:.2f}  {one.raised}", flush=True)  # fmt: skip
    print(f"{len(chosen)} doors × {len(pieces)} pieces: {found} above {args.limit}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
