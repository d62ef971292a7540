"""What is printed is one version as a whole: nothing of a reprint, of another work, of a translator, of an upload gets into it."""

from __future__ import annotations

from typing import Any

from citenorm.bib import read, repair
from citenorm.bib.claims import claims
from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.model import Claim, Record, Resolution
from citenorm.pipeline import resolve, resolve_all
from citenorm.sources import Sources


def people(*names: str) -> list[dict[str, str]]:
    return [dict(zip(("given", "family"), n.rsplit(" ", 1), strict=True)) for n in names]


def item(title: str, *names: str, year: int, **more: Any) -> dict[str, Any]:
    kind = more.pop("type", "article-journal")
    return {"type": kind, "title": title, "author": people(*names), "issued": {"date-parts": [[year]]}, **more}  # fmt: skip


def known(**records: dict[str, Any]) -> Sources:
    """Records by the sources that hold them; a name with a number behind is the same source once more."""
    return Sources(
        [
            MemoryCatalogue(
                Record.from_csl({"id": f"{name.rstrip('0123456789')}:{name}", **csl})
                for name, csl in records.items()
            )
        ]
    )


def resolved(claim: dict[str, Any], **records: dict[str, Any]) -> Resolution:
    return resolve(Claim(claim), known(**records))


def test_a_reprint_of_another_year_does_not_replace_the_article() -> None:
    stated = item(
        "The market for ponds: weirs and the market mechanism", "Ada Brook", year=1970, volume="84", issue="3",
        page="488-500", **{"container-title": "Quarterly Journal of Ponds"},
    )  # fmt: skip
    reprint = item(
        stated["title"], "Ada Brook", year=1978, type="chapter", page="235-251", publisher="Elsewhere",
        **{"container-title": "Uncertainty in ponds"},
    )  # fmt: skip
    result = resolved(stated, bib=reprint)
    assert result.matched and result.emitted["container-title"] == "Quarterly Journal of Ponds"
    assert (result.emitted["page"], result.emitted["type"]) == ("488-500", "article-journal")
    assert "publisher" not in result.emitted


def test_a_book_is_not_the_paper_of_its_title_of_years_before() -> None:
    paper = item(
        "Judgment under water: heuristics and biases of pond keepers", "Ada Brook", "Dan Weir", year=1974,
        volume="185", page="1124-1131", **{"container-title": "Science"},
    )  # fmt: skip
    book = {
        "type": "book", "title": paper["title"], "editor": people("Dan Weir", "Paul Stone", "Ada Brook"),
        "issued": {"date-parts": [[1982]]}, "publisher": "Pond University Press",
    }  # fmt: skip
    assert not resolved(book, crossref=paper).matched


def test_an_identifier_of_another_work_is_not_filled_in() -> None:
    mine = item("In search of an understandable pond", "Ada Brook", "Dan Weir", year=2014, DOI="10.1145/77.7", page="305-319", **{"container-title": "Pond Review"})  # fmt: skip
    other = item("Large banks of pictures of ponds", "Mei Sato", year=2009, DOI="10.1145/77.7", **{"container-title": "Journal of Pictures"})  # fmt: skip
    stated = {k: v for k, v in mine.items() if k not in ("DOI", "page")}
    assert resolved(stated, bib=mine).emitted["DOI"] == "10.1145/77.7"
    assert "DOI" not in resolved(stated, bib=mine, dblp=other).emitted
    assert resolved(stated, crossref=mine, dblp=other).emitted["DOI"] == "10.1145/77.7"


def test_the_doi_of_a_working_paper_is_not_that_of_the_article() -> None:
    stated = item("The colonial origins of comparative ponds", "Ada Brook", year=2001, volume="91", page="1369-1401", **{"container-title": "American Pond Review"})  # fmt: skip
    record = {**stated, "DOI": "10.3386/w7771"}
    assert "DOI" not in resolved(stated, dblp=record).emitted
    assert resolved(stated, dblp={**stated, "DOI": "10.1257/91.5"}).emitted["DOI"] == "10.1257/91.5"


