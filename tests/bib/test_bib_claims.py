"""What an entry says, as a CSL item: names, dates, identifiers, inheritance, macros; and back from what ``emit`` writes."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.bib import claims, read
from citenorm.bib.claims import ARXIV_VENUE
from citenorm.emit import to_bibtex
from citenorm.errors import InputError


def csl(text):
    found = claims(read(text.encode()))
    assert len(found) == 1
    return found[0].csl


@pytest.mark.parametrize(
    ("fields", "sure"),
    [
        ("title = {Ponds}", True),
        ("title = {Ponds}, title = {{Ponds}}", True),
        ("title = {Ponds}, title = {}", True),
        ("title = {Ponds}, title = {Lakes}", False),
    ],
)
def test_of_two_titles_neither_is_sure(fields, sure):
    (claim,) = claims(read(f"@misc{{k, {fields}}}".encode()))
    assert claim.title == "Ponds" and (claim.field_confidence.get("title", 1.0) == 1.0) is sure


def test_an_article_with_macros_and_latex():
    bib = read(
        b'@string{jp = "Journal of " # {Ponds}}\n@article{k, author = "R{\\"u}diger, A. and van den Berg, Jr., Bo and {The {Big} Team} and others",'
        b" title = {{BERT} \\& \\emph{ponds}}, journal = jp, year = 2001, month = jul, volume = 3, number = {4}, pages = {12--19}, doi = {https://doi.org/10.1000/ABC}}"
    )
    claim = claims(bib)[0]
    assert claim.id == "k"
    assert claim.csl == {
        "type": "article-journal",
        "title": "BERT & ponds",
        "author": [
            {"family": "Rüdiger", "given": "A."},
            {"family": "Berg", "given": "Bo", "non-dropping-particle": "van den", "suffix": "Jr."},
            {"literal": "The Big Team"},
        ],
        "container-title": "Journal of Ponds",
        "volume": "3", "issue": "4", "page": "12-19", "issued": {"date-parts": [[2001, 7]]}, "DOI": "10.1000/abc", "custom": {"others": True},
    }  # fmt: skip
    assert claim.reference.line == 2 and claim.reference.key == "k"


@pytest.mark.parametrize(
    "fields",
    [
        "journal = {arXiv preprint arXiv:1706.04599}",
        "journal = {CoRR}, volume = {abs/1706.04599}",
        "eprint = {1706.04599}, archiveprefix = {arXiv}",
        "eprint = {1706.04599v2}, eprinttype = {arxiv}",
        "note = {arXiv:1706.04599}",
        "howpublished = {arXiv:1706.04599 [cs.LG]}",
        "url = {https://arxiv.org/abs/1706.04599}",
        "doi = {10.48550/arXiv.1706.04599}",
    ],
)
def test_a_preprint_in_its_spellings(fields):
    found = csl(f"@misc{{k, title = {{T}}, {fields}}}")
    assert found["type"] == "article" and found["custom"]["arxiv"] == "1706.04599"
    assert "container-title" not in found and "volume" not in found and "DOI" not in found


def test_crossref_and_xdata_are_inherited():
    bib = read(
        b"@inproceedings{a, title = {Part}, crossref = {whole}}\n@xdata{common, publisher = {P}}\n"
        b"@proceedings{whole, title = {Proc of X}, year = 1999, xdata = {common}, note = {own}}\n"
    )
    part, whole = claims(bib)
    assert (
        part.csl["container-title"] == "Proc of X"
        and part.csl["issued"] == {"date-parts": [[1999]]}
        and part.csl["publisher"] == "P"
    )
    assert part.csl["title"] == "Part" and "note" not in part.csl
    assert whole.csl["type"] == "book"


def test_circles_of_crossref_end():
    bib = read(
        b"@book{a, crossref = {b}}\n@book{b, crossref = {a}, title = {T}}\n@book{c, crossref = {c}}"
    )
    assert [c.csl.get("title") for c in claims(bib)] == ["T", "T", None]


XDATA = "".join(
    f"@xdata{{x{i},xdata={{{','.join(f'x{j}' for j in range(300) if j != i)}}}}}"
    for i in range(300)
)
BOMBS = {
    "macros that double each other": "@string{a0={x}}"
    + "".join(f"@string{{a{i}=a{i - 1} # a{i - 1}}}" for i in range(1, 60))
    + "@book{a,title=a59}",
    "a long macro in many entries": f"@string{{a={{{'x' * 20_000}}}}}"
    + "@book{a,title=a}" * 20_000,
    "a long value that many inherit": "@inproceedings{a,crossref={p}}" * 5_000
    + f"@proceedings{{p,booktitle={{{'Of ponds' * 5_000}}}}}",
    "entries that all name each other": "@book{k,title={A},xdata={x0}}" + XDATA,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_few_lines_that_stand_for_gigabytes_are_refused(name):
    begun = time.process_time()
    with pytest.raises(InputError, match=r"^b\.bib: .* characters; write the values out$"):
        claims(read(BOMBS[name].encode(), "b.bib"))
    assert time.process_time() - begun < 20


def test_one_parent_named_often_is_taken_once():
    fields = csl("@book{a, title={Of ponds}, xdata={x,x,x}} @xdata{x, publisher={Reed}}")
    assert fields["publisher"] == "Reed"


@pytest.mark.parametrize(
    ("value", "families", "others"),
    [
        ("Guo, Chuan, et al.", ["Guo"], True),
        (
            "Kashyap Chitta, Jose M. Alvarez, Elmar Haussmann, and Clement Farabet",
            ["Chitta", "Alvarez", "Haussmann", "Farabet"],
            False,
        ),
        ("Smith, Ann; Jones, Bob", ["Smith", "Jones"], False),
        ("King, Jr., Martin", ["King"], False),
        ("Ludwig van Beethoven", ["Beethoven"], False),
        ("", [], False),
    ],
)
def test_lists_of_names_as_people_write_them(value, families, others):
    found = csl(f"@misc{{k, title = {{T}}, author = {{{value}}}}}")
    assert [n.get("family", n.get("literal")) for n in found.get("author", [])] == families
    assert bool(found.get("custom", {}).get("others")) == others


def test_biblatex_fields():
    found = csl(
        "@online{k, author = {{Team}}, title = {Main}, subtitle = {Sub}, date = {2019-07-10}, url = {https://e.org/a_b}, urldate = {2020-01-02}, organization = {Site}}"
    )
    assert (
        found["title"] == "Main: Sub"
        and found["issued"] == {"date-parts": [[2019, 7, 10]]}
        and found["type"] == "webpage"
    )
    assert (
        found["URL"] == "https://e.org/a_b"
        and found["accessed"] == {"date-parts": [[2020, 1, 2]]}
        and found["container-title"] == "Site"
    )


# ------------------------------------------------------------------ round trips
WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäéñøčşłß", min_size=2, max_size=8)
CAPITAL = WORD.map(lambda w: (w[0].upper() if len(w[0].upper()) == 1 else "S") + w[1:])
PERSON = st.one_of(
    st.fixed_dictionaries({"family": CAPITAL, "given": CAPITAL}),
    st.fixed_dictionaries({"family": CAPITAL, "given": st.just("J. M.")}),
    st.fixed_dictionaries(
        {
            "family": CAPITAL,
            "given": CAPITAL,
            "non-dropping-particle": st.sampled_from(["van", "de la", "von"]),
        }
    ),
    st.fixed_dictionaries(
        {"family": CAPITAL, "given": CAPITAL, "suffix": st.sampled_from(["Jr.", "III"])}
    ),
    st.fixed_dictionaries(
        {"literal": st.lists(CAPITAL, min_size=2, max_size=4).map(lambda ws: " and ".join(ws))}
    ),
)
TITLE = st.lists(
    st.one_of(
        CAPITAL,
        WORD,
        st.sampled_from(
            [
                "BERT",
                "GPU",
                "ImageNet",
                "&",
                "50%",
                "C#",
                "a_b",
                "–",
                "A|B",
                "“quoted”",
                "3D",
                "$5",
                "#1",
                "x<y",
                "~",
                "^",
                "K-means:",
            ]
        ),
    ),
    min_size=1,
    max_size=8,
).map(" ".join)
ITEM = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["article-journal", "paper-conference", "chapter"]),
        "title": TITLE,
        "author": st.lists(PERSON, min_size=1, max_size=4),
        "container-title": TITLE.filter(
            lambda t: any(c.isalpha() for c in t) and not ARXIV_VENUE.fullmatch(t)
        ),
        "issued": st.one_of(
            st.integers(1950, 2030).map(lambda y: {"date-parts": [[y]]}),
            st.tuples(st.integers(1950, 2030), st.integers(1, 12), st.integers(1, 28)).map(
                lambda d: {"date-parts": [list(d)]}
            ),
        ),
    },
    optional={
        "volume": st.integers(1, 99).map(str),
        "issue": st.integers(1, 12).map(str),
        "page": st.sampled_from(["1-12", "1662-1670", "R795-R804", "A65", "e1000123"]),
        "DOI": st.sampled_from(
            [
                "10.1000/abc_def",
                "10.1016/s0004-3702(96)00034-3",
                "10.1002/(sici)1097-4679(199901)55:1<1::aid-jclp1>3.0.co;2-0",
            ]
        ),
        "URL": st.sampled_from(["https://e.org/a_b?c=d%20e&f#g", "http://x.net/~u/"]),
        "publisher": TITLE.filter(lambda t: any(c.isalpha() for c in t)),
        "ISBN": st.just("978-3-16-148410-0"),
    },
)


def straight(value):
    """Quotation marks and dashes lose their shape on the way through LaTeX."""
    if isinstance(value, str):
        return value.replace("“", '"').replace("”", '"').replace("’", "'")
    if isinstance(value, dict):
        return {k: straight(v) for k, v in value.items()}
    return [straight(v) for v in value] if isinstance(value, list) else value


@settings(max_examples=150, deadline=None)
@given(ITEM, st.sampled_from(["bibtex", "biblatex"]), st.booleans())
def test_what_is_written_is_read_back(item, dialect, latex):
    text = to_bibtex([item], dialect=dialect, latex=latex)
    assert straight(csl(text)) == straight(item)


@settings(max_examples=60, deadline=None)
@given(ITEM, st.sampled_from(["bibtex", "biblatex"]))
def test_writing_again_changes_nothing(item, dialect):
    text = to_bibtex([item], dialect=dialect)
    again = to_bibtex([csl(text)], dialect=dialect)
    assert straight(csl(again)) == straight(csl(text))


@pytest.mark.parametrize(
    ("journal", "kind"),
    [("6th International Conference on Learning Representations, ICLR 2018", "paper-conference"), ("Journal of Ponds", "article-journal")],
)  # fmt: skip
def test_what_stands_in_proceedings_is_a_paper_whatever_field_names_them(
    journal: str, kind: str
) -> None:
    assert csl(f"@misc{{k, title = {{T}}, journal = {{{journal}}}}}")["type"] == kind


@pytest.mark.parametrize(
    ("journal", "venue", "unreadable"),
    [
        ("{\\ICML}", "ICML", None),
        ("{{\\ICML} }", "ICML", None),
        ("icml", "icml", None),
        ("IEEE_C_CVPR", "IEEE CVPR", None),
        ("{\\jpond}", None, "jpond"),
        ("jpond", None, "jpond"),
        ("jpond # { 2019}", "2019", None),
        ("{\\em}", None, "em"),
        ("{\\LaTeX}", "LaTeX", None),
        ("{}", None, None),
    ],
)
def test_a_macro_in_the_place_of_the_venue(
    journal: str, venue: str | None, unreadable: str | None
) -> None:
    """It is read by its name where that is a known venue's; else the venue is neither known nor missing, and no e-print is meant."""
    item = csl(f"@article{{k, title = {{T}}, journal = {journal}, eprint = {{1901.00001}}}}")
    assert item.get("container-title") == venue
    assert item["custom"].get("unreadable-container-title") == unreadable
    assert item["type"] == ("article-journal" if venue or unreadable else "article")


def test_a_macro_that_a_part_takes_over():
    whole = "@proceedings{w, booktitle = {\\jpond}}"
    first, _ = claims(read(f"@inproceedings{{k, title = {{T}}, crossref = {{w}}}}{whole}".encode()))
    assert first.csl["custom"] == {"unreadable-container-title": "jpond"}
