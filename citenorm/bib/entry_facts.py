"""One entry beside the Resolution of its claim → what the entry says, and how it stands to what is printed; nothing is changed here."""

from __future__ import annotations

import re

from ..emit.entry import Entry, entry_of
from ..findings import TitleFinding
from ..model import Provenance, Resolution, custom_of, names_of
from ..normalize.alike import alike
from ..normalize.preprint import claims_preprint, is_preprint
from ..normalize.text import squash
from ..normalize.venues import find_venue, same_venue
from ..rules.base import has, is_doubted
from ..rules.contradiction import WrongIdentifier
from .borne_out import borne_out
from .change import Context
from .claims import decoded
from .file import MONTH_MACROS, BibFile
from .inherit import CONTAINERS, venue_of_macros
from .scan import Block, Field

OF_ARXIV = re.compile(
    r"(?i)\s*(?:arxiv\b.*|corr\b.*|computing research repository.*|e-?prints?\b.*|preprints?\b.*|abs/\S+|10\.48550/\S+)\s*"
)
INHERITS = frozenset({"crossref", "xdata"})
_VERSION = ("container-title", "issued", "volume", "page")
OF_VENUE = frozenset(
    ("volume", "issue", "number", "page", "publisher", "collection-title", "DOI", "URL")
)
"""What is of the venue in which a record has the work."""
OPEN_TYPES = frozenset(
    {"misc", "unpublished", "online", "electronic", "www", "techreport", "report", "manual"}
)
_PAGES = frozenset(
    {"online", "electronic", "www", "webpage", "software", "dataset", "video", "artwork", "audio"}
)
_ALIASES = {"conference": "inproceedings"}