def test_translators_do_not_join_the_authors_of_a_book() -> None:
    stated = item("Capital in the pond", "T. Brook", year=2014, type="book", publisher="Pond Press")
    record = item("Capital in the pond", "Thomas Brook", "Arthur Weir", year=2014, type="book")
    named = resolved(stated, goodbooks=record).emitted["author"]
    assert [(n["given"], n["family"]) for n in named] == [("Thomas", "Brook")]


def test_one_record_alone_does_not_change_the_order_of_the_authors() -> None:
    more: dict[str, Any] = {
        "type": "report",
        "publisher": "Bureau of Pond Research",
        "number": "18054",
    }
    stated = item("The pond syndrome", "Dan Autor", "Ada Brook", "Carl Weir", year=2012, **more)
    record = item("The pond syndrome", "Carl Weir", "Dan Autor", "Ada Brook", year=2012, **more)
    result = resolved(stated, nber=record)
    assert result.matched and result.emitted["author"][0]["family"] == "Autor"


def fixed(text: str, **records: dict[str, Any]) -> str:
    file = read(text.encode(), "a.bib")
    return repair(file, resolve_all(claims(file), known(**records)))[0].decode()


CHIMERA = """@inproceedings{a,
  author = {Brook, Ada and Weir, Dan},
  title = {Strong appearance models of quiet ponds},
  booktitle = {Conference on Computer Vision and Pattern Recognition (CVPR)},
  year = {2013}
}
"""


def test_pages_of_one_meeting_do_not_stand_beside_the_name_of_another() -> None:
    record = item(
        "Strong appearance models of quiet ponds", "Ada Brook", "Dan Weir", year=2013, type="paper-conference", page="3487-3494",
        DOI="10.1109/iccv.2013.433", **{"container-title": "International Conference on Computer Vision"},
    )  # fmt: skip
    assert fixed(CHIMERA, dblp=record, crossref=record) == CHIMERA
    own = {**record, "container-title": "IEEE Conference on Computer Vision and Pattern Recognition", "DOI": "10.1109/cvpr.2013.7"}  # fmt: skip
    assert "3487--3494" in fixed(CHIMERA, dblp=own)


def test_the_month_of_the_preprint_goes_with_its_year() -> None:
    text = """@inproceedings{a,
  author = {Brook, Ada and Weir, Dan},
  title = {Weir: A Method for Stochastic Ponds},
  eprint = {1412.6980},
  archiveprefix = {arXiv},
  month = {12},
  year = {2014}
}
"""
    upload = item("Weir: A Method for Stochastic Ponds", "Ada Brook", "Dan Weir", year=2014, type="article", custom={"arxiv": "1412.6980"})  # fmt: skip
    paper = item("Weir: A Method for Stochastic Ponds", "Ada Brook", "Dan Weir", year=2015, type="paper-conference", custom={"arxiv": "1412.6980"}, **{"container-title": "International Conference on Learning Representations"})  # fmt: skip
    after = fixed(text, arxiv=upload, dblp=paper)
    assert "year = {2015}" in after and "month" not in after


def test_a_stamp_in_the_entrys_own_title_is_told() -> None:
    def names(title: str) -> list[str]:
        claim = Claim(item(title, "Ada Brook", year=1998, **{"container-title": "Pond Lancet"}))
        return [d.name for d in resolve(claim, known()).diagnostics if d.name == "retracted-work"]

    assert names("RETRACTED: Frogs and other disorders of ponds") == ["retracted-work"]
    assert names("[Retracted] Frogs and other disorders") == ["retracted-work"]
    for title in ("Retracted articles and how they are cited", "Retraction of: A study of ponds"):
        assert names(title) == []


