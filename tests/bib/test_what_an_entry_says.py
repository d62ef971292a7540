"""Fields of a .bib entry → what the claim says: types, containers, dates, numbers, identifiers, inheritance."""

from __future__ import annotations

import pytest
from builders import claim, record

from citenorm.bib import claims, read
from citenorm.bib.borne_out import borne_out
from citenorm.bib.cited import cited_keys, named_files
from citenorm.bib.claims import decoded


def csl(fields, kind="misc", whole=False):
    (found,) = claims(read(f"@{kind}{{k, {fields}}}".encode()), whole=whole)
    return found.csl


def of(field, fields, kind="misc", whole=False):
    made = csl(fields, kind, whole)
    return made.get("custom", {}).get(field[7:]) if field.startswith("custom.") else made.get(field)


# ------------------------------------------------------------------ types
@pytest.mark.parametrize(
    ("kind", "fields", "made"),
    [
        ("article", "journal = {Ponds}", "article-journal"),
        ("inproceedings", "booktitle = {Ponds}", "paper-conference"),
        ("inbook", "booktitle = {Ponds}", "chapter"),
        ("phdthesis", "school = {P}", "thesis"),
        ("techreport", "institution = {P}", "report"),
        ("misc", "journal = {Ponds}", "article-journal"),
        ("misc", "journaltitle = {Ponds}", "article-journal"),
        ("misc", "booktitle = {Ponds}", "paper-conference"),
        ("misc", "url = {https://pond.org/}", "webpage"),
        ("misc", "title = {Ponds}", None),
        ("unpublished", "title = {Ponds}", "manuscript"),
        ("artcle", "journal = {Ponds}", None),
        ("misc", "eprint = {1901.00001}", "article"),
        ("article", "eprint = {1901.00001}", "article"),
        ("techreport", "eprint = {1901.00001}", "article"),
        ("book", "eprint = {1901.00001}", "book"),
        ("article", "eprint = {1901.00001}, journal = {Ponds}", "article-journal"),
        ("inproceedings", "journal = {CoRR}", "article"),
        ("misc", "publisher = {arXiv}", "article"),
        ("online", "publisher = {arXiv.org}", "article"),
        ("book", "publisher = {arXiv}", "book"),
        ("misc", "publisher = {arXiv}, booktitle = {Ponds}", "paper-conference"),
    ],
)
def test_types(kind, fields, made):
    assert of("type", fields, kind) == made


@pytest.mark.parametrize(
    ("kind", "fields", "genre"),
    [
        ("phdthesis", "", "PhD thesis"),
        ("mastersthesis", "", "Master's thesis"),
        ("mastersthesis", "type = {Diploma thesis}", "Diploma thesis"),
        ("thesis", "type = {phdthesis}", "PhD thesis"),
        ("thesis", "type = {mastersthesis}", "Master's thesis"),
        ("techreport", "type = {Working paper}", "Working paper"),
        ("patent", "type = {Claim}", "Claim"),
        ("book", "type = {Working paper}", None),
        ("thesis", "", None),
    ],
)
def test_genres(kind, fields, genre):
    assert of("genre", f"title = {{T}}, {fields}", kind) == genre


# ------------------------------------------------------------------ text
@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("title = {Ponds}", "Ponds"),
        ("title = {Ponds}, subtitle = {A study}", "Ponds: A study"),
        ("title = {Ponds?}, subtitle = {A study}", "Ponds? A study"),
        ("title = {Ponds:}, subtitle = {A study}", "Ponds: A study"),
        ("title = {}, subtitle = {A study}", None),
        ("title = {Ponds {\\&}  \n Lakes}", "Ponds & Lakes"),
        ("title = {Ponds &amp; <i>Rana</i>}", "Ponds & Rana"),
        ("title = {Ponds < lakes > seas}", "Ponds < lakes > seas"),
    ],
)
def test_titles(fields, title):
    assert of("title", fields) == title


