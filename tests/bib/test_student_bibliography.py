"""A student's bibliography comes out right, entry for entry, from the built-in catalogue; so do the known traps."""

from pathlib import Path

import pytest

import citenorm
from citenorm.bib import RepairOptions, claims, read, repair, same_works

DATA = Path(__file__).parent.parent / "data"
NEURIPS = "Advances in Neural Information Processing Systems"
WANTED = {
    "mirhoseini2018": ("paper-conference", 2018, "International Conference on Learning Representations", {}),
    "gao2018spotlight": ("paper-conference", 2018, "ICML", {"volume": "80", "page": "1676-1684"}),
    "post": ("paper-conference", 2018, NEURIPS, {"volume": "31", "page": "9971-9980"}),
    "shallue2018measuring": ("article-journal", 2019, "Journal of Machine Learning Research", {"volume": "20", "issue": "112", "page": "1-49", "arxiv": "1811.03600"}),
    "chang2017active": ("paper-conference", 2017, NEURIPS, {"volume": "30", "page": "1002-1012", "arxiv": "1704.07433"}),
    "chitta2019": ("article-journal", 2022, "IEEE Transactions on Intelligent Transportation Systems", {"volume": "23", "issue": "9", "page": "14741-14752", "DOI": "10.1109/tits.2021.3133268", "arxiv": "1905.12737"}),
    "guo2017calibration": ("paper-conference", 2017, "International Conference on Machine Learning", {"page": "1321-1330", "arxiv": "1706.04599"}),
    "kumar": ("paper-conference", 2019, NEURIPS, {"volume": "32", "page": "3792-3803", "arxiv": "1909.10155"}),
    "seo2019learning": ("paper-conference", 2019, "Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition", {"page": "9030-9038", "DOI": "10.1109/cvpr.2019.00924", "arxiv": "1809.10877"}),
    "amini2019deep": ("paper-conference", 2020, NEURIPS, {"volume": "33", "page": "14927-14937", "arxiv": "1910.02600"}),
    "duq": ("paper-conference", 2020, "International Conference on Machine Learning", {"volume": "119", "page": "9690-9700", "arxiv": "2003.02037"}),
    "antoran2020depth": ("paper-conference", 2020, NEURIPS, {"volume": "33", "page": "10620-10634", "arxiv": "2006.08437"}),
    "ma2020streaming": ("paper-conference", 2020, "Proceedings of the 43rd International ACM SIGIR Conference on Research and Development in Information Retrieval", {"page": "719-728", "DOI": "10.1145/3397271.3401092"}),
    "zhang2020": ("paper-conference", 2020, "WWW", {"page": "3049-3055", "DOI": "10.1145/3366423.3380076"}),
    "liu2020supervised": ("paper-conference", 2020, "Proceedings of the 13th International Conference on Web Search and Data Mining", {"page": "384-392", "DOI": "10.1145/3336191.3371858"}),
    "chitta2021again": ("article-journal", 2022, "IEEE Transactions on Intelligent Transportation Systems", {"volume": "23", "issue": "9", "page": "14741-14752", "DOI": "10.1109/tits.2021.3133268", "arxiv": "1905.12737"}),
}  # fmt: skip
PEOPLE = {
    "post": ["Gao, Yuanxiang", "Chen, Li", "Li, Baochun"],
    "chitta2019": ["Chitta, Kashyap", "Álvarez, José M.", "Haussmann, Elmar", "Farabet, Clément"],
    "guo2017calibration": ["Guo, Chuan", "Pleiss, Geoff", "Sun, Yu", "Weinberger, Kilian Q."],
    "ma2020streaming": ["Ma, Yao", "Guo, Ziyi", "Ren, Zhaochun", "Tang, Jiliang", "Yin, Dawei"],
}


def repaired(data):
    bib = read(data, "refs.bib")
    with citenorm.open_sources(offline=True, user=False) as sources:
        results = citenorm.resolve_all(claims(bib), sources)
    return repair(bib, results, RepairOptions())[0], results


