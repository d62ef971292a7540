"""One entry and the Resolution of its claim → what changes in it, field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..emit.entry import UNVERIFIED
from ..model import Diagnostic, Resolution, custom_of, eprint_of, names_of, year_of
from ..normalize.alike import alike
from ..normalize.pages import first_page
from ..normalize.text import squash
from ..rules.form import IdentifierKept
from .change import Context, EntryChange
from .claims import FIELDS, TYPES, csl_of, days_alone, decoded, label_year
from .entry_facts import INHERITS, OF_ARXIV, OPEN_TYPES, EntryFacts
from .file import BibFile
from .inherit import CONTAINERS, Value
from .merge_names import merged_names
from .scan import Block, Field

_CUT_SHORT = re.compile(r"(?i)\bet\.?\s*al\b|\band others\b")
_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_SWAPPED = (frozenset({"article", "inproceedings"}),)
_REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "article": (("author",), ("title",), ("journal", "journaltitle"), ("year", "date")),
    "inproceedings": (("author",), ("title",), ("booktitle",), ("year", "date")),
    "incollection": (("author",), ("title",), ("booktitle",), ("publisher",), ("year", "date")),
    "book": (("author", "editor"), ("title",), ("publisher",), ("year", "date")),
}
"""What BibTeX's styles demand of the types that an entry may be given."""
_OF_WORKS = frozenset(name for names in FIELDS.values() for name in names if name != "note") | {
    "archiveprefix", "chapter", "day", "eprintclass", "eprinttype", "month", "pmid", "primaryclass", "pubstate", "subtitle", "urldate", "version",
}  # fmt: skip
"""What is said of a work, which goes where the entry comes to mean another one."""
_UNPUBLISHED = frozenset({"preprint", "prepublished", "submitted"})
"""What an entry says of the state of its publication that is true of the preprint alone."""
_WITH_PUBLISHER = frozenset(
    {"inproceedings", "conference", "incollection", "inbook", "book", "proceedings"}
)


def change_of(bib: BibFile, entry: Block, resolution: Resolution, context: Context) -> EntryChange:
    """The changes that a matched resolution asks for."""
    made = _Repair(bib, entry, resolution, context)
    return made.exchange() if resolution.taken else made.run()