@pytest.mark.parametrize(
    ("fields", "container"),
    [
        ("booktitle = eccv", "eccv"),
        ("booktitle = IEEE_C_CVPR", "IEEE CVPR"),
        ('booktitle = proc # " Twentieth " # POPL', "proc Twentieth POPL"),
        ("journal = jpond", None),
        ('booktitle = proc # "Pond Meeting"', "Pond Meeting"),
    ],
)
def test_a_macro_that_nothing_defines_says_a_venue_that_is_known(fields, container):
    assert of("container-title", f"title = {{T}}, {fields}") == container
    assert of("publisher", "title = {T}, publisher = eccv") is None


def test_decoded_mathematics():
    assert decoded("$x^2$") == decoded("{\\$}x{\\^{}}2{\\$}")
    assert decoded("costs 5\\$") == "costs 5$"


@pytest.mark.parametrize(
    ("kind", "fields", "container", "note"),
    [
        ("article", "journal = {Ponds}", "Ponds", None),
        ("article", "journal = {Ponds}, booktitle = {Lakes}", "Ponds", None),
        ("inproceedings", "booktitle = {Ponds}, booksubtitle = {A study}", "Ponds: A study", None),
        ("article", "journal = {Ponds}, booksubtitle = {A study}", "Ponds", None),
        ("article", "journal = {arXiv preprint arXiv:1901.00001}", None, None),
        ("misc", "howpublished = {Pond Press}", None, "Pond Press"),
        ("online", "howpublished = {Pond Press}", "Pond Press", None),
        ("software", "howpublished = {GitHub}", "GitHub", None),
        ("misc", "howpublished = {Available online}", None, None),
        ("misc", "howpublished = {https://pond.org/}", None, None),
        ("misc", "howpublished = {Pond Press}, note = {Draft}", None, "Pond Press. Draft"),
        ("online", "organization = {Pond Society}", "Pond Society", None),
        ("misc", "organization = {Pond Society}", None, None),
    ],
)
def test_containers(kind, fields, container, note):
    assert (of("container-title", fields, kind), of("note", fields, kind)) == (container, note)


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ("note = {Best paper}", "Best paper"),
        ("note = {arXiv:1901.00001}", None),
        ("note = {arXiv preprint}, eprint = {1901.00001}", None),
        ("note = {arXiv preprint}", "arXiv preprint"),
        ("note = {see arXiv}, eprint = {1901.00001}", "see arXiv"),
        ("eprint = {1901.00001}, note = {arXiv " + "x" * 60 + "}", "arXiv " + "x" * 60),
    ],
)
def test_notes(fields, note):
    assert of("note", fields) == note