def test_a_report_of_an_institution_is_not_turned_into_its_article() -> None:
    article = item("Bagging ponds", "Leo Brook", year=1996, volume="24", page="123-140", **{"container-title": "Machine Learning"})  # fmt: skip
    report = item("Bagging ponds", "Leo Brook", year=1994, type="report", number="421", publisher="Department of Statistics, Pond University")  # fmt: skip
    result = resolved(report, crossref=article)
    assert {k: result.emitted.get(k) for k in ("type", "number", "volume", "container-title")} == {
        "type": "report", "number": "421", "volume": None, "container-title": None,
    }  # fmt: skip
    assert resolved({**report, "number": None}, crossref=article).emitted["type"] == "report"
    nobodys = {**report, "number": None, "publisher": None}
    assert resolved(nobodys, crossref=article).emitted["type"] == "article-journal"


def test_a_publication_that_no_source_knows_is_not_replaced_by_its_preprint() -> None:
    upload = item("Weirs over wide ponds", "Ada Brook", "Dan Weir", year=2016, type="article", publisher="arXiv", custom={"arxiv": "1608.05665"})  # fmt: skip
    own_doi = item(upload["title"], "Ada Brook", "Dan Weir", year=2016, DOI="10.1177/1073858416667720", **{"container-title": "The Pond Keeper"})  # fmt: skip
    known_venue = item(upload["title"], "Ada Brook", "Dan Weir", year=2016, **{"container-title": "ECIR"})  # fmt: skip
    for stated in (own_doi, known_venue):
        result = resolved(stated, arxiv=upload)
        assert result.matched and result.emitted["container-title"] == stated["container-title"]
        assert result.emitted.get("DOI") == stated.get("DOI")
        assert result.emitted["custom"] == {"arxiv": "1608.05665"}


def test_names_typed_in_small_letters_are_filled_in_with_capitals() -> None:
    record = item("Weirs over wide ponds", "Ada Brook", "dan weir", "Eva Kiln", year=2016, **{"container-title": "NeurIPS"})  # fmt: skip
    result = resolved({**record, "author": people("Ada Brook"), "custom": {"others": True}}, neurips=record)  # fmt: skip
    assert [n["family"] for n in result.emitted["author"]] == ["Brook", "Weir", "Kiln"]
    assert result.emitted["author"][1]["given"] == "Dan"
    meant = resolved({**record, "author": people("Ada Brook", "dan weir", "Eva Kiln")}, neurips=record)  # fmt: skip
    assert meant.emitted["author"][1] == {"given": "dan", "family": "weir"}


def test_a_publisher_stays_as_it_was_stated_where_the_record_has_no_more_of_it() -> None:
    book = item("A history of ponds", "Ada Brook", year=2011, type="book")
    for stated, theirs, printed in (
        ("MIT Press", "MIT press Cambridge", "MIT Press"),
        ("Prentice Hall", "Prentice Hall, Englewood Cliffs, NJ", "Prentice Hall"),
        ("Cambridge Univ. Press", "Cambridge University Press", "Cambridge University Press"),
    ):
        result = resolved({**book, "publisher": stated}, bib={**book, "publisher": theirs})
        assert result.matched and result.emitted["publisher"] == printed


def test_a_paper_in_a_journal_is_an_article() -> None:
    paper = item("Learning from weirs applied to ponds", "Ada Brook", "Dan Weir", year=1998, type="paper-conference", page="2278-2324", **{"container-title": "Proceedings of the IEEE"})  # fmt: skip
    result = resolved(paper, dblp=paper)
    assert result.matched and result.emitted["type"] == "article-journal"


def test_a_film_is_not_the_novel_of_its_title() -> None:
    novel = item("Weirs beyond the last pond", "Ada Brook", year=1968, type="book")
    film = {k: v for k, v in novel.items() if k != "author"} | {"type": "motion_picture"}
    assert not resolved(film, goodbooks=novel).matched


