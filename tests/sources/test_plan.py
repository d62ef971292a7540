"""The plan: what is asked of which service about the references of a document, and when it is enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from citenorm.model import Answer, Claim, Record
from citenorm.sources.http import Request
from citenorm.sources.plan import Known, look_up, may_be_paper, title_steps


def claim(title: str, **csl: Any) -> Claim:
    return Claim({"title": title, **csl})


class Service:
    """A service of works by title and by DOI, that notes what it was asked in each call."""

    def __init__(
        self,
        name: str,
        weight: float = 0.5,
        joins: int = 1,
        *,
        deposited: bool = False,
        **held: str,
    ) -> None:
        self.name, self.weight, self.joins, self.deposited = name, weight, joins, deposited
        self.held = held
        self.calls: list[list[str]] = []
        self.down = False
        self.instead_of, self.extra, self.late, self.knows_versions = "", False, False, False

    def instead(self, one: Claim) -> list[Request]:
        return [Request(self.name, one.title + " elsewhere")]

    def suits(self, one: Claim) -> float:
        return self.weight

    def by_identifier(self, one: Claim) -> list[Request]:
        return [Request(self.name, one.doi)] if one.doi else []

    def by_title(self, one: Claim) -> list[Request]:
        return [Request(self.name, one.title)]

    def linked(self, one: Claim, records: Sequence[Record], known: bool) -> list[Request]:
        if known and not self.deposited:
            return []
        return [Request(self.name, r.doi) for r in records if r.doi and r.source != self.name]

    def ask_all(self, requests: Sequence[Request]) -> list[Answer]:
        self.calls.append([request.url for request in requests])
        return [self.answer(request.url) for request in requests]

    def answer(self, said: str) -> Answer:
        if self.down:
            return Answer(self.name, "unknown", reason="down")
        if said not in self.held:
            return Answer(self.name, "none")
        record = Record(
            f"{self.name}:{said}", {"title": said, "type": self.held[said], "DOI": "10.5555/link"}, self.name
        )  # fmt: skip
        return Answer(self.name, "found", (record,))

    def close(self) -> None: ...


def judge_of(claims: Sequence[Claim]) -> Any:
    """What fits by title is the work; what is no ``article`` is published."""
    best = dict.fromkeys(range(len(claims)), Known.NOTHING)

    def judge(place: int, records: Sequence[Record]) -> Known:
        for record in records:
            known = Known.PREPRINT if record.type == "article" else Known.PUBLISHED
            best[place] = max(best[place], known)
        return best[place]

    return judge


def asked(claims: Sequence[Claim], services: Sequence[Service]) -> list[tuple[Answer, ...]]:
    return look_up(claims, services, judge_of(claims))


def test_all_identifiers_of_a_document_are_one_call_to_each_service() -> None:
    services = [Service("a"), Service("b")]
    claims = [claim("", DOI=f"10.5555/{n}", type="webpage") for n in range(5)]
    asked(claims, services)
    assert [s.calls for s in services] == [[[c.doi for c in claims]]] * 2


def test_titles_go_to_those_that_join_many_first_then_one_after_the_other() -> None:
    many, first, second = Service("many", 0.6, 10), Service("first", 0.9), Service("second", 0.8)
    claims = [claim("One"), claim("Two")]
    asked(claims, [second, first, many])
    assert title_steps(claims[0], [second, first, many]) == [("many",), ("first",), ("second",)]
    assert [s.calls for s in (many, first, second)] == [[["One", "Two"]]] * 3


def test_one_that_joins_but_hardly_suits_waits_for_its_turn() -> None:
    many, one = Service("many", 0.4, 10), Service("one", 0.8)
    assert title_steps(claim("x"), [many, one]) == [("one",), ("many",)]
    assert title_steps(claim("x"), [Service("never", 0.0), one]) == [("one",)]


def test_what_is_known_in_print_is_not_asked_about_again() -> None:
    many = Service("many", 0.6, 10, Two="article-journal", Three="article")
    one = Service("one", 0.8)
    asked([claim("One"), claim("Two"), claim("Three")], [many, one])
    assert many.calls == [["One", "Two", "Three"], ["10.5555/link"]][:1]
    assert one.calls == [["10.5555/link"], ["One", "Three"]]


def test_the_publishers_own_word_is_asked_for_what_others_found() -> None:
    other = Service("other", 0.9, One="article-journal")
    publisher = Service("publisher", 0.5, deposited=True)
    asked([claim("One")], [other, publisher])
    assert publisher.calls == [["10.5555/link"]]


@pytest.mark.parametrize("kind", ["webpage", "software", "legislation", "post-weblog"])
def test_what_is_no_paper_is_looked_up_by_identifier_alone(kind: str) -> None:
    service = Service("a")
    asked(
        [claim("A page", type=kind), claim("A page with one", type=kind, DOI="10.5555/x")],
        [service],
    )
    assert service.calls == [["10.5555/x"]]


def test_a_service_that_is_down_is_told_and_the_others_are_asked() -> None:
    down, up = Service("down", 0.9), Service("up", 0.5, One="article-journal")
    down.down = True
    (answers,) = asked([claim("One")], [down, up])
    assert [(a.source, a.kind, a.reason) for a in answers] == [
        ("down", "unknown", "down"),
        ("up", "found", ""),
    ]


def test_no_question_is_put_twice_and_without_services_none() -> None:
    service = Service("a", 0.5, 10)
    asked([claim("10.5555/same", DOI="10.5555/same")], [service])
    assert service.calls == [["10.5555/same"]]
    assert look_up([claim("x")], [], judge_of([claim("x")])) == [()]


def test_what_a_service_cannot_be_asked_is_asked_at_its_other_door() -> None:
    front, door = (
        Service("front", 0.9),
        Service("door", 0.0, **{"Two elsewhere": "article-journal"}),
    )
    door.instead_of = "front"
    front.down = True
    one, two = asked([claim("One"), claim("Two")], [front, door])
    assert door.calls == [["One elsewhere", "Two elsewhere"]]
    assert [(a.source, a.kind) for a in one + two] == [("door", "none"), ("door", "found")]
    door.down = True
    (one,) = asked([claim("One")], [front, door])
    assert [(a.source, a.kind) for a in one] == [("front", "unknown"), ("door", "unknown")]
    front.down, door.calls = False, []
    asked([claim("One")], [front, door])
    assert door.calls == []


def test_one_that_only_adds_is_not_missed_where_others_answered() -> None:
    extra, other = Service("extra", 0.9), Service("other", 0.5)
    extra.extra = extra.down = True
    (one,) = asked([claim("One")], [extra, other])
    assert [a.source for a in one] == ["other"]
    (one,) = asked([claim("One")], [extra])
    assert [(a.source, a.kind) for a in one] == [("extra", "unknown")]


def test_some_are_asked_last_for_what_nobody_knew() -> None:
    last, other = Service("last", 0.0), Service("other", 0.9, Two="article")
    last.late = True
    asked(
        [
            claim("One", DOI="10.5555/1", type="webpage"),
            claim("Two", DOI="10.5555/2"),
            claim("Three"),
        ],
        [last, other],
    )
    assert last.calls[-1] == ["10.5555/1"] and other.calls[0] == ["10.5555/1", "10.5555/2"]


def test_a_preprint_is_asked_about_no_further_by_the_word_of_one_that_knows_versions() -> None:
    knows, other = Service("knows", 0.9, One="article"), Service("other", 0.5)
    asked([claim("One"), claim("Two")], [knows, other])
    assert other.calls == [["10.5555/link"], ["One", "Two"]]
    knows.knows_versions, other.calls = True, []
    asked([claim("One"), claim("Two")], [knows, other])
    assert other.calls == [["10.5555/link"], ["Two"]]


@pytest.mark.parametrize(
    ("url", "authors", "paper"),
    [
        ("https://proceedings.mlr.press/v70/guo17a.html", [], True),
        ("https://openreview.net/forum?id=x", [], True),
        ("https://example.org/~meer/ponds.pdf?x=1", [{"family": "Meer"}], True),
        ("https://example.org/~meer/ponds.pdf", [], False),
        ("https://example.org/blog", [{"family": "Meer"}], False),
        ("https://notopenreview.net/x", [{"family": "Meer"}], False),
        ("https://example.org/?x=openreview.net", [{"family": "Meer"}], False),
        ("", [{"family": "Meer"}], False),
    ],
)
def test_a_page_at_a_host_of_papers_may_be_one(url: str, authors: Any, paper: bool) -> None:
    assert may_be_paper(claim("Ponds", type="webpage", URL=url, author=authors)) is paper
    assert may_be_paper(claim("Ponds", type="software", URL=url, author=authors)) is False
    assert may_be_paper(claim("Ponds", URL=url, author=authors)) is True