# ------------------------------------------------------------------ numbers
@pytest.mark.parametrize(
    ("kind", "fields", "field", "value"),
    [
        ("article", "volume = {3}", "volume", "3"),
        ("article", "volume = {abs/1901.00001}", "volume", None),
        ("article", "volume = {arXiv:1901.00001}", "volume", None),
        ("article", "journal = {CoRR}, volume = {1901.00001}", "volume", None),
        ("article", "journal = {Ponds}, volume = {1901.00001}", "volume", "1901.00001"),
        ("article", "journal = {CoRR}, volume = {7}", "volume", "7"),
        ("article", "number = {4}", "issue", "4"),
        ("article", "issue = {4}", "issue", "4"),
        ("article", "number = {4}, issue = {Spring}", "issue", "4"),
        ("techreport", "number = {4}", "number", "4"),
        ("patent", "number = {4}", "number", "4"),
        ("book", "number = {4}", "issue", "4"),
        ("article", "journal = {CoRR}, number = {1901.00001}", "issue", None),
        ("article", "pages = {1--9}", "page", "1-9"),
        ("article", "page = {7}", "page", "7"),
        ("article", "eid = {e12}", "page", "e12"),
        ("article", "articleno = {12}", "page", "12"),
        ("article", "articleno = {12}, numpages = {29}", "page", None),
        ("article", "pages = {1--9}, eid = {e12}", "page", "1-9"),
        ("article", "pages = {arXiv--1}", "page", None),
        ("article", "journal = {CoRR}, pages = {1901.00001}", "page", None),
        ("book", "series = {LNCS}", "collection-title", "LNCS"),
        ("inproceedings", "series = {FSE '14}", "container-title", "FSE '14"),
        ("inproceedings", "series = {FSE '14}", "collection-title", None),
        ("inproceedings", "series = {FSE '14}", "issued", {"date-parts": [[2014]]}),
        ("inproceedings", "series = {JACM '96}", "issued", {"date-parts": [[1996]]}),
        ("inproceedings", "series = {FSE '14}, year = {2015}", "issued", {"date-parts": [[2015]]}),
        ("inproceedings", "series = {FSE '14}, booktitle = {Ponds}", "collection-title", "FSE '14"),
        ("inproceedings", "series = {Ponds '14}", "collection-title", "Ponds '14"),
        ("inproceedings", "series = {LNCS 14}", "collection-title", "LNCS 14"),
        ("inproceedings", "series = {NIPS 25}", "collection-title", "NIPS 25"),
        ("inproceedings", "series = {PMLR 37}", "issued", None),
        ("inproceedings", "series = {FSE 2014}", "issued", {"date-parts": [[2014]]}),
        ("inproceedings", "series = {FSE '49}", "collection-title", "FSE '49"),  # still to come
        ("book", "series = {FSE '14}", "collection-title", "FSE '14"),
        ("book", "edition = {2}", "edition", "2"),
        ("inbook", "chapter = {5}", "chapter-number", "5"),
        ("software", "version = {1.2}", "version", "1.2"),
        ("book", "isbn = {978-3-16-148410-0}", "ISBN", "978-3-16-148410-0"),
        ("article", "issn = {1234-5678}", "ISSN", "1234-5678"),
        ("article", "pmid = {77}", "custom.pmid", "77"),
    ],
)
def test_numbers(kind, fields, field, value):
    assert of(field, fields, kind) == value


@pytest.mark.parametrize(
    ("kind", "fields", "publisher", "place"),
    [
        ("book", "publisher = {Reed}, address = {Oslo}", "Reed", "Oslo"),
        ("book", "publisher = {Reed}, location = {Oslo}", "Reed", "Oslo"),
        ("book", "publisher = {Reed}, school = {Elm}", "Reed", None),
        ("phdthesis", "school = {Elm}", "Elm", None),
        ("techreport", "institution = {Elm}", "Elm", None),
        ("inproceedings", "organization = {ACM}", "ACM", None),
        ("proceedings", "organization = {ACM}", "ACM", None),
        ("book", "organization = {ACM}", None, None),
        ("inproceedings", "organization = {ACM}, publisher = {Reed}", "Reed", None),
        ("book", "publisher = {arXiv}", None, None),
    ],
)
def test_publishers(kind, fields, publisher, place):
    assert (of("publisher", fields, kind), of("publisher-place", fields, kind)) == (
        publisher,
        place,
    )