class _Repair(EntryFacts):
    """The change of one entry in the making, a step a field."""

    def __init__(
        self, bib: BibFile, entry: Block, resolution: Resolution, context: Context
    ) -> None:
        super().__init__(bib, entry, resolution, context)
        self.change = EntryChange()

    def exchange(self) -> EntryChange:
        """The entry becomes that of the record which a person took for it: its key and what is not said of works stay."""
        if self.target.type != self.type:
            self.change.type = self.target.type
        for found in self.entry.fields:
            value = self.target.fields.get(found.name)
            if value is None and found.name in _OF_WORKS | INHERITS:
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
            and not OF_ARXIV.fullmatch(self.text(self.own[name]))
            for name in CONTAINERS
        )
        if self.doubted:
            return self.change
        if not self.published and (named or self.inherits):
            self.eprint()  # a published entry is not turned into its preprint
            return self.change
        if self.names_a_page() or self.only_alike() or self.published_otherwise():
            return self.change
        if self.unread_venue():
            self.people(another=True)
            self.eprint()
            return self.change
        if self.other_version() or not self.entry_type():
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
            self.upgraded or self.type in OPEN_TYPES or frozenset({self.type, new}) in _SWAPPED
        ) and self.complete(new):
            self.change.type = self.type = new
            return True
        return not self.upgraded and self.how("container-title") != "corrected"

    def complete(self, new: str) -> bool:
        """The entry would have what styles demand of the type, and no volume beside a number where they take only one."""
        if new not in _REQUIRED or self.inherits or self.unwritten:
            return False
        have = {
            name for name, found in self.own.items() if self.text(found)
        } | self.target.fields.keys()
        number = self.own.get("number")
        if new != "article" and number and self.text(number) and not self.of_upload(number):
            return False
        return all(any(name in have for name in names) for names in _REQUIRED[new])

    def title(self) -> None:
        here = self.own.get("title")
        if self.how("title") == "filled" and not self.inherits:
            self.put("title", self.target.fields.get("title"))
        elif (
            self.how("title") == "corrected"
            and here
            and not self.has("subtitle")
            and "$" not in self.bib.raw(here)
            and (self.retitled or not self.says_more(here, "title"))
        ):
            self.put(
                "title", _same_braces(self.bib.value(here), self.target.fields.get("title", ""))
            )

    def people(self, *, another: bool = False) -> None:
        """The authors; of ``another`` version's record only what completes the entry's own people."""
        here = self.own.get("author")
        names = names_of(self.emitted)
        if "author" in self.unsafe and not self.upgraded:
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
        trust = self.how("author") == "corrected" or self.misspelled
        new = merged_names(
            self.bib.value(here), names, latex=self.context.latex, trust=trust, whole=self.upgraded
        )
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
        here = next((self.own[name] for name in CONTAINERS if name in self.own), None)
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
        if here is not None and self.stale(here):
            here = self.own.get(name, here)
            self._without_stale(here)
        if here is None:
            if self.how("container-title") not in ("", "as stated") and not self.inherits:
                self.put(name, macro or value, bare=bool(macro))
            return
        stale = bool(OF_ARXIV.fullmatch(self.text(here))) and self.published
        if self.how("container-title") == "corrected" and alike(
            "collection-title", self.text(here), self.emitted.get("collection-title")
        ):
            self.put(
                "series", self.target.fields.get("series")
            )  # it stood in the place of the venue
        more = len(here.pieces) > 1 or self.says_more(here, "container-title")
        if (
            stale
            or not self.text(here)
            or (self.how("container-title") == "corrected" and not more)
        ):
            self.put(name, macro or value, found=here, bare=bool(macro))
        if here.name != name and (self.change.type or stale) and name not in self.own:
            self.change.names[here] = name

    def _without_stale(self, kept: Field) -> None:
        """Of several fields for the venue those go that name the preprint where another one says where it was published."""
        for name in CONTAINERS:
            if name in self.own and self.own[name] is not kept and self.stale(self.own[name]):
                self.change.values[self.own[name]] = None

    def date(self) -> None:
        year = year_of(self.emitted)
        how = self.how("issued")
        moved = self.upgraded  # the preprint's month goes with it
        if year is None or (
            how not in ("filled", "corrected") and not moved and not self.labelled()
        ):
            return
        here = next((f for n in ("date", "year") if (f := self.own.get(n)) and self.dated(f)), None)
        if here is None:
            if not self.inherits:
                modern = self.context.dialect == "biblatex" and "month" not in self.own
                self.put("date" if modern else "year", str(year))
        elif not self.text(here) or how == "corrected" or (moved and here.name == "date"):
            if how != "filled" and year_of(self.claim.csl) == year and here.name != "date":
                return
            for name in ("date", "year"):  # an entry may have both
                if (found := self.own.get(name)) and self.dated(found):
                    self.put(name, str(year), found=found)
            moved = True
        elif moved and _DAY.fullmatch(self.text(here)):
            self.put("year", str(year), found=here)  # the preprint's day
        if moved:
            self._month_of_version()

    def labelled(self) -> bool:
        """The year stands only in the label of the meeting ("FSE '14")."""
        return self.claim.year is not None and not self.has("year", "date")

    def dated(self, here: Field) -> bool:
        """The field says when, not the days alone."""
        return here.name == "year" or not days_alone(self.text(here))

    def _month_of_version(self) -> None:
        """The month and day of another year, often those of the preprint, give way to those of the publication, where they are known."""
        if (days := self.own.get("date")) and not self.dated(days):
            self.change.values[days] = None
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
            and not (here and self.text(here) and not self.stale(here))
        ):
            if name != "volume" or not (self.clash("number") or self.out_of_series()):
                self.put(name, value)
                if name == "volume" and not self.has("series"):
                    self.put("series", self.target.fields.get("series"))
        elif value and here and self.how(csl) == "corrected" and "$" not in self.bib.raw(here):
            self.put(name, value)
        elif here and not value and self.of_upload(here):
            self.change.values[here] = None

    def of_upload(self, found: Field) -> bool:
        """The value is of the preprint whose publication is printed: its number, pages that are counted from 1, or a volume or an issue beside the
        server's name."""
        if self.stale(found):
            return True
        if not self.upgraded:
            return False
        if found.name == "pages":
            return first_page(self.text(found)) == "1"
        return any(name in self.own and self.stale(self.own[name]) for name in CONTAINERS)

    def number(self) -> None:
        csl = "number" if self.emitted.get("type") in ("report", "patent") else "issue"
        here, value = self.own.get("number"), self.target.fields.get("number")
        free = "issue" not in self.own and (here is None or self.stale(here))
        if value and self.how(csl) == "filled" and free:
            if self.type == "article" and self.will_have("volume"):
                self.put("number", value)
            elif here:
                self.change.values[here] = None
        elif value and here and self.how(csl) == "corrected":
            self.put("number", value)
        elif here and not value and self.of_upload(here):
            self.change.values[here] = None

    def out_of_series(self) -> bool:
        """The volume of a book is one of a series that the entry does not name: without it a reader takes it for a part of the book; an
        article is in none.  Beside a meeting's label in the place of the series it would read as a volume of that."""
        if self.type == "inproceedings" and self.has("series"):
            return label_year(self.text(self.own["series"])) is not None
        counted = self.type in ("book", "article") and bool(self.emitted.get("collection-title"))
        return counted and not self.has("series")

    def clash(self, other: str) -> bool:
        """BibTeX's styles take a volume or a number of a book or proceedings, not both."""
        if self.type == "article":
            return False
        here = self.own.get(other)
        return self.will_have(other) and not (here is not None and self.stale(here))

    def publisher(self) -> None:
        value = self.target.fields.get("publisher")
        here = self.own.get("publisher")
        of_upload = here and self.upgraded and self.how("publisher") == "corrected"
        if here and self.published and self.text(here).lower() in ("arxiv", "arxiv.org"):
            if value and self.type in _WITH_PUBLISHER:
                self.put("publisher", value)
            else:
                self.change.values[here] = None
        elif of_upload or (
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
        corrected = self.how("custom.arxiv") == "corrected"
        wrong = stated and (
            "custom.arxiv" in self.wrong or (corrected and self.goes_elsewhere(arxiv, here))
        )
        if here is not None and stated and not wrong:
            if corrected:
                self.kept(here, "arXiv number", self.text(here), arxiv)
            if self.upgraded and where == "eprint":  # the journal that said whose number it is goes
                self.server()
            return
        if wrong and where == "arxivid":
            self.put(where, arxiv)
            return
        stays = self.number_without(*self.change.values) == arxiv
        if stays and self.how("custom.arxiv") != "filled" and not self.upgraded:
            return  # the number stands elsewhere in the entry
        for name in ("eprint", "archiveprefix", "primaryclass", "eprinttype", "eprintclass"):
            if name in self.target.fields and (not self.has(name) or (wrong and name == "eprint")):
                self.put(name, self.target.fields[name])

    def server(self) -> None:
        """Say of the entry's own number that it is arXiv's, where nothing does."""
        if not self.has("archiveprefix", "eprinttype"):
            modern = self.context.dialect == "biblatex"
            self.put("eprinttype" if modern else "archiveprefix", "arxiv" if modern else "arXiv")

    def number_without(self, *gone: Field | None) -> str:
        """The arXiv number that the entry states in its other fields."""
        left = {n: Value(self.bib.value(f), f, True) for n, f in self.own.items() if f not in gone}
        return str(custom_of(csl_of(self.entry.type, left)).get("arxiv") or "")

    def goes_elsewhere(self, number: str, here: Field | None) -> bool:
        """Another field than ``here``, which has a false number, states this one, and is rewritten."""
        rewritten = self.number_without(here, *self.change.values)
        return self.number_without(here) == number != rewritten

    def own_eprint(self) -> None:
        """An arXiv number that stands only in a field that goes moves to ``eprint``, though no record of the work has it."""
        self.notes()
        left = self.number_without(*self.change.values)
        if self.claim.arxiv and not left and not self.has("eprint"):
            self.put("eprint", eprint_of(self.claim.csl))
            self.server()

    def kept(self, here: Field | None, what: str, stated: str, other: str) -> None:
        origin = self.provenance["DOI" if what == "DOI" else "custom.arxiv"]
        place = self.bib.place(here.start, here.end) if here else self.bib.place(self.entry.start)
        self.change.diagnostics.append(
            Diagnostic(
                IdentifierKept.code, IdentifierKept.name, f"the entry's {what} {stated} was kept; the record has {other}", here.name if here else "",
                stated, other, origin.source, None, place, self.entry.key, IdentifierKept.severity,
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
        state = self.own.get("pubstate")
        if state and self.upgraded and self.text(state).lower() in _UNPUBLISHED:
            self.change.values[state] = None
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