class EntryFacts:
    """One entry, its claim and the records of its work, and what is asked of them."""

    def __init__(
        self, bib: BibFile, entry: Block, resolution: Resolution, context: Context
    ) -> None:
        self.bib, self.entry, self.context = bib, entry, context
        self.claim = resolution.claim
        self.records = resolution.work.records if resolution.work else ()
        self.emitted, self.provenance = resolution.emitted, resolution.provenance
        self.target: Entry = entry_of(
            self.emitted, dialect=context.dialect, latex=context.latex, preprint_note=""
        )
        self.own: dict[str, Field] = {}
        for found in entry.fields:
            self.own.setdefault(found.name, found)
        self.macros = {name.lower() for name, text, at in context.macros if at < entry.start} | set(
            MONTH_MACROS
        )
        self.inherits = bool(INHERITS & self.own.keys())
        self.type = _ALIASES.get(entry.type, entry.type)
        stated = (self.own[name] for name in CONTAINERS if name in self.own)
        self.unwritten = [f for f in stated if self.undefined(f)]
        """Venues that are stated by a macro that nothing defines: nothing is printed there."""
        self.unread = [f for f in self.unwritten if not venue_of_macros(bib, f)]
        """Those whose macro has no known venue's name either: nobody knows what they are."""
        self.was_preprint = (
            claims_preprint(self.claim.csl)
            and not self.unread
            and (is_preprint(self.claim.csl) or self.type in OPEN_TYPES | {"article"})
        )
        self.published = bool(self.emitted.get("type")) and not is_preprint(self.emitted)
        self.retitled = self.upgraded and has(resolution, TitleFinding.OTHER_VERSION)
        """The title is the preprint's, and the published version, which is printed, has another."""
        self.wrong = (
            frozenset(d.field for d in resolution.diagnostics if d.name == WrongIdentifier.name)
            if context.unsafe
            else frozenset()
        )
        self.unsafe = (
            frozenset()
            if context.unsafe
            else frozenset(d.field for d in resolution.diagnostics if d.fix == "unsafe")
        )
        self.doubted = is_doubted(resolution) and not context.unsafe
        self.misspelled = any(
            d.name in ("author-misspelled", "author-mismatch") for d in resolution.diagnostics
        )

    def how(self, name: str) -> str:
        """The provenance of a field; what a published record of the work bears out is not to be corrected by another record."""
        origin: Provenance | None = self.provenance.get(name)
        if origin is None:
            return ""
        if origin.how == "filled" and name in OF_VENUE and self.venue_stays():
            return origin.how if self.borne("DOI") else ""
        if origin.how == "corrected" and name in self.unsafe and not self.upgraded:
            return "normalized"  # said in a diagnostic, and left to --unsafe
        if name == "type":
            return "corrected"  # article or paper: decided where the record is cited
        return "normalized" if self.of_another_version(name) else origin.how

    def of_another_version(self, name: str) -> bool:
        """What is stated of a field is not that of the version printed, and a published record of the work bears it out."""
        origin = self.provenance.get(name)
        if origin is None or origin.how != "corrected" or self.upgraded:
            return False
        return borne_out(self.claim, name, self.records)

    def venue_stays(self) -> bool:
        """Another venue than the record's is stated, which no safe fix changes."""
        named = bool(self.claim.csl.get("container-title"))
        return named and "container-title" in self.unsafe and not self.upgraded

    def only_alike(self) -> bool:
        """The title is no title of the work's, and no identifier says that the work is meant: without ``unsafe`` nothing rests on that."""
        if "title" not in self.unsafe:
            return False
        return not any(
            (self.claim.doi and r.doi == self.claim.doi)
            or (self.claim.arxiv and r.arxiv == self.claim.arxiv)
            for r in self.records
        )

    @property
    def upgraded(self) -> bool:
        """The entry describes the preprint, the record the published version."""
        return self.was_preprint and self.published

    def other_version(self) -> bool:
        """The entry describes a published version that no source knows: what the record says of its own is not of this one.

        Two of venue, year, volume and pages that differ tell it, or that are of another version, and a venue that differs while neither pages
        nor volume agree.
        """
        if self.upgraded:
            return False
        differ = [
            name for name in _VERSION if self.how(name) == "corrected" and self.claim.csl.get(name)
        ]
        agree = self.agreeing()
        named = bool(self.claim.csl.get("container-title"))
        if self.venue_stays() and not agree:
            return True  # another venue is stated, which stays: what is of the record's venue is not of this one
        if len(differ) > 1 or sum(map(self.of_another_version, _VERSION)) > 1:
            return True
        return named and "container-title" in differ and not agree

    def unread_venue(self) -> bool:
        """What is stated of the venue cannot be read, and neither pages, volume nor DOI say that it is the record's: what goes with a venue may be
        another one's."""
        return bool(self.unread) and not self.agreeing()

    def agreeing(self) -> list[str]:
        """What says that the publication is the record's, beside venue and year."""
        return [
            name
            for name in ("page", "volume", "DOI")
            if self.how(name) in ("as stated", "normalized") and self.borne(name)
        ]

    def borne(self, name: str) -> bool:
        """A record of the work has what the claim states of a field."""
        return any(alike(name, self.claim.csl.get(name), r.csl.get(name)) for r in self.records)

    def text(self, found: Field) -> str:
        return decoded(self.bib.value(found))

    def has(self, *names: str) -> bool:
        """The entry has one of the fields with a value."""
        return any(name in self.own and self.text(self.own[name]) for name in names)

    def cut_short(self) -> bool:
        """The record's list of authors is known to be longer than what the source gives of it."""
        origin = self.provenance.get("author")
        record = next((r for r in self.records if origin and r.id == origin.record), None)
        count = custom_of(record.csl).get("author-count") if record else None
        more = isinstance(count, int) and count > len(names_of(self.emitted))
        return more or bool(custom_of(self.emitted).get("others"))

    def names_a_page(self) -> bool:
        """The entry is about a page, a program or data at an address, not about the paper of that name."""
        if self.claim.arxiv or self.claim.doi or not self.has("url", "howpublished"):
            return False
        return self.entry.type in _PAGES or (self.entry.type == "misc" and not self.claim.authors)

    def published_otherwise(self) -> bool:
        """The entry says in words of its own where the work is found ("Lecture slides"), and the record names no known venue instead."""
        how = self.own.get("howpublished")
        if how is None or self.entry.type != "misc" or self.upgraded:
            return False
        text = self.text(how)
        venue = str(self.emitted.get("container-title") or "")
        elsewhere = re.search(r"http|www\.|arxiv|10\.\d{4}", text, re.I)
        return bool(text) and not elsewhere and bool(venue) and find_venue(venue) is None

    def says_more(self, found: Field, name: str) -> bool:
        """The entry's text holds all of what is printed, and may go on (a subtitle, a number, a place)."""
        return squash(str(self.emitted.get(name) or "")) in squash(self.text(found))

    def stale(self, found: Field) -> bool:
        return self.published and bool(OF_ARXIV.fullmatch(self.text(found)))

    def macro(self, value: str) -> str:
        """The macro of the file that stands for a venue, "" where none does."""
        plain = decoded(value)
        known = [
            (name, text)
            for name, text, at in self.context.macros
            if at < self.entry.start and text.strip()
        ]
        same = [name for name, text in known if squash(decoded(text)) == squash(plain)]
        if not same:
            same = [
                name
                for name, text in known
                if not re.search(r"\d", text) and same_venue(decoded(text), plain) == "same"
            ]
        return same[0] if same else ""

    def undefined(self, found: Field) -> bool:
        """The value names a macro that nothing before the entry defines."""
        words = (p.inner(self.bib.text).lower() for p in found.pieces if p.kind == "bare")
        if any(not word.isdigit() and word not in self.macros for word in words):
            return True
        return any(map(self.bib.undefined, found.pieces))