# ------------------------------------------------------------------ dates
def parts(*dates, **more):
    return {"date-parts": [list(d) for d in dates], **more}


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("year = 2001", parts((2001,))),
        ("year = 2001, month = jul", parts((2001, 7))),
        ("year = 2001, month = {July}", parts((2001, 7))),
        ("year = 2001, month = 7", parts((2001, 7))),
        ("year = 2001, month = {07}", parts((2001, 7))),
        ("year = 2001, month = 13", parts((2001,))),
        ("year = 2001, month = jul, day = 4", parts((2001, 7, 4))),
        ("year = 2001, month = jul, day = {04}", parts((2001, 7, 4))),
        ("year = 2001, month = jul, day = 32", parts((2001, 7))),
        ("year = 2001, day = 4", parts((2001,))),
        ('year = 2001, month = "10~" # jul', parts((2001, 7, 10))),
        ("year = 2001, month = {July 4}", parts((2001, 7, 4))),
        ("year = 2001, month = {July 4 to 9}", parts((2001, 7))),
        ("year = 2001, month = {Spring}", parts((2001,))),
        ("month = jul", None),
        ("year = {in press}", None),
        ("year = {199X}", {"literal": "199X"}),
        ("date = {2001-07-04}", parts((2001, 7, 4))),
        ("date = {2001-07}, year = 1990", parts((2001, 7))),
        ("date = {26-31}, month = {May}, year = 1990", parts((1990, 5))),
        ("date = {2001-21}", parts((2001,), season="1")),
        ("date = {2001-24}", parts((2001,), season="4")),
        ("date = {2001/2003}", parts((2001,), (2003,))),
        ("date = {2001-05/2001-07}", parts((2001, 5), (2001, 7))),
        ("date = {1850~}", parts((1850,), circa="true")),
        ("date = {1850~/1860}", parts((1850,), (1860,), circa="true")),
        ("date = {1850?}", parts((1850,))),
        ("date = {-0379}", {"literal": "-0379"}),
        ("date = {unknown}", None),
    ],
)
def test_dates(fields, issued):
    assert of("issued", fields) == issued


# ------------------------------------------------------------------ identifiers
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("doi = {10.1000/A\\_b}", {"DOI": "10.1000/a_b"}),
        ("doi = {https://doi.org/10.1000/a}", {"DOI": "10.1000/a"}),
        ("url = {https://doi.org/10.1000/a}", {"DOI": "10.1000/a", "URL": None}),
        ("url = {https://doi-org.proxy.pond.edu/10.1000/a}", {"DOI": "10.1000/a", "URL": None}),
        ("doi = {10.1000/a}, url = {https://doi.org/10.1000/a}", {"DOI": "10.1000/a", "URL": None}),
        ("doi = {10.1000/a}, url = {https://pond.org/a}", {"DOI": "10.1000/a", "URL": "https://pond.org/a"}),
        ("ee = {https://pond.org/a}", {"URL": "https://pond.org/a"}),
        ("url = {https://pond.org/a.}", {"URL": "https://pond.org/a"}),
        ("url = {pond.org/a}", {"URL": "pond.org/a"}),
        ("url = {the pond page}", {"URL": None}),
        ("howpublished = {\\url{https://pond.org/a}}", {"URL": "https://pond.org/a"}),
        ("url = {https://pond.org/a}, urldate = {2020-05-01}", {"accessed": parts((2020, 5, 1))}),
        ("urldate = {2020-05-01}", {"accessed": None}),
        ("url = {https://pond.org/a}, urldate = {never}", {"accessed": None}),
        ("doi = {10.11/x}", {"DOI": None, "custom.unreadable-doi": "10.11/x"}),
        ("eprint = {20190101}", {"custom.arxiv": None, "custom.unreadable-arxiv": "20190101"}),
        ("doi = {10.48550/arXiv.1901.00001}", {"DOI": None, "custom.arxiv": "1901.00001", "custom.unreadable-doi": None}),
        ("eprint = {1901.00001v2}", {"custom.arxiv": "1901.00001", "custom.arxiv-version": "v2"}),
        ("eprint = {1901.00001}, primaryclass = {cs.LG}", {"custom.primary-class": "cs.LG"}),
        ("eprint = {1901.00001}, eprintclass = {cs.LG}", {"custom.primary-class": "cs.LG"}),
        ("eprint = {1901.00001}, archiveprefix = {hal}", {"custom.arxiv": None}),
        ("eprint = {12345}, eprinttype = {pubmed}", {"custom.arxiv": None}),
        ("eprint = {1901.00001}, archiveprefix = {ArXiv}", {"custom.arxiv": "1901.00001"}),
        ("arxivid = {1901.00001}", {"custom.arxiv": "1901.00001"}),
        ("url = {https://arxiv.org/pdf/1901.00001v3.pdf}", {"custom.arxiv": "1901.00001"}),
        ("url = {https://pond.org/1901.00001}", {"custom.arxiv": None}),
        ("note = {arXiv:1901.00001}", {"custom.arxiv": "1901.00001"}),
        ("note = {see 1901.00001}", {"custom.arxiv": None}),
        ("title = {Ponds}, doi = {10.1017/CBO9781107415324.004}", {"DOI": None, "custom.unreadable-doi": "10.1017/CBO9781107415324.004"}),
        ("title = {Ponds}, arxivid = {arXiv:1011.1669v3}", {"custom.arxiv": None, "custom.unreadable-arxiv": "arXiv:1011.1669v3"}),
        ("title = {Ponds}, arxivid = {arXiv:1011.1669v3}, journal = {arXiv:1901.00001}", {"custom.arxiv": "1901.00001", "custom.unreadable-arxiv": "arXiv:1011.1669v3"}),
        ("journal = {CoRR}, volume = {abs/1901.00001}", {"custom.arxiv": "1901.00001"}),
        ("journal = {CoRR}, pages = {1901.00001}", {"custom.arxiv": "1901.00001"}),
        ("journal = {Ponds}, pages = {1901.00001}", {"custom.arxiv": None}),
    ],
)  # fmt: skip
def test_identifiers(fields, expected):
    made = csl(fields)
    flat = {**made, **{f"custom.{k}": v for k, v in made.get("custom", {}).items()}}
    assert {name: flat.get(name) for name in expected} == expected


