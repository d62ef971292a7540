"""What becomes of many made .bib files stays as it is: what is read, told about their form, repaired by records, joined and put in shape.

Each file is put together by chance, always the same; most are odd.  Where a change is meant, ``python tests/bib/test_many_entries.py`` (with
``PYTHONPATH=tests``) writes ``tests/data/bib/many-entries.json`` anew: the difference is read like code.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from builders import item, keep_rows, kept_rows

from citenorm.bib import RepairOptions, check_form, claims, merge, read, repair, same_works, write
from citenorm.bib.rows import changed_entries
from citenorm.bib.shape import Shape, shaped
from citenorm.bib.style import dialect_of, style_of, writes_latex
from citenorm.errors import CitenormError
from citenorm.match.cite import provenance
from citenorm.model import Claim, Diagnostic, Record, Resolution, Work
from citenorm.normalize import normalize

T = TypeVar("T")
DATA = Path(__file__).parent.parent / "data" / "bib" / "many-entries.json"
COUNT = 120

VALUES: dict[str, tuple[str, ...]] = {
    "author": ("Weir, Anna and Doe, Bob C.", "A. Weir and B. Doe", "Weir, A. and others", "Anna Weir; Bob Doe", "Weir, Anna, Doe, Bob", "{Pond Society}", "Anna Weir & Bob Doe", "Weir, Anna, and Bob Doe", "W\\'eir, Anna", "Doe, Bob and Weir, Anna", "Weir, Anna; Doe, Bob, R\\&D Center, Pond Corp., Oslo"),
    "title": ("Watching Ponds with Nets", "Watching ponds with nets", "{Watching Ponds with Nets}", "Watching {BERT} in Ponds", "BERT for ImageNet &amp; ponds", "Watching Lakes", "Watching Ponds with Nets: A Study", "Of $x_1$ ponds & lakes", "A <i>quiet</i> pond", "RETRACTED: Watching Ponds"),
    "journal": ("Journal of Ponds", "J. Ponds", "arXiv preprint arXiv:1701.00001", "CoRR", "Neural Computation", "International Conference on Machine Learning", "Annals of Lakes", "Physical Review Letters"),
    "booktitle": ("Advances in Pond Processing", "ICML", "Proceedings of the International Conference on Machine Learning", "Workshop on Lakes"),
    "volume": ("31", "30", "abs/1701.00001", "31(2)", "Vol. 31"),
    "number": ("2", "3", "arXiv:1701.00001"),
    "pages": ("100--109", "100-109", "100 – 109", "7--9", "1-3, 7-9", "109--100", "e10", "pp. 100-109"),
    "year": ("2018", "2017", "2012", "in press", "2018a", "18"),
    "month": ("March", "mar", "3", "3 # \"~\" # jan"),
    "doi": ("10.1000/pond.1", "https://doi.org/10.1000/pond.1", "10.1000/x", "doi:10.48550/arXiv.1701.00001", "10.1000/pond\\_1"),
    "eprint": ("1701.00001", "1801.00009", "arXiv:1701.00001v2"),
    "archiveprefix": ("arXiv",),
    "publisher": ("Pond Press", "arXiv", "E\u0301ditions de l'\u00c9tang", "Elm"),
    "note": ("arXiv:1701.00001", "read this", "\\input{secret}", "Accessed: 2020-01-02"),
    "url": ("http://ponds.org/a_b", "https://doi.org/10.1000/pond.1", "\\url{https://arxiv.org/abs/1701.00001}"),
    "howpublished": ("\\url{https://ponds.org/}", "Lecture slides", "arXiv preprint arXiv:1701.00001"),
    "editor": ("Fox, G.", "Doe, Bob and Fox, Gina"),
    "school": ("University of Ponds",), "institution": ("Pond Society",), "edition": ("2", "Second"), "isbn": ("9783161484100", "978-3-16-148410-0"), "issn": ("1234-5678",),
    "series": ("Lecture Notes in Ponds",), "crossref": ("whole",), "keywords": ("a, b",), "file": (":x.pdf:PDF",), "langid": ("english", "german"), "date": ("2018-05", "2017"), "journaltitle": ("Journal of Ponds",), "abstract": ("We watch ponds.",),
}  # fmt: skip
TYPES = ("article", "article", "inproceedings", "misc", "techreport", "book", "phdthesis", "online", "Unpublished", "incollection", "conference", "proceedings")  # fmt: skip
BETWEEN = ("\n", "\n\n", "\n\n\n", "\n% citenorm: ignore=wrong-dash\n", "\n\n% a remark\n", "\nwords, year = {2001}}\n", "\n% citenorm: ignore=all until=2020-01\n", "\r\n")  # fmt: skip
HEADS = ("", "", "@string{jp = {Journal of Ponds}}\n", "% citenorm: ignore-file=CN501\n\n", "@preamble{\"\\newcommand{\\x}{y}\"}\n@comment{x}\n", "@book{whole, title = {Advances in Pond Processing}, year = {2018}, editor = {Fox, G.}}\n")  # fmt: skip


def picked(chance: Random, values: Sequence[T]) -> T:
    return values[int(chance.random() * len(values))]


def an_entry(chance: Random, key: str) -> str:
    names = ["author", "title", "year"]
    names += [name for name in VALUES if name not in names and chance.random() < (0.3 if name in ("journal", "booktitle", "volume", "number", "pages", "doi") else 0.1)]  # fmt: skip
    names = [name for name in names if chance.random() < 0.93]
    if chance.random() < 0.1 and names:
        names.append(picked(chance, names))
    upper, quoted, space = chance.random() < 0.1, chance.random() < 0.2, picked(chance, (" ", " ", "", "  "))  # fmt: skip
    between = picked(chance, (",\n  ", ",\n  ", ", ", ",\n\t"))
    rows = []
    for name in names:
        value = picked(chance, VALUES[name])
        bare = value.isdigit() and chance.random() < 0.3
        quotes = quoted and '"' not in value
        said = value if bare or "#" in value or value == "mar" else f'"{value}"' if quotes else f"{{{value}}}"  # fmt: skip
        rows.append(f"{name.upper() if upper else name}{space}={space}{'jp' if chance.random() < 0.02 else said}")  # fmt: skip
    key = picked(chance, (key, key, key, key, key, "", f"{key} x"))
    opened, closed = picked(chance, (("{", "}"),) * 9 + (("(", ")"),))
    end = picked(chance, (f"\n{closed}", f",\n{closed}", closed, f"\n{closed}", f"\n{closed}", f"\n{closed}", ""))  # fmt: skip
    return f"@{picked(chance, TYPES)}{opened}{key}{between}{between.join(rows)}{end}"


def a_file(chance: Random) -> str:
    count = 1 + int(chance.random() * 4)
    keys = ["weir2018", "doe", "Weir2018", "k", "doe"]
    return picked(chance, HEADS) + "".join(an_entry(chance, keys[i]) + picked(chance, BETWEEN) for i in range(count))  # fmt: skip


def a_record(chance: Random, n: int) -> Record:
    kind = picked(chance, ("article-journal", "article-journal", "paper-conference", "article", "book", "report"))  # fmt: skip
    venue = {"article-journal": "Journal of Ponds", "paper-conference": picked(chance, ("Advances in Pond Processing", "International Conference on Machine Learning"))}.get(kind, "")  # fmt: skip
    made: dict[str, Any] = item("Watching Ponds with Nets", "Anna Weir; Bob C. Doe", 2018, kind, venue=venue)  # fmt: skip
    for field, value in (("volume", "31"), ("issue", "2"), ("page", "100-109"), ("DOI", "10.1000/pond.1"), ("publisher", "Pond Press"), ("URL", "https://ponds.org/1"), ("ISBN", "9783161484100")):  # fmt: skip
        if chance.random() < 0.6 and kind != "article":
            made[field] = value
    if kind == "article" or chance.random() < 0.3:
        made["custom"] = {"arxiv": "1701.00001"} | ({"author-count": 4} if chance.random() < 0.2 else {})  # fmt: skip
    return Record(f"dblp:{n}", made, "dblp")


def resolution(chance: Random, claim: Claim, n: int) -> Resolution:
    """The entry as the record's, with some of its fields kept and some findings."""
    if chance.random() < 0.15:
        return Resolution(claim, "unmatched", "unverifiable")
    record = a_record(chance, n)
    emitted = dict(record.csl)
    origin = dict.fromkeys([*emitted, *(f"custom.{k}" for k in emitted.get("custom", {}))], record)
    for field in ("volume", "page", "container-title", "DOI", "type"):
        if chance.random() < 0.15 and claim.csl.get(field):
            emitted[field] = claim.csl[field]
            origin.pop(field, None)
    told = [picked(chance, (("title-mismatch", "title", "unsafe"), ("author-mismatch", "author", "unsafe"), ("wrong-identifier", "DOI", "unsafe"), ("superseded-preprint", "container-title", "safe"), ("venue-mismatch", "container-title", "unsafe"), ("author-misspelled", "author", "safe"))) for _ in range(int(chance.random() * 3))]  # fmt: skip
    found = tuple(Diagnostic("CN300", name, "…", field, fix=fix) for name, field, fix in told)
    records = (record, a_record(chance, n + 1)) if chance.random() < 0.3 else (record,)
    return Resolution(
        claim, "matched", "verified", record, Work(record.id, records), 0.99, emitted=emitted,
        provenance=provenance(claim, emitted, origin), diagnostics=found, taken=chance.random() < 0.07,
    )  # fmt: skip


