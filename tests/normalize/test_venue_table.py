"""The table of venues holds together: nothing is claimed twice, everything is found again, every reference leads somewhere."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citenorm.normalize import venue_table
from citenorm.normalize.abbreviations import abbreviate, could_abbreviate, could_run, short_for
from citenorm.normalize.ordinals import as_ordinal, ordinal, roman, take_ordinals
from citenorm.normalize.venue_table import build, compiled, restored, spellings, table
from citenorm.normalize.venues import find_venue

VENUES = list(table().venues.values())


TEXT = Path(venue_table.__file__).with_name("venues.toml").read_bytes()


def test_the_kept_table_is_the_one_that_would_be_built():
    """Where this fails: python -m citenorm.normalize.venue_table"""
    kept = Path(venue_table.__file__).with_name("venues.json").read_text("utf-8")
    assert kept == compiled(TEXT)
    assert restored(TEXT, kept) == build(TEXT.decode("utf-8"))


def test_the_kept_table_is_not_used_for_another_text():
    kept = compiled(TEXT)
    assert restored(TEXT + b"# a word more\n", kept) is None
    assert restored(TEXT.replace(b"\n", b"\r\n"), kept) is not None


def test_size():
    kinds = [venue.kind for venue in VENUES]
    assert kinds.count("conference") > 300
    assert kinds.count("journal") > 800


def test_no_name_belongs_to_two_venues():
    assert [name for name, ident in table().names.items() if not ident] == []


def test_every_spelling_finds_its_venue():
    lost = []
    for venue in VENUES:
        for spelling in spellings(venue):
            found = find_venue(spelling)
            if spelling not in ("ITS", "T-ITS") and (
                found is None or found.venue is not venue or found.part
            ):
                lost.append((venue.id, spelling))
    assert lost == []


def test_every_abbreviation_finds_its_journal():
    lost = []
    for venue in VENUES:
        found = find_venue(venue.abbreviation) if venue.kind == "journal" else None
        if venue.kind == "journal" and (found is None or found.venue is not venue):
            lost.append(venue.abbreviation)
    assert lost == []


@pytest.mark.parametrize("year", [1999, 2010, 2018, 2023])
def test_titles_of_proceedings_lead_back(year):
    lost = []
    for venue in VENUES:
        if venue.kind == "conference" and (venue.first or 0) <= year:
            for text in (
                venue.full_in(year),
                f"{venue.name}, {venue.short_in(year)} {year}, Some Town, Country, June 1-3, {year}",
            ):
                found = find_venue(text)
                if (
                    found is None
                    or found.venue is not venue
                    or (found.year or year) != year
                    or found.part
                ):
                    lost.append(text)
    assert lost == []


def test_rows_are_sound():
    for venue in VENUES:
        assert venue.name and venue.name == venue.name.strip(), venue.id
        assert all(other in table().venues and other != venue.id for other in venue.kin), venue.id
        assert not venue.series or table().venues[venue.series].kind == "series", venue.id
        assert venue.first is None or 1660 <= venue.first <= 2026, venue.id
        assert len(set(venue.aliases)) == len(venue.aliases), venue.id
        years = [phase[1] for phase in venue.counted]
        ordinals = [phase[0] for phase in venue.counted]
        assert years == sorted(set(years)) and ordinals == sorted(set(ordinals)), venue.id
        for number, year, step in venue.counted:
            assert number >= 1 and step >= 1, venue.id
            assert venue.ordinal_in(year) == number and venue.year_of(number) == year, venue.id


def test_pmlr_rows_name_known_conferences():
    for volume, (ident, year) in table().pmlr.items():
        assert table().venues[ident].kind == "conference", volume
        assert 2007 <= year <= 2030, volume
        assert (table().venues[ident].first or 0) <= year, volume


def test_a_table_with_two_rows_of_one_id_is_refused():
    with pytest.raises(ValueError, match="two venues have the id 'nature'"):
        build('[journal]\nnature = { name = "Nature" }\n[journals]\n"X" = ["Nature"]\n')


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Journal of Machine Learning Research", "J. Mach. Learn. Res."),
        (
            "IEEE Transactions on Pattern Analysis and Machine Intelligence",
            "IEEE Trans. Pattern Anal. Mach. Intell.",
        ),
        ("Physical Review Letters", "Phys. Rev. Lett."),
        ("Nature", "Nature"),
        ("Nature Communications", "Nat. Commun."),
        ("The Lancet", "Lancet"),
        ("Communications of the ACM", "Commun. ACM"),
        ("Neural Computation", "Neural Comput."),
        ("Neural Networks", "Neural Netw."),
        ("Journal of the American Statistical Association", "J. Am. Stat. Assoc."),
        ("International Journal of Computer Vision", "Int. J. Comput. Vis."),
        ("Knowledge-Based Systems", "Knowl.-Based Syst."),
        ("Cognitive Science", "Cogn. Sci."),
        ("Theoretical Computer Science", "Theor. Comput. Sci."),
        ("Trends in Cognitive Sciences", "Trends Cogn. Sci."),
        ("Physical Review A", "Phys. Rev. A"),
        ("Data Mining and Knowledge Discovery", "Data Min. Knowl. Discov."),
        ("Biometrika", "Biometrika"),
    ],
)
def test_abbreviate(name, short):
    assert abbreviate(name) == short


@pytest.mark.parametrize(
    ("short", "word", "answer"),
    [
        ("mach", "machine", True),
        ("natl", "national", True),
        ("jpn", "japanese", True),
        ("comput", "commerce", False),
        ("mach", "mac", False),
    ],
)
def test_short_for(short, word, answer):
    assert short_for(short, word) is answer


def test_could_abbreviate():
    assert could_abbreviate(
        ("j", "mach", "learn", "res"), ("journal", "machine", "learning", "research")
    )
    assert not could_abbreviate(
        ("j", "mach", "learn"), ("journal", "machine", "learning", "research")
    )
    assert not could_abbreviate(("j", "m"), ("journal", "machine"))
    assert not could_abbreviate((), ())


FULL = ("empirical", "methods", "natural", "language", "processing")


@pytest.mark.parametrize(
    ("short", "answer"),
    [
        (("empirical", "methods", "nlp"), True),
        (("emp", "meth", "nlp"), True),
        (("empirical", "methods", "nl"), False),
        (("empirical", "methods", "nlq"), False),
        (("methods", "empirical", "nlp"), False),
        (("emnlp",), False),
        ((), False),
    ],
)
def test_words_and_initials_of_several(short, answer):
    assert could_run(short, FULL) is answer


@given(st.integers(1, 99))
def test_ordinals_there_and_back(number):
    assert ordinal(as_ordinal(number)) == number


def test_ordinals_in_words():
    assert take_ordinals(["the", "thirty", "fifth", "and", "twelfth", "3rd"]) == (
        ["the", "and"],
        [35, 12, 3],
    )
    assert [roman(x) for x in ("iv", "xiv", "xl", "mix", "")] == [4, 14, 40, None, None]