# ------------------------------------------------------------------ people
def test_people_of_each_role():
    made = csl(
        "author = {Li, Jia and others}, editor = {Reed, Mia and others}, translator = {Loom, Karl}",
        "book",
    )
    assert [made[r][0]["family"] for r in ("author", "editor", "translator")] == [
        "Li",
        "Reed",
        "Loom",
    ]
    assert made["custom"] == {"others": True}
    assert "custom" not in csl("author = {Li, Jia}, editor = {Reed, Mia and others}", "book")
    assert of("custom.author-otherwise", "author = {Mia Reed, Karl Loom}") is not None
    assert of("custom.author-otherwise", "editor = {Mia Reed, Karl Loom}") is None
    assert "author" not in csl("author = {}", "book")


# ------------------------------------------------------------------ all of it
@pytest.mark.parametrize(
    ("kind", "fields", "field", "value"),
    [
        ("book", "keywords = {ponds}", "keyword", "ponds"),
        ("book", "annotation = {good}", "annote", "good"),
        ("book", "annotation = {good}, annote = {bad}", "annote", "good"),
        ("book", "langid = {german}, language = {de}", "language", "de"),
        ("book", "abstract = {}", "abstract", None),
        ("misc", "publisher = {arXiv}", "publisher", "arXiv"),
        ("misc", "eprint = {1901.00001}", "publisher", None),
        ("artcle", "journal = {Ponds}", "custom.entry-type", "artcle"),
        ("misc", "title = {Ponds}", "custom.entry-type", None),
        ("inbook", "booktitle = {Ponds}", "custom.entry-type", "inbook"),
        ("article", "journal = {Ponds}", "custom.entry-type", None),
        ("mastersthesis", "school = {Elm}", "custom.entry-type", None),
        ("mastersthesis", "school = {Elm}, type = {Diploma}", "custom.entry-type", "mastersthesis"),
    ],
)
def test_what_says_nothing_of_the_work(kind, fields, field, value):
    assert of(field, fields, kind, whole=True) == value
    if field in ("keyword", "annote", "custom.entry-type"):
        assert of(field, fields, kind) is None


def test_entries_that_name_no_work_are_no_claims():
    bib = read(
        b"@xdata{x, title = {A}} @set{s, title = {B}} @book{k, title = {C}} @book{l title = {D}}"
    )
    assert [c.id for c in claims(bib)] == ["k"]
    reference = claims(bib)[0].reference
    assert (reference.key, reference.line, bib.text[reference.start : reference.end]) == ("k", 1, reference.raw)  # fmt: skip