def row(n: int) -> list[str]:
    """The blocks; what is told of the form; what a repair changes and tells; what is joined; the file in another shape."""
    chance = Random(f"bib{n}")
    bib = read(a_file(chance).encode())
    out = [" ".join(f"{b.kind[0]}:{b.type}:{b.key}:{b.end - b.start}{'!' + b.problem[:12] if b.problem else ''}" for b in bib.blocks)]  # fmt: skip
    form = check_form(bib, unsafe=chance.random() < 0.5)
    out.append(" ".join(f"{d.code}{d.field and '.' + d.field}@{d.place.line if d.place else ''}{(d.fix or '-')[0]}" for d in form.diagnostics))  # fmt: skip
    made = [resolution(chance, normalize(c), n) for c in claims(bib)]
    options = RepairOptions(form=chance.random() < 0.5, unsafe=chance.random() < 0.3, latex=chance.random() < 0.3, preprint_note=chance.random() < 0.2)  # fmt: skip
    data, found = repair(bib, made, options)
    after = read(data)
    for entry in changed_entries(bib, after, made, found):
        out.append(f"{entry.key}: " + " | ".join(f"{r.field} {r.before[:16]} → {r.after[:28]}" for r in entry.rows))  # fmt: skip
    out.append(" ".join(f"{d.code}{d.field and '.' + d.field}{(d.fix or '-')[0]}{d.severity[0]}" for d in found))  # fmt: skip
    joined = merge(after, same_works(after, made)) if len(after.entries) == len(made) else None
    out.append(" / ".join(joined.said) if joined else "")
    try:
        other = shaped(data, Shape(frozenset(picked(chance, ((), ("note", "file")))), picked(chance, ("", "short", "long")), picked(chance, ("", "key", "year", "author"))))  # fmt: skip
        again = read(other)
        out.append(f"{' '.join(e.key for e in again.entries)} {len(other) - len(data)}")
    except CitenormError as error:
        out.append(str(error)[:60])
    style = style_of(after, after.entries)
    out.append(f"{dialect_of(after)} {writes_latex(after)} {style.gap!r} {style.width} {style.quote} {style.case} {style.bare} {len(write(after, [])) - len(data)}")  # fmt: skip
    return out


def test_what_becomes_of_many_entries() -> None:
    for n, old in enumerate(kept_rows(DATA, COUNT)):
        assert row(n) == old, f"file {n}"


if __name__ == "__main__":
    keep_rows(DATA, [row(n) for n in range(COUNT)])
