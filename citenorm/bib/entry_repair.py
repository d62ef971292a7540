"""One entry and the Resolution of its claim → what changes in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..emit.entry import UNVERIFIED, Entry, entry_of
from ..model import Claim, Diagnostic, Provenance, Resolution, custom_of, names_of, year_of
from ..normalize.alike import alike
from ..normalize.preprint import claims_preprint, is_preprint
from ..normalize.text import squash
from ..normalize.venues import find_venue
from ..rules.contradiction import WrongIdentifier
from ..rules.form import IdentifierKept
from .borne_out import borne_out
from .change import Context, EntryChange
from .claims import FIELDS, TYPES, csl_of, decoded
from .file import MONTH_MACROS, BibFile
from .inherit import Value
from .merge_names import merged_names
from .scan import Block, Field

_CONTAINERS = ("journal", "journaltitle", "booktitle")
_ARXIV = re.compile(
    r"(?i)\s*(?:arxiv\b.*|corr\b.*|computing research repository.*|e-?prints?\b.*|preprints?\b.*|abs/\S+|10\.48550/\S+)\s*"
)
_CUT_SHORT = re.compile(r"(?i)\bet\.?\s*al\b|\band others\b")
_INHERITS = frozenset({"crossref", "xdata"})
_VERSION = ("container-title", "issued", "volume", "page")
_OPEN_TYPES = frozenset(
    {"misc", "unpublished", "online", "electronic", "www", "techreport", "report", "manual"}
)
_PAGES = frozenset(
    {"online", "electronic", "www", "webpage", "software", "dataset", "video", "artwork", "audio"}
)
_SWAPPED = (frozenset({"article", "inproceedings"}),)
_ALIASES = {"conference": "inproceedings"}
_REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "article": (("author",), ("title",), ("journal", "journaltitle"), ("year", "date")),
    "inproceedings": (("author",), ("title",), ("booktitle",), ("year", "date")),
    "incollection": (("author",), ("title",), ("booktitle",), ("publisher",), ("year", "date")),
    "book": (("author", "editor"), ("title",), ("publisher",), ("year", "date")),
}
"""What BibTeX's styles demand of the types that an entry may be given."""
_OF_WORKS = frozenset(name for names in FIELDS.values() for name in names if name != "note") | {
    "archiveprefix", "chapter", "day", "eprintclass", "eprinttype", "month", "pmid", "primaryclass", "subtitle", "urldate", "version",
}  # fmt: skip
"""What is said of a work, which goes where the entry comes to mean another one."""
_WITH_PUBLISHER = frozenset(
    {"inproceedings", "conference", "incollection", "inbook", "book", "proceedings"}
)


def change_of(bib: BibFile, entry: Block, resolution: Resolution, context: Context) -> EntryChange:
    """The changes that a matched resolution asks for."""
    made = _Repair(bib, entry, resolution, context)
    return made.exchange() if resolution.taken else made.run()


def _in_proceedings(claim: Claim) -> bool:
    """An article "in" a conference: a paper that was typed in as an article."""
    found = find_venue(str(claim.csl.get("container-title") or ""))
    meeting = found is not None and found.venue.kind == "conference"
    return meeting and claim.csl.get("type") == "article-journal"