# ------------------------------------------------------------------ inheritance
WHOLE = "@proceedings{whole, title = {Pond Days}, subtitle = {Vol 3}, publisher = {Reed}, year = 2001, editor = {Reed, Mia}, doi = {10.1000/w}, note = {n}}"


def child(fields, kind="inproceedings", more=WHOLE):
    return claims(read(f"@{kind}{{k, {fields}}}\n{more}".encode()))[0].csl


def test_a_part_takes_over_from_the_whole():
    made = child("title = {Nets}, crossref = {WHOLE}")
    assert (made["title"], made["container-title"], made["publisher"]) == ("Nets", "Pond Days: Vol 3", "Reed")  # fmt: skip
    assert made["issued"] == parts((2001,)) and made["editor"][0]["family"] == "Reed"
    assert "DOI" not in made and "note" not in made
    own = child("title = {Nets}, crossref = {whole}, booktitle = {Own}, year = 1990")
    assert (own["container-title"], own["issued"]) == ("Own", parts((1990,)))
    assert "title" not in child("crossref = {whole}")
    book = child("crossref = {whole}", "book")
    assert book["title"] == "Pond Days: Vol 3"
    assert child("title = {Nets}, crossref = {nobody}")["title"] == "Nets"


def test_a_whole_with_a_booktitle_gives_that():
    whole = "@proceedings{whole, title = {Pond Days}, booktitle = {Days of Ponds}}"
    assert (
        child("title = {Nets}, crossref = {whole}", more=whole)["container-title"]
        == "Days of Ponds"
    )


def test_xdata_comes_from_several_entries_and_before_crossref():
    data = "@xdata{a, publisher = {Elm}} @xdata{b, publisher = {Ash}, address = {Oslo}}" + WHOLE
    made = child("title = {Nets}, xdata = {a, b}, crossref = {whole}", more=data)
    assert (made["publisher"], made["publisher-place"]) == ("Elm", "Oslo")
    assert child("title = {Nets}, xdata = {k}")["title"] == "Nets"


def test_circles_and_long_chains_end():
    chain = "".join(
        f"@xdata{{x{i}, xdata = {{x{i + 1}}}, f{i} = {{v}}, year = {2000 + i}}}" for i in range(9)
    )
    assert child("title = {T}, xdata = {x0}", more=chain)["issued"] == parts((2000,))
    deep = (
        "".join(f"@xdata{{x{i}, xdata = {{x{i + 1}}}}}" for i in range(9))
        + "@xdata{x9, year = 1990}"
    )
    assert "issued" not in child("title = {T}, xdata = {x0}", more=deep)
    near = (
        "".join(f"@xdata{{x{i}, xdata = {{x{i + 1}}}}}" for i in range(4))
        + "@xdata{x4, year = 1990}"
    )
    assert child("title = {T}, xdata = {x0}", more=near)["issued"] == parts((1990,))


