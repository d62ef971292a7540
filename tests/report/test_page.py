"""The report page: one card per reference, nothing of a document is markup, nothing is loaded from anywhere."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import citenorm
from citenorm.cli import main
from citenorm.match.weights import weights
from citenorm.model import (
    Claim,
    Comparison,
    Diagnostic,
    Place,
    Provenance,
    Record,
    Resolution,
    Work,
)
from citenorm.report import render
from citenorm.report.as_text import esc, file_link, web_link
from citenorm.report.card import OUTCOMES, SEVERITIES, FileCards
from citenorm.report.card_html import card_html
from citenorm.report.cards import card_of, cards_of, links
from citenorm.report.differences import differing, words_missing
from citenorm.report.page import digest, page
from citenorm.seen import seen_document

EXAMPLE = Path(citenorm.__file__).parent.parent / "examples" / "seminar-report.md"
HOSTILE = """# Notes

## References

[1] &lt;script>alert(1)&lt;/script> and <b>bold</b>. "A 'quoted' \\"title\\" of \u202edesrever\u202c things &amp; more". Journal of <i>Ponds</i>, 2001. https://example.org/?a="><script>alert(2)</script>

[2] Nobody, Ann "O'Hara" <img src=x onerror=alert(3)>. "Ponds \x1b[31mred\x07 and \u200fright\u200e". javascript:alert(4). 2002.