class _Repair:
    """The state of one entry's repair."""

    def __init__(
        self, bib: BibFile, entry: Block, resolution: Resolution, context: Context
    ) -> None:
        self.bib, self.entry, self.context = bib, entry, context
        self.claim = resolution.claim
        self.records = resolution.work.records if resolution.work else ()
        self.emitted, self.provenance = resolution.emitted, resolution.provenance
        self.reclassified = self.emitted.get("type") == "paper-conference" and _in_proceedings(
            self.claim
        )
        self.target: Entry = entry_of(
            self.emitted, dialect=context.dialect, latex=context.latex, preprint_note=""
        )
        self.own: dict[str, Field] = {}
        for found in entry.fields:
            self.own.setdefault(found.name, found)
        self.macros = {name.lower() for name, text, at in context.macros if at < entry.start} | set(
            MONTH_MACROS
        )
        self.inherits = bool(_INHERITS & self.own.keys())
        self.type = _ALIASES.get(entry.type, entry.type)
        self.was_preprint = claims_preprint(self.claim.csl) and (
            is_preprint(self.claim.csl) or self.type in _OPEN_TYPES | {"article"}
        )
        self.published = bool(self.emitted.get("type")) and not is_preprint(self.emitted)
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
        self.superseded = self.published and claims_preprint(self.claim.csl)
        self.misspelled = any(
            d.name in ("author-misspelled", "author-mismatch") for d in resolution.diagnostics
        )
        self.change = EntryChange()

    def exchange(self) -> EntryChange:
        """The entry becomes that of the record which a person took for it: its key and what is not said of works stay."""
        if self.target.type != self.type:
            self.change.type = self.target.type
        for found in self.entry.fields:
            value = self.target.fields.get(found.name)
            if value is None and found.name in _OF_WORKS | _INHERITS:
                self.change.values[found] = None
            elif value is not None and squash(self.text(found)) != squash(decoded(value)):
                self.change.values[found] = value
                if found.name in self.target.bare:
                    self.change.bare.add(found)
        new = {n: v for n, v in self.target.fields.items() if n not in self.own and n != "note"}
        self.change.new.update(new)
        self.change.new_bare.update(new.keys() & self.target.bare)
        return self.change

    def run(self) -> EntryChange:
        named = any(
            name in self.own
            and self.text(self.own[name])
            and not _ARXIV.fullmatch(self.text(self.own[name]))
            for name in _CONTAINERS
        )
        if not self.published and (named or self.inherits):
            self.eprint()  # a published entry is not turned into its preprint
            return self.change
        if self.names_a_page() or self.only_alike() or self.published_otherwise():
            return self.change
        if self.other_version():
            self.people(another=True)
            return self.change
        if not self.entry_type():
            self.people(another=True)
            return self.change
        self.title()
        self.people()
        self.container()
        self.date()
        self.plain("volume", "volume")
        self.number()
        self.plain("page", "pages")
        self.publisher()
        self.doi()
        self.eprint()
        self.url()
        self.notes()
        return self.change

    # -------------------------------------------------------------- what is known of a field
    def how(self, name: str) -> str:
        """The provenance of a field; what a published record of the work bears out is not to be corrected by another record."""
        origin: Provenance | None = self.provenance.get(name)
        if origin is None:
            return ""
        if origin.how == "corrected" and name in self.unsafe and not self.upgraded:
            return "normalized"  # said in a diagnostic, and left to --unsafe
        if name == "type" and self.reclassified:
            return "corrected"
        if (
            origin.how == "corrected"
            and not self.upgraded
            and borne_out(self.claim, name, self.records)
        ):
            return "normalized"
        return origin.how

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

        Two of venue, year, volume and pages that differ tell it, and a venue that differs while neither pages nor volume agree.
        """
        if self.upgraded:
            return False
        differ = [
            name for name in _VERSION if self.how(name) == "corrected" and self.claim.csl.get(name)
        ]
        agree = [
            name
            for name in ("page", "volume", "DOI")
            if self.how(name) in ("as stated", "normalized") and self.borne(name)
        ]
        named = bool(self.claim.csl.get("container-title"))
        if named and "container-title" in self.unsafe and not agree:
            return True  # another venue is stated, which stays: what is of the record's venue is not of this one
        return len(differ) > 1 or (named and "container-title" in differ and not agree)

    def borne(self, name: str) -> bool:
        """A record of the work has what the claim states of a field."""
        return any(alike(name, self.claim.csl.get(name), r.csl.get(name)) for r in self.records)

    def text(self, found: Field) -> str:
        return decoded(self.bib.value(found))

    def put(
        self, name: str, value: str | None, *, found: Field | None = None, bare: bool = False
    ) -> None:
        """A value for a field that the entry has, or a new field; nothing where it would say the same."""
        if not value:
            return
        here = found or self.own.get(name)
        if here is not None and self.undefined(here):
            return  # what the macro stands for is not known
        if here is None:
            self.change.new[name] = value
            if bare:
                self.change.new_bare.add(name)
        elif squash(self.text(here)) != squash(decoded(value)) or not self.text(here):
            self.change.values[here] = value
            if bare:
                self.change.bare.add(here)

    def has(self, *names: str) -> bool:
        """The entry has one of the fields with a value."""
        return any(name in self.own and self.text(self.own[name]) for name in names)

    def will_have(self, name: str) -> bool:
        """The entry has the field with a value, or gets it."""
        here = self.own.get(name)
        if here is None:
            return name in self.change.new
        return bool(self.change.values[here] if here in self.change.values else self.text(here))

    # -------------------------------------------------------------- the steps
    def entry_type(self) -> bool:
        """Give the entry the record's type; False where it would need another type and cannot have it, so that venue and type would not agree."""
        new = self.target.type
        if (
            new in (self.type, "misc", "online")
            or TYPES.get(self.type) == self.emitted.get("type")
            or self.how("type") not in ("corrected", "filled")
        ):
            return True
        if (
            self.upgraded or self.type in _OPEN_TYPES or frozenset({self.type, new}) in _SWAPPED
        ) and self.complete(new):
            self.change.type = self.type = new
            return True
        return not self.upgraded and self.how("container-title") != "corrected"

    def complete(self, new: str) -> bool:
        """The entry would have what styles demand of the type, and no volume beside a number where they take only one."""
        if new not in _REQUIRED or self.inherits:
            return False
        stated = [self.own[name] for name in _CONTAINERS if name in self.own]
        if any(self.undefined(found) for found in stated):
            return False
        have = {
            name for name, found in self.own.items() if self.text(found)
        } | self.target.fields.keys()
        number = self.own.get("number")
        if new != "article" and number and self.text(number) and not self.stale(number):
            return False
        return all(any(name in have for name in names) for names in _REQUIRED[new])

    def undefined(self, found: Field) -> bool:
        """The value names a macro that nothing before the entry defines."""
        words = (p.inner(self.bib.text).lower() for p in found.pieces if p.kind == "bare")
        return any(not word.isdigit() and word not in self.macros for word in words)

    def title(self) -> None:
        here = self.own.get("title")
        if self.how("title") == "filled" and not self.inherits:
            self.put("title", self.target.fields.get("title"))
        elif (
            self.how("title") == "corrected"
            and here
            and not self.has("subtitle")
            and "$" not in self.bib.raw(here)
            and not self.says_more(here, "title")
        ):
            self.put(
                "title", _same_braces(self.bib.value(here), self.target.fields.get("title", ""))
            )

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
        """The entry's text holds all the record's and goes on (a subtitle, a number)."""
        return squash(str(self.emitted.get(name) or "")) in squash(self.text(found))

    def people(self, *, another: bool = False) -> None:
        """The authors; of ``another`` version's record only what completes the entry's own people."""
        here = self.own.get("author")
        names = names_of(self.emitted)
        if "author" in self.unsafe:
            return
        if (
            not names
            or self.cut_short()
            or any(_CUT_SHORT.search(f"{n.given} {n.family} {n.literal}") for n in names)
        ):
            return
        if here is None:
            if self.how("author") == "filled" and not self.inherits and "editor" not in self.own:
                self.put("author", self.target.fields.get("author"))
            return
        if len(here.pieces) != 1 or here.pieces[0].kind == "bare":
            return
        if another and (
            self.claim.others
            or [squash(n.full_family) for n in self.claim.authors]
            != [squash(n.full_family) for n in names]
        ):
            return
        trust = self.how("author") == "corrected" or (
            self.misspelled and not borne_out(self.claim, "author", self.records)
        )
        new = merged_names(self.bib.value(here), names, latex=self.context.latex, trust=trust)
        if new is not None:
            self.change.values[here] = new

    def container(self) -> None:
        wanted = (
            "booktitle"
            if self.type in ("inproceedings", "incollection", "inbook")
            else "journal"
            if self.type == "article"
            else ""
        )
        if not wanted:
            return
        here = next((self.own[name] for name in _CONTAINERS if name in self.own), None)
        name = wanted
        if (
            wanted == "journal"
            and self.context.dialect == "biblatex"
            and (here is None or here.name == "journaltitle")
        ):
            name = "journaltitle"
        value = (
            self.target.fields.get("booktitle")
            or self.target.fields.get("journal")
            or self.target.fields.get("journaltitle")
        )
        if not value:
            return
        macro = self.macro(value)
        if here is None:
            if self.how("container-title") and not self.inherits:
                self.put(name, macro or value, bare=bool(macro))
            return
        stale = bool(_ARXIV.fullmatch(self.text(here))) and self.published
        richer = len(here.pieces) > 1 or squash(decoded(value)) in squash(self.text(here))
        if (
            stale
            or not self.text(here)
            or (self.how("container-title") == "corrected" and not richer)
        ):
            self.put(name, macro or value, found=here, bare=bool(macro))
        if here.name != name and (self.change.type or stale) and name not in self.own:
            self.change.names[here] = name

    def macro(self, value: str) -> str:
        """The macro of the file that stands for a venue, "" where none does."""
        from ..normalize.venues import same_venue

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

    def date(self) -> None:
        year = year_of(self.emitted)
        how = self.how("issued")
        moved = self.upgraded  # the preprint's month goes with it
        if year is None or (how not in ("filled", "corrected") and not moved):
            return
        here = self.own.get("date") or self.own.get("year")
        if here is None:
            if not self.inherits:
                modern = self.context.dialect == "biblatex" and "month" not in self.own
                self.put("date" if modern else "year", str(year))
        elif not self.text(here) or how == "corrected" or (moved and "date" in self.own):
            if how != "filled" and year_of(self.claim.csl) == year and "date" not in self.own:
                return
            for name in ("date", "year"):  # an entry may have both
                if found := self.own.get(name):
                    self.put(name, str(year), found=found)
            moved |= self.superseded
        if moved:
            self._month_of_version()

    def _month_of_version(self) -> None:
        """The month and day of the preprint give way to those of the publication, where they are known."""
        for name in ("month", "day"):
            if name in self.own:
                new = self.target.fields.get(name)
                if name == "month" and new and self.context.dialect == "bibtex":
                    self.put("month", new, bare=True)
                else:
                    self.change.values[self.own[name]] = None

    def plain(self, csl: str, name: str) -> None:
        """Volume or pages: filled, corrected, or taken away where only the preprint had them."""
        here, value = self.own.get(name), self.target.fields.get(name)
        if (
            value
            and self.how(csl) == "filled"
            and not backwards(value)
            and not (here and self.text(here) and not self.stale(here))
        ):
            if name != "volume" or not self.clash("number"):
                self.put(name, value)
        elif (
            value
            and here
            and self.how(csl) == "corrected"
            and "$" not in self.bib.raw(here)
            and not backwards(value)
        ):
            self.put(name, value)
        elif here and not value and self.stale(here):
            self.change.values[here] = None

    def stale(self, found: Field) -> bool:
        return self.published and bool(_ARXIV.fullmatch(self.text(found)))

    def number(self) -> None:
        csl = "number" if self.emitted.get("type") in ("report", "patent") else "issue"
        here, value = self.own.get("number"), self.target.fields.get("number")
        if value and self.how(csl) == "filled" and here is None and "issue" not in self.own:
            if self.type == "article" and self.will_have("volume"):
                self.put("number", value)
        elif value and here and self.how(csl) == "corrected":
            self.put("number", value)
        elif here and not value and self.stale(here):
            self.change.values[here] = None

    def clash(self, other: str) -> bool:
        """BibTeX's styles take a volume or a number of a book or proceedings, not both."""
        if self.type == "article":
            return False
        here = self.own.get(other)
        return self.will_have(other) and not (here is not None and self.stale(here))

    def publisher(self) -> None:
        value = self.target.fields.get("publisher")
        here = self.own.get("publisher")
        if here and self.published and self.text(here).lower() in ("arxiv", "arxiv.org"):
            if value and self.type in _WITH_PUBLISHER:
                self.put("publisher", value)
            else:
                self.change.values[here] = None
        elif (
            value
            and here is None
            and self.type in _WITH_PUBLISHER
            and self.how("publisher") == "filled"
            and not self.inherits
            and not self.has("organization")
        ):
            self.put("publisher", value)

    def doi(self) -> None:
        value = self.target.fields.get("doi")
        here = self.own.get("doi")
        if not value:
            return
        stated = self.text(here).lower() if here else ""
        if not stated or "10.48550/" in stated or "DOI" in self.wrong:
            if self.how("DOI") in ("filled", "corrected"):
                self.put("doi", value)
        elif self.how("DOI") == "corrected":
            self.kept(here, "DOI", stated, value)

    def eprint(self) -> None:
        arxiv = str(custom_of(self.emitted).get("arxiv") or "")
        where = "arxivid" if "arxivid" in self.own and "eprint" not in self.own else "eprint"
        here = self.own.get(where)
        if not arxiv:
            self.own_eprint()
            return
        stated = here is not None and bool(self.text(here))
        wrong = stated and "custom.arxiv" in self.wrong
        if here is not None and stated and not wrong:
            if self.how("custom.arxiv") == "corrected":
                self.kept(here, "arXiv number", self.text(here), arxiv)
            return
        if wrong and where == "arxivid":
            self.put(where, arxiv)
            return
        left = {
            n: Value(self.bib.value(f), f, True)
            for n, f in self.own.items()
            if f not in self.change.values
        }
        stays = custom_of(csl_of(self.entry.type, left)).get("arxiv") == arxiv
        if stays and self.how("custom.arxiv") != "filled" and not self.upgraded:
            return  # the number stands elsewhere in the entry
        for name in ("eprint", "archiveprefix", "primaryclass", "eprinttype", "eprintclass"):
            if name in self.target.fields and (not self.has(name) or (wrong and name == "eprint")):
                self.put(name, self.target.fields[name])

    def own_eprint(self) -> None:
        """An arXiv number that stands only in a field that goes moves to ``eprint``, though no record of the work has it."""
        self.notes()
        left = {
            n: Value(self.bib.value(f), f, True)
            for n, f in self.own.items()
            if f not in self.change.values
        }
        if (
            self.claim.arxiv
            and not custom_of(csl_of(self.entry.type, left)).get("arxiv")
            and not self.has("eprint")
        ):
            modern = self.context.dialect == "biblatex"
            self.put("eprint", self.claim.arxiv)
            self.put("eprinttype" if modern else "archiveprefix", "arxiv" if modern else "arXiv")

    def kept(self, here: Field | None, what: str, stated: str, other: str) -> None:
        origin = self.provenance.get("DOI" if what == "DOI" else "custom.arxiv")
        place = self.bib.place(here.start, here.end) if here else self.bib.place(self.entry.start)
        self.change.diagnostics.append(
            Diagnostic(
                IdentifierKept.code, IdentifierKept.name, f"the entry's {what} {stated} was kept; the record has {other}", here.name if here else "",
                stated, other, origin.source if origin else "", None, place, self.entry.key, IdentifierKept.severity,
            )
        )  # fmt: skip

    def url(self) -> None:
        value = self.target.fields.get("url")
        if (
            value
            and self.how("URL") == "filled"
            and not self.has("url", "doi", "eprint", "howpublished", "ee")
            and not {"doi", "eprint"} & self.change.new.keys()
        ):
            self.put("url", value)

    def notes(self) -> None:
        note = self.own.get("note")
        if note and UNVERIFIED in self.bib.value(note):
            rest = re.sub(rf"\.?\s*{re.escape(UNVERIFIED)}\.?", "", self.bib.value(note)).strip()
            self.change.values[note] = rest or None
        how = self.own.get("howpublished")
        if (
            how
            and self.upgraded
            and self.change.type
            and re.fullmatch(
                r"(?i)\W*(?:arxiv\s*(?:e-?print|preprint)?\W*)+[\w./\[\]-]*\W*", self.text(how)
            )
        ):
            self.change.values[how] = None
        arxiv = custom_of(self.emitted).get("arxiv")
        if self.context.preprint_note and self.published and arxiv and note is None:
            self.change.new["note"] = f"arXiv:{arxiv}"


def backwards(pages: str) -> bool:
    """A range that ends before it begins: no record's word is taken for that."""
    ends = re.fullmatch(r"(\d{1,9})--(\d{1,9})", pages)
    return ends is not None and int(ends[2]) < int(ends[1])


def _same_braces(old: str, new: str) -> str:
    """The words that the old title kept in braces keep them in the new one; a title in braces as a whole stays so."""
    stripped = old.strip()
    if stripped.startswith("{") and stripped.endswith("}") and stripped.count("{") == 1:
        return (
            "{" + new.replace("{", "").replace("}", "") + "}"
            if "\\" not in new
            else "{" + new + "}"
        )
    for word in dict.fromkeys(re.findall(r"(?<![\\\w}])\{([A-Za-z][\w-]*)\}", old)):
        new = re.sub(rf"(?<![\w{{\\-]){re.escape(word)}(?![\w}}-])", "{" + word + "}", new)
    return new