# ------------------------------------------------------------------ borne out by a record
@pytest.mark.parametrize(
    ("field", "stated", "theirs", "out"),
    [
        ("title", {"title": "Quiet Ponds."}, {"title": "Quiet ponds"}, True),
        ("title", {"title": "Loud ponds"}, {"title": "Quiet ponds"}, False),
        ("title", {}, {"title": "Quiet ponds"}, False),
        ("issued", {"year": 2001}, {"year": 2001}, True),
        ("issued", {"year": 2001}, {"year": 2002}, False),
        ("author", {"who": "Jia Li"}, {"who": "J. Li"}, False),
        ("author", {"who": "Jia Li"}, {"who": "Jia A. Li"}, True),
        ("author", {"who": "Jia Li; Mei Sato"}, {"who": "Jia Li"}, False),
        ("author", {"who": "Jia Li", "others": True}, {"who": "Jia Li"}, False),
        ("author", {"who": [""]}, {"who": "Jia Li"}, False),
        ("container-title", {"venue": "Phys. Rev. Lett."}, {"venue": "Physical Review Letters"}, True),
        ("container-title", {"venue": "Ponds"}, {"venue": "Physical Review Letters"}, False),
        ("page", {"pages": "101-13"}, {"pages": "101-113"}, True),
        ("page", {"pages": "101-13", "year": 2001}, {"pages": "101-113", "year": 2002}, False),
        ("page", {"pages": "101-13", "year": 2001}, {"pages": "101-113"}, True),
        ("page", {"pages": "101-13"}, {"pages": "101-113", "year": 2001}, True),
        ("volume", {"volume": "7"}, {"volume": "7"}, True),
        ("volume", {"volume": "7"}, {"volume": "8"}, False),
        ("volume", {"volume": "7"}, {"volume": "7", "type": "article"}, False),
    ],
)  # fmt: skip
def test_borne_out(field, stated, theirs, out):
    assert borne_out(claim(**stated), field, [record("x:1"), record("y:1", **theirs)]) is out


# ------------------------------------------------------------------ keys that a text cites
def keys(text, name="a.md"):
    found = cited_keys(text, name)
    assert all(text[c.start : c.end] == c.key for c in found)
    return [c.key for c in found]


@pytest.mark.parametrize(
    ("text", "name", "cited"),
    [
        ("\\cite{a, b} \\citep[see][p. 3]{c}", "a.tex", ["a", "b", "c"]),
        ("\\textcite*{a} \\nocite{*} \\footcite{b}", "a.tex", ["a", "*", "b"]),
        ("\\cites(x)[1]{a}[2]{b}", "a.tex", ["a", "b"]),
        ("% \\cite{a}\n\\% \\cite{b}", "a.tex", ["b"]),
        ("\\begin{verbatim}\\cite{a}\\end{verbatim}\\cite{b}", "a.tex", ["b"]),
        ("\\newcommand{\\mycite}[1]{\\cite{#1}} \\cite{,a,}", "a.tex", ["a"]),
        ("\\citestyle{plain} \\cite{\\key}", "a.tex", []),
        ("[@a; @b, p. 3] and @c.", "a.tex", []),
        ("[@a; -@b, p. 3] and @c.", "a.md", ["a", "b", "c"]),
        ("@{https://a.b/c} \\cite{d}", "a.md", ["https://a.b/c", "d"]),
        ("see @fig-pond and @sec-nets, @figs", "a.qmd", ["figs"]),
        ("me@home.org `@a` <!-- @b --> https://x.org/@c \\@d", "a.md", []),
        ("```\n@a\n```\n@b", "a.md", ["b"]),
        ("\\cite{z} then @a", "a.md", ["z", "a"]),
    ],
)
def test_keys_that_a_text_cites(text, name, cited):
    assert keys(text, name) == cited


@pytest.mark.parametrize(
    ("text", "name", "files"),
    [
        ("\\bibliography{refs, more.bib}", "a.tex", ["refs.bib", "more.bib"]),
        ("\\addbibresource[x]{refs.bib} % \\bibliography{b}", "a.tex", ["refs.bib"]),
        ("\\bibliography{\\jobname}", "a.tex", []),
        ("---\nbibliography: refs.bib\n---\n", "a.md", ["refs.bib"]),
        ('---\nbibliography: ["a.bib", b.bib]\n---\n', "a.md", ["a.bib", "b.bib"]),
        ("---\nbibliography:\n  - a.bib\n  - 'b.bib'\n---\n", "a.md", ["a.bib", "b.bib"]),
        ("---\ntitle: x\n---\nbibliography: refs.bib\n", "a.md", []),
        ("bibliography: refs.bib\n", "a.md", []),
    ],
)
def test_files_that_a_text_names(text, name, files):
    assert named_files(text, name) == files