[3] Guo, Chuan, et al. "On calibration of modern neural networks." International Conference on Machine Learning. PMLR, 2017.
"""


KNOWN = frozenset({
    "html", "head", "meta", "title", "style", "script", "body", "a", "header", "main", "footer", "section", "search", "article", "h1", "h2", "h3", "p", "ul",
    "ol", "li", "table", "tr", "th", "td", "b", "i", "em", "small", "bdi", "del", "mark", "pre", "br", "details", "summary", "dl", "dt", "dd", "div", "span",
    "svg", "rect", "button", "label", "input", "select", "option", "output",
})  # fmt: skip


class Tags(HTMLParser):
    """Every tag with its attributes, and the text of each script and style."""

    def __init__(self, text):
        super().__init__()
        self.seen, self.code, self._in = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        self._in = tag if tag in ("script", "style") else ""

    def handle_data(self, data):
        if self._in:
            self.code.append((self._in, data))

    def handle_endtag(self, tag):
        self._in = ""


def check_safe(text):
    """Nothing is loaded or run but the page's own style and script, and links go nowhere but where they may."""
    tags = Tags(text)
    assert {tag for tag, _ in tags.seen} <= KNOWN
    for _, attrs in tags.seen:
        assert not any(
            name.startswith("on") or name in ("src", "style", "srcdoc") for name in attrs
        )
        if "href" in attrs:
            assert re.match(r"https?://|#|\.{0,2}/", attrs["href"]), attrs["href"]
    policy = next(
        a["content"] for _, a in tags.seen if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert [kind for kind, _ in tags.code] == ["style", "script"]
    for kind, code in tags.code:
        assert f"{kind}-src {digest(code)}" in policy
    return tags


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    out = tmp_path_factory.mktemp("page") / "report.html"
    assert (
        main(["check", str(EXAMPLE), "--offline", "--output-format", "html", "-o", str(out)]) == 1
    )
    return out.read_text(encoding="utf-8")


def test_every_reference_has_its_card_in_document_order(example):
    tags = check_safe(example)
    cards = [a for tag, a in tags.seen if tag == "article"]
    assert [c["id"] for c in cards] == ["r1", "r2", "r3", "r4", "r5"]
    assert all(c["data-o"] in OUTCOMES for c in cards)
    lines = re.findall(r'seminar-report\.md#L(\d+)"', example)
    assert lines == ["15", "17", "19", "21", "23"]


def card_in(page, ident):
    start = page.index(f"<article id={ident} ")
    return page[start : page.index("</article>", start)]


def test_a_card_tells_field_by_field_who_says_what(example):
    card = card_in(example, "r1")
    assert re.search(
        r"<tr class=corrected><th>year<td>2019 <del>2018</del><td>→ corrected<td>.*?jmlr", card
    )
    assert re.search(r"<tr class=filled><th>volume<td>20<td>\+ filled<td>", card)
    assert '<mark title="year">2018</mark>' in card
    assert "year = {2019}" in card and "+" in card and "prior: a record found" in card
    other = card_in(example, "r5")
    assert "source-conflict</a>" in other and 'href="#rule-CN311"' in other
    assert 'id="rule-CN311"' in example


def test_the_versions_stand_in_the_order_of_their_years(example):
    card = example[example.index("<article id=r2") : example.index("<article id=r3")]
    line = card[card.index("<ol class=line>") :]
    assert [
        line.index(v) for v in ("arXiv v1", "arXiv v2", "arXiv v3", "IEEE Transactions")
    ] == sorted(line.index(v) for v in ("arXiv v1", "arXiv v2", "arXiv v3", "IEEE Transactions"))
    assert line.count("class=on") == 1 and "printed" in line[line.index("IEEE") :]


def test_severity_is_told_by_word_and_sign(example):
    assert "<b>▲ warning</b>" in example and re.search(r"● \d+ notes", example)
    assert "name" not in SEVERITIES


def test_the_same_input_gives_the_same_page(example, tmp_path):
    out = tmp_path / "again.html"
    main(["check", str(EXAMPLE), "--offline", "--output-format", "html", "-o", str(out)])
    again = out.read_text(encoding="utf-8")
    assert re.sub(r'href="[^"]*#L', "", again) == re.sub(r'href="[^"]*#L', "", example)


def test_text_from_a_document_stays_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = "javascript:a'\"<b>&.md"
    Path(name).write_text(HOSTILE, encoding="utf-8")
    assert main(["check", name, "--offline", "--output-format", "html", "-o", "page.html"]) in (
        0,
        1,
    )
    text = Path("page.html").read_text(encoding="utf-8")
    check_safe(text)
    assert "\x1b" not in text and "\u202e" not in text and "\x07" not in text
    assert "⟨U+202E⟩desrever⟨U+202C⟩" in text
    assert 'href="./javascript%3Aa%27%22%3Cb%3E%26.md#L' in text


def test_anything_can_stand_in_any_field():
    evil = "</script></style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\x1b]0;x\x07\u202e\ud800"
    found = Diagnostic(
        f"CN5{evil}", evil, evil, evil, evil, evil, evil, "safe", Place(evil, 1), evil
    )
    text = render([found], "html")
    check_safe(text)
    claim = citenorm.parse('Guo, C. "On calibration of modern neural networks." 2017.')
    with citenorm.open_sources(offline=True) as sources:
        result = citenorm.resolve(claim, sources)
    said = dict.fromkeys(("title", "container-title", "volume", "URL", "DOI", "type"), evil)
    said["author"] = [{"literal": evil}]
    said["URL"] = f"javascript:{evil}"
    spoiled = replace(
        result,
        claim=replace(claim, raw=evil * 2, csl=said, id=evil),
        emitted=said,
        diagnostics=(found,),
    )
    text = page([cards_of(seen_document(evil, [spoiled]))], title=evil)
    check_safe(text)
    other = Comparison(Record(evil, said, evil), (), 0.0, 0.9)
    doubtful = replace(spoiled, outcome="ambiguous", record=None, work=None, candidates=(other,))
    text = page([cards_of(seen_document(evil, [doubtful]))], title=evil)
    check_safe(text)
    assert "<ol class=cands>" in text
    text.encode("utf-8")


@pytest.mark.parametrize(
    ("address", "safe"),
    [("https://a.org/x", True), ("HTTP://a.org", True), ("javascript:alert(1)", False), (" https://a.org", False), ("data:text/html,x", False), ("https:///x", False)],
)  # fmt: skip
def test_only_web_addresses_are_links(address, safe):
    assert bool(web_link(address)) == safe
    assert not any(url.startswith("javascript") for _, url in links({"URL": address}))


def test_a_file_name_is_no_scheme_and_no_host():
    assert file_link("data:x", 3) == "./data%3Ax#L3"
    assert file_link("//evil.org/x", 0) == "/evil.org/x"
    assert file_link("a b.md", 2, "../") == "../a%20b.md#L2"
    assert file_link("../up.md", 1) == "../up.md#L1"


def test_controls_and_directions_are_shown():
    assert esc("a\x1bb\x00\u202e<\"'&") == "a␛b␀⟨U+202E⟩&lt;&quot;&#39;&amp;"
    assert esc("line\nand\ttab") == "line\nand\ttab"


def test_what_differs_is_told_by_words():
    text = "Verified Uncertainty Calibration and More"
    assert [text[a:b] for a, b in differing(text, "verified uncertainty calibrations")] == [
        "Calibration and More"
    ]
    assert differing("Same: words!", "same words") == []
    people = "Guo, Chuan and Smith, Jo"
    assert [
        people[a:b] for a, b in words_missing(people, ["Chuan Guo, Jo Smyth"], 0, len(people))
    ] == ["Smith"]


def test_the_page_of_a_bib_file_shows_what_stands_in_each_entrys_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.bib").write_text(
        "@article{chitta, author={Chitta, Kashyap and Alvarez, Jose M.}, title={Less is more: An exploration of data redundancy with active dataset subsampling},\n"
        " journal={arXiv preprint arXiv:1905.12737}, year={2019}, pages={1-2}}\n\n@misc{pond, title={A pond}, pages={3-4}, number={5-6}}\n",
        encoding="utf-8",
    )
    assert main(["fix", "a.bib", "--offline", "--report", "out.html", "-o", "b.bib", "-q"]) == 0
    text = Path("out.html").read_text(encoding="utf-8")
    check_safe(text)
    assert "@misc{pond" in text and text.count("<article") == 2
    fixed = Path("b.bib").read_text(encoding="utf-8")
    first = fixed[: fixed.index("@misc")].strip()
    assert esc(first) in text