@pytest.fixture(scope="module")
def student():
    before = (DATA / "bib_student.bib").read_bytes()
    after, results = repaired(before)
    return before, after, results


@pytest.mark.parametrize("key", sorted(WANTED))
def test_every_entry_comes_out_right(student, key):
    csl = next(c for c in claims(read(student[1])) if c.id == key).csl
    kind, year, venue, more = WANTED[key]
    assert (csl["type"], csl["issued"]["date-parts"][0][0], csl["container-title"]) == (
        kind,
        year,
        venue,
    )
    assert {name: csl.get(name) or csl.get("custom", {}).get(name) for name in more} == more
    assert not csl.get("custom", {}).get("others")
    if key in PEOPLE:
        assert [f"{n['family']}, {n['given']}" for n in csl["author"]] == PEOPLE[key]


def test_all_else_is_kept(student):
    before, after, _ = student
    a, b = read(before), read(after)
    assert [bl.kind for bl in a.blocks] == [bl.kind for bl in b.blocks]
    kept = [
        (a.text[x.start : x.end], b.text[y.start : y.end])
        for x, y in zip(a.blocks, b.blocks, strict=True)
        if x.kind != "entry"
    ]
    assert all(x == y for x, y in kept) and len(kept) > 15
    assert [e.key for e in a.entries] == [e.key for e in b.entries]
    for text in (
        "keywords  = {placement, rl}",
        "file    = {:papers/chang2017.pdf:PDF}",
        "note      = {the temperature scaling paper}",
        "booktitle = sigir,",
    ):
        assert text in after.decode()


def test_a_second_run_changes_nothing(student):
    assert repaired(student[1])[0] == student[1]


def test_the_same_paper_twice_is_seen(student):
    before, _, results = student
    assert [[e.key for e in group] for group in same_works(read(before), results)] == [
        ["chitta2019", "chitta2021again"]
    ]


@pytest.mark.parametrize(
    "text",
    [
        # a famous title in its journal, with its DOI
        "@article{lecun2015,\n  title={Deep learning},\n  author={LeCun, Yann and Bengio, Yoshua and Hinton, Geoffrey},\n  journal={Nature},\n  volume={521},\n  number={7553},\n  pages={436--444},\n  year={2015},\n  doi={10.1038/nature14539}\n}\n",
        # a title that only another work has
        "@misc{note,\n  title = {Streaming graph neural networks},\n  author = {Someone, Else},\n  year = {1999}\n}\n",
        '@book{r, author = "Bode, R{\\"u}diger", title = "Of Nothing in Any Catalogue | with a\\_sign", url = "http://x.org/a_b|c", month = feb, year = 1987}\n',
        '@string{jmlr = {Journal of Unknown Things}}\n@article{j, author = {Bode, R.}, title = {Of Nothing in Any Catalogue}, journal = jmlr # " (abbr)", year = 1987}\n',
    ],
)
def test_traps_stay_as_they_are(text):
    assert repaired(text.encode())[0].decode() == text


def test_one_doi_copied_to_another_paper_is_not_believed():
    text = (
        (DATA / "bib_student.bib")
        .read_text()
        .replace(
            "  booktitle = {WWW},", "  booktitle = {WWW},\n  doi       = {10.1145/3336191.3371858},"
        )
    )
    data, results = repaired(text.encode())
    after = data.decode()
    told = [d.name for r in results for d in r.diagnostics if d.name == "wrong-identifier"]
    assert told == ["wrong-identifier"]
    entry = after[after.index("@inproceedings{zhang2020,") : after.index("@inproceedings{liu2020")]
    assert (
        "Learning Temporal Interaction Graph Embedding" in entry
        and "doi       = {10.1145/3336191.3371858}" in entry
        and "Liu, Feng" not in entry
    )