def test_a_book_is_not_the_article_of_one_of_its_authors_a_year_before() -> None:
    article = item("A mathematical theory of ponds", "Ada Brook", year=1948, volume="27", page="379-423", **{"container-title": "Pond System Technical Journal"})  # fmt: skip
    book = item("The mathematical theory of ponds", "Ada Brook", "Dan Weir", year=1949, type="book", publisher="University of Pond Press")  # fmt: skip
    result = resolved(book, crossref=article)
    assert not result.matched or result.emitted["title"] == book["title"]


def test_the_month_and_day_of_a_preprint_go_with_it_in_the_same_year_too() -> None:
    upload = item("Weirs over wide ponds at the bottom", "Ada Brook", "Dan Weir", year=2017, type="article", publisher="arXiv", custom={"arxiv": "1706.04599"})  # fmt: skip
    paper = item(upload["title"], "Ada Brook", "Dan Weir", year=2017, type="paper-conference", page="1321-1330", **{"container-title": "International Conference on Machine Learning"})  # fmt: skip
    text = "@article{k,\n  author = {Brook, Ada and Weir, Dan},\n  title = {Weirs over wide ponds at the bottom},\n  journal = {arXiv preprint arXiv:1706.04599},\n  year = {2017},\n  month = jun,\n  day = {14}\n}\n"
    from citenorm.bib import RepairOptions

    file = read(text.encode(), "a.bib")
    results = resolve_all(claims(file), known(arxiv=upload, pmlr=paper))
    after = repair(file, results, RepairOptions())[0].decode()
    assert "International Conference on Machine Learning" in after
    assert "month" not in after and "day" not in after and "year = {2017}" in after


def test_what_a_venue_that_stays_does_not_have_is_not_filled_in_for_its_own_doi() -> None:
    paper = item("Parallel ponds and their hardness", "Ada Brook", "Dan Weir", year=2018, type="paper-conference", volume="80", page="5600-5609", publisher="PMLR", **{"container-title": "International Conference on Machine Learning"})  # fmt: skip
    text = "@inproceedings{k,\n  author = {Brook, Ada and Weir, Dan},\n  title = {Parallel ponds and their hardness},\n  year = {2018},\n  doi = {10.5555/3504035.3504999},\n  booktitle = {Proceedings of the Thirty-Second AAAI Conference on Artificial Intelligence}\n}\n"
    from citenorm.bib import RepairOptions

    file = read(text.encode(), "a.bib")
    results = resolve_all(claims(file), known(pmlr=paper))
    after = repair(file, results, RepairOptions())[0].decode()
    assert "AAAI" in after and "5600" not in after and "volume" not in after


def test_pages_within_an_article_are_kept_beside_its_number() -> None:
    paper = item("Ponds made by hand", "Ada Brook", "Dan Weir", year=2019, type="paper-conference", page="188", **{"container-title": "CHI Conference on Human Factors in Computing Systems"})  # fmt: skip
    result = resolved({**paper, "page": "1-13"}, crossref=paper)
    assert result.matched and result.emitted["page"] == "1-13"


def test_an_entry_dated_before_christ_lacks_no_year() -> None:
    book = item("Republic of the ponds", "Plato Brook", year=2004, type="book")
    result = resolved({**book, "issued": {"literal": "-0379"}}, goodbooks=book)
    assert not any(d.code == "CN402" for d in result.diagnostics)


def test_a_lecture_stays_what_its_entry_says_it_is() -> None:
    record = item("Neural ponds for weirs, lecture 6a", "Ada Brook", "Dan Weir", year=2012, volume="14", issue="8", **{"container-title": "Powerpoint Pond"})  # fmt: skip
    text = "@misc{k,\n  author = {Brook, Ada and Weir, Dan},\n  title = {Neural ponds for weirs, lecture 6a},\n  howpublished = {Lecture slides},\n  year = {2012}\n}\n"
    from citenorm.bib import RepairOptions

    file = read(text.encode(), "a.bib")
    results = resolve_all(claims(file), known(bib=record))
    assert results[0].matched
    assert repair(file, results, RepairOptions())[0].decode() == text