def test_select_and_baseline_narrow_the_findings_and_keep_the_cards(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    args = ["check", str(EXAMPLE), "--offline", "--output-format", "html", "-o", "p.html"]
    main([*args, "--select", "CN311"])
    text = Path("p.html").read_text(encoding="utf-8")
    assert text.count("<article") == 5 and set(re.findall(r'data-r="?(CN\d+)', text)) == {"CN311"}
    main([*args[:3], "--write-baseline", "base.jsonl"])
    assert main([*args, "--baseline", "base.jsonl"]) == 0
    assert "data-r" not in re.sub(
        r"<script>.*?</script>", "", Path("p.html").read_text(encoding="utf-8"), flags=re.S
    )


def test_a_file_without_references_makes_a_page_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("empty.md").write_text("# Nothing here\n", encoding="utf-8")
    assert main(["check", "empty.md", "--offline", "--output-format", "html", "-o", "p.html"]) == 0
    text = Path("p.html").read_text(encoding="utf-8")
    check_safe(text)
    assert "No references found" in text


GUO = """@article{guo2017,
  title = {On calibration of modern neural networks},
  author = {Guo, Chuan and Pleiss, Geoff and Sun, Yu and Weinberger, Kilian Q.},
  journal = {arXiv preprint arXiv:1706.04599},
  year = {2017},
  pages = {1-2}
}
"""


def check_page(*options):
    main(["check", "a.bib", "--offline", "--output-format", "html", "-o", "p.html", "-q", *options])
    text = Path("p.html").read_text(encoding="utf-8")
    check_safe(text)
    return text


def test_where_the_form_alone_was_checked_the_page_shows_the_findings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.bib").write_text(GUO, encoding="utf-8")
    text = check_page("--form-only", "--select", "CN5")
    assert "no reference was looked up" in text and "<article" not in text
    assert 'data-r="CN502"' in text and "No references found" not in text


def test_after_a_fix_the_page_shows_the_file_as_it_is_now(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.bib").write_text(GUO, encoding="utf-8")
    text = check_page("--fix")
    entry = re.search(r"<article.*?</article>", text, re.S)[0]
    assert Path("a.bib").read_text(encoding="utf-8").startswith("@inproceedings{guo2017")
    assert "confirmed" in entry and "@article" not in entry and "<mark" not in entry
    assert entry.count("1321--1330") == 2  # as it stands, and as BibTeX


def test_a_page_shows_the_unsafe_fixes_where_they_are_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.bib").write_text(GUO.replace("year", "note = {},\n  year"), encoding="utf-8")
    plain, unsafe = (check_page(*more).count("note = {}") for more in ((), ("--unsafe",)))
    assert (plain, unsafe) == (2, 0)  # where it goes, it is marked in what stands there


# ------------------------------------------------------------------ what a card holds
POND = {
    "type": "article-journal", "title": "Watching ponds", "author": [{"family": "Li", "given": "Jia"}, {"family": "Sato", "given": "Mei"}],
    "container-title": "Journal of Ponds", "issued": {"date-parts": [[2019, 3, 7]]}, "volume": "4",
}  # fmt: skip


def record(ident, **more):
    return Record(ident, {**POND, **more}, ident.partition(":")[0])


def cited(text, csl, **more):
    claim = Claim(csl, raw=text, spans=more.pop("spans", ()))
    return Resolution(claim, more.pop("outcome", "matched"), more.pop("status", "verified"), **more)


def test_versions_stand_on_a_line_by_their_dates_as_exactly_as_sources_tell_them():
    preprint = {"type": "article", "container-title": "", "custom": {"arxiv": "1901.1"}}
    records = (
        record("a:1", issued={"date-parts": [[2019]]}),
        record("b:1"),
        record("arxiv:2", **preprint | {"custom": {"arxiv": "1901.1", "arxiv-version": "v2"}}, issued={"date-parts": [[2019, 2]]}),
        record("arxiv:1", **preprint | {"custom": {"arxiv": "1901.1", "arxiv-version": "v1"}}, issued={"date-parts": [[2018, 11, 30]]}),
    )  # fmt: skip
    made = cited("Li 2019", POND, record=records[0], work=Work("w", records), emitted=POND, provenance={"title": Provenance("as stated", "b", "b:1")})  # fmt: skip
    assert [(v.date, v.label, v.sources, v.printed) for v in card_of(made, "r1").versions] == [
        ("2018-11-30", "arXiv v1", ("arxiv",), False),
        ("2019-02", "arXiv v2", ("arxiv",), False),
        ("2019-03-07", "Journal of Ponds", ("a", "b"), True),
    ]
    alone = cited("Li 2019", POND, record=records[0], work=Work("w", records[:1]), emitted=POND)
    assert card_of(alone, "r1").versions == ()


def test_every_field_that_is_printed_has_its_witness():
    origins = {"title": Provenance("as stated", "b", "b:1"), "volume": Provenance("as stated", "reference", ""), "issued": Provenance("filled", "c", "c:1")}  # fmt: skip
    stated = {k: v for k, v in POND.items() if k != "issued"}
    one = cited("x", stated, record=record("b:1"), work=Work("w", (record("b:1"),)), emitted=POND, provenance=origins)  # fmt: skip
    fields = {f.label: (f.state, f.source, f.record) for f in card_of(one, "r1").fields}
    assert fields["title"] == ("same", "b", "b:1") and fields["year"] == ("filled", "c", "c:1")
    assert fields["volume"] == ("kept", "reference", "")
    unknown = cited("x", stated, outcome="unmatched", status="unverifiable", emitted=stated)
    assert {f.source for f in card_of(unknown, "r1").fields} == {""}


def test_candidates_that_look_the_same_are_shown_once_and_unlikely_ones_not():
    likely = [("a:1", 0.2, {}), ("b:1", 0.4, {"title": "Watching Ponds"}), ("c:1", 0.3, {"volume": "5", "issued": {"date-parts": [[2018]]}}), ("d:1", 0.001, {"title": "Other"})]  # fmt: skip
    found = tuple(Comparison(record(ident, **more), (), 0.0, p) for ident, p, more in likely)
    made = cited("ponds", POND, outcome="ambiguous", status="unverifiable", candidates=found)
    shown = card_of(made, "r1").candidates
    assert [(c.record, c.probability) for c in shown] == [("a:1", 0.4), ("c:1", 0.3)]
    only = cited("ponds", POND, outcome="ambiguous", status="unverifiable", candidates=found[3:])
    assert [c.record for c in card_of(only, "r1").candidates] == ["d:1"]


def test_what_a_list_of_authors_leaves_out_is_marked():
    text = "Li, Jia, et al. Watching ponds. 2019."
    stated = {**POND, "author": POND["author"][:1], "custom": {"others": True}}
    made = cited(
        text, stated, spans=((0, 14, "author"),), record=record("b:1"), work=Work("w", (record("b:1"),)), emitted=POND,
        provenance={"author": Provenance("corrected", "b", "b:1")},
    )  # fmt: skip
    assert [text[a:b] for a, b, _ in card_of(made, "r1").marks] == ["et al."]
    cut = replace(made, emitted=stated)
    assert card_of(cut, "r1").marks == ()


def test_the_sum_goes_from_the_prior_to_the_probability():
    claim = citenorm.parse(
        'Guo, Chuan, et al. "On calibration of modern neural networks." ICML, 2017.'
    )
    with citenorm.open_sources(offline=True, user=False) as sources:
        card = card_of(citenorm.resolve(claim, sources), "r1")
    assert card.steps[0].field == "prior" and len(card.steps) > 4
    total = 0.0
    for step in card.steps:
        total += step.weight
        assert step.total == pytest.approx(total)
    assert (
        weights().probability(total) == pytest.approx(card.probability) == pytest.approx(card.alone)
    )
    assert f"= {total:+.2f} log2 odds: probability {card.alone:.4f}</pre>" in card_html(card)
    rivals = replace(card, probability=0.5)
    assert f"probability {card.alone:.4f}; beside other works that fit 0.5000</pre>" in card_html(
        rivals
    )


def test_very_long_lists_of_people_do_not_push_everything_else_away():
    people = [{"family": f"Family{i}", "given": "Given"} for i in range(3000)]
    text = ", ".join(f"Given Family{i}" for i in range(3000)) + ". Watching ponds. 2019."
    made = cited(
        text,
        {**POND, "author": people},
        outcome="unmatched",
        status="unverifiable",
        emitted={**POND, "author": people},
    )
    html = card_html(card_of(made, "r1"))
    check_safe(page([FileCards("a.md", (card_of(made, "r1"),))]))
    assert re.search(
        r"<tr><th>authors<td>Given Family0, .{,620}?<details><summary>and [\d,]+ characters more</summary>.*Given Family2999</details>",
        html,
    )
    assert 'class="said long" tabindex=0' in html and "Given Family2999. Watching" in html
    short = card_html(
        card_of(
            cited("Li 2019", POND, outcome="unmatched", status="unverifiable", emitted=POND), "r1"
        )
    )
    assert "characters more" not in short and "class=said>" in short


def test_where_nothing_was_looked_up_no_source_was_asked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.bib").write_text(GUO, encoding="utf-8")
    assert "no source was asked" in check_page("--form-only")
    assert "no source was asked" not in check_page()


def test_a_kind_that_was_not_told_is_filled_and_not_corrected():
    stated = {**POND, "type": "document"}
    made = cited("x", stated, record=record("b:1"), work=Work("w", (record("b:1"),)), emitted=POND, provenance={"type": Provenance("corrected", "b", "b:1")})  # fmt: skip
    fields = {f.label: f for f in card_of(made, "r1").fields}
    assert (fields["kind"].state, fields["kind"].stated) == ("filled", "")
    unknown = cited("x", stated, outcome="unmatched", status="unverifiable", emitted=stated)
    assert "kind" not in {f.label for f in card_of(unknown, "r1").fields}
