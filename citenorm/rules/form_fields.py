"""Pages, months, identifiers and lists of names, as written → findings about their form (CN5xx)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from ..normalize.identifiers import RESOLVER, behind_resolver
from .form_base import NAMES, EntryView, FormFinding, FormRule

EXTENDED = re.compile(r"(?:^|\sand\s)\s*\{?(?:family|given|prefix|suffix|useprefix)\s*=", re.I)
"""A list with names in biblatex's extended form (``family=…, given=…``)."""
AMPERSAND = re.compile(r"(?<!\s)\s+(?:\\?&|\{\\?&\})\s+")
"""What stands between two names in place of "and", or in the name of an organisation."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class WrongDash(FormRule):
    """Pages are joined by a single hyphen or a typographic dash.

    ## What it finds
    Page ranges written with one hyphen, three, or a dash character.

    ## Why it matters
    LaTeX sets a range with an en dash, written as two hyphens.

    ## Example
    `pages = {1321-1330}`

    ## Use instead
    `pages = {1321--1330}`

    ## When to ignore
    For article numbers that hold a hyphen; the rule leaves what does not look like two page numbers.

    ## Fix safety
    Safe: only the dash between two page numbers changes.
    """

    code, name, fixable, fields = "CN502", "wrong-dash", True, frozenset({"pages"})
    _range = re.compile(
        r"^((?:[A-Za-z]{0,3}\d+[a-z]?(?::\d+)?)|[ivxlcdm]+)(\s*(?:[-‐‑‒–—−]+|\\textendash\s?|\{\\textendash\})\s*)((?:[A-Za-z]{0,3}\d+[a-z]?(?::\d+)?)|[ivxlcdm]+)$"
    )

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        parts = re.split(r"(\s*,\s*)", value.strip())
        for i in range(0, len(parts), 2):
            found = self._range.match(parts[i])
            if found:
                parts[i] = f"{found[1]}--{found[3]}"
        new = "".join(parts)
        return (
            FormFinding("page numbers are joined by two hyphens", name, new, "safe")
            if new != value.strip()
            else None
        )


class DoiPrefix(FormRule):
    """A DOI is written with an address or a label in front of it.

    ## What it finds
    `doi` fields that begin with `https://doi.org/`, `http://dx.doi.org/`, with such an address behind a library's proxy, or with `doi:`.

    ## Why it matters
    Styles put the address in front themselves: the link would be wrong.

    ## Example
    `doi = {https://doi.org/10.1038/nature14539}`

    ## Use instead
    `doi = {10.1038/nature14539}`

    ## When to ignore
    Never.

    ## Fix safety
    Safe: the DOI itself is kept as it is written.
    """

    code, name, fixable, fields = "CN503", "doi-prefix", True, frozenset({"doi"})
    _prefix = re.compile(
        rf"^\s*(?:\\url\{{\s*)?(?:(?:https?://)?(?:www[.-])?{RESOLVER}|doi\s*:\s*)+\s*(?P<doi>10\.\d{{4,9}}/[^\s{{}}]+?)\}}?\s*$",
        re.I,
    )

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        found = self._prefix.match(value)
        return (
            FormFinding("a DOI stands without address or label", name, found["doi"], "safe")
            if found
            else None
        )


class UrlRepeatsDoi(FormRule):
    """The address only repeats the DOI.

    ## What it finds
    Entries with a `doi` whose `url` is `https://doi.org/` and the same DOI.

    ## Why it matters
    The same link is printed twice.

    ## Example
    `doi = {10.1038/nature14539}, url = {https://doi.org/10.1038/nature14539}`

    ## Use instead
    `doi = {10.1038/nature14539}`

    ## When to ignore
    Where a style prints `url` but no `doi`.

    ## Fix safety
    Unsafe: a style that knows no `doi` prints no link any more.
    """

    code, name, fixable = "CN504", "url-repeats-doi", True
    severity = "note"

    def check_entry(self, entry: EntryView) -> Iterator[FormFinding]:
        url, doi = entry.fields.get("url", ""), entry.fields.get("doi", "")
        if url and doi:
            bare, own = (re.sub(r"[\\{}]", "", text.strip()).lower() for text in (url, doi))
            own = behind_resolver(own) or re.sub(r"^doi:\s*", "", own)
            if own and behind_resolver(bare) == own:
                yield FormFinding(
                    "the address only repeats the DOI", "url", fix="unsafe", remove=True
                )


class ProxiedAddress(FormRule):
    """The address of a DOI leads through the proxy of a library.

    ## What it finds
    `url` fields with a DOI whose resolver is reached by a proxy: `https://doi-org.proxy.example.edu/10.1038/nature14539`.

    ## Why it matters
    The link asks everybody for the password of that library's users.

    ## Example
    `url = {https://doi-org.proxy.example.edu/10.1038/nature14539}`

    ## Use instead
    `url = {https://doi.org/10.1038/nature14539}`

    ## When to ignore
    In a list that is meant for the users of that library.

    ## Fix safety
    Safe: the DOI itself is kept as it is written.
    """

    code, name, fixable, fields = "CN525", "proxied-address", True, frozenset({"url"})
    _proxied = re.compile(
        rf"\s*(?P<before>\\url\{{\s*)?https?://(?:www[.-])?{RESOLVER}(?P<doi>10\.\d{{4,9}}/[^\s{{}}?]+)(?P<after>\}}?)\s*",
        re.I,
    )

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        found = self._proxied.fullmatch(value)
        if found is None or not found["proxy"]:
            return None
        new = f"{found['before'] or ''}https://doi.org/{found['doi']}{found['after']}"
        return FormFinding("the address leads through a library's proxy", name, new, "safe")


class EscapedIdentifier(FormRule):
    """A DOI is written with the escapes of LaTeX.

    ## What it finds
    `doi` fields with `\\_` or `{\\_}` for an underscore, likewise for percent and number signs.

    ## Why it matters
    The field is read as it stands: the link would hold the backslash.

    ## Example
    `doi = {10.1007/978-3-030-01234-2\\_1}`

    ## Use instead
    `doi = {10.1007/978-3-030-01234-2_1}`

    ## When to ignore
    Where a style prints the DOI as text without `\\url` or `\\doi`.

    ## Fix safety
    Safe with every style that makes a link of the DOI.
    """

    code, name, fixable, fields = "CN505", "escaped-identifier", True, frozenset({"doi"})
    _escape = re.compile(r"\{\\([_%&#])\}|\\([_%&#])")

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        if "\\" not in value:
            return None
        new = self._escape.sub(lambda m: m[1] or m[2], value)
        return (
            FormFinding("a DOI stands without the escapes of LaTeX", name, new, "safe")
            if new != value
            else None
        )


class MonthNotMacro(FormRule):
    """A month is written out.

    ## What it finds
    Months in English words or as numbers in a BibTeX file.

    ## Why it matters
    Styles know the macros `jan` … `dec` and print them in their own form and language.

    ## Example
    `month = {July}`

    ## Use instead
    `month = jul`

    ## When to ignore
    In files for biblatex, which reads numbers; the rule leaves these alone.

    ## Fix safety
    Safe: the same month.
    """

    code, name, fixable, fields = "CN509", "month-not-macro", True, frozenset({"month"})
    _names: ClassVar[Mapping[str, str]] = {
        **{name: name for name in MONTHS}, "sept": "sep", "january": "jan", "february": "feb", "march": "mar", "april": "apr", "june": "jun",
        "july": "jul", "august": "aug", "september": "sep", "october": "oct", "november": "nov", "december": "dec",
    }  # fmt: skip

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        if entry.bare.get(name):
            word = value.strip().lower()
            return (
                FormFinding("the macro of this month is sep", name, "sep", "safe", bare=True)
                if word == "sept" and word not in entry.macros
                else None
            )
        word = value.strip(" .{}").lower()
        macro = self._names.get(word, "")
        if not macro and entry.dialect == "bibtex" and re.fullmatch(r"0?[1-9]|1[0-2]", word):
            macro = MONTHS[int(word) - 1]
        return (
            FormFinding(f"the macro {macro} stands for this month", name, macro, "safe", bare=True)
            if macro
            else None
        )


class EtAlInNames(FormRule):
    """A list of names ends in "et al.".

    ## What it finds
    Name fields whose last name is "et al." in one of its spellings, or "others." with a full stop.

    ## Why it matters
    BibTeX takes it for a person; what it understands is `and others`.

    ## Example
    `author = {Guo, Chuan, et al.}`

    ## Use instead
    `author = {Guo, Chuan and others}`

    ## When to ignore
    Never.

    ## Fix safety
    Safe: styles print "et al." themselves.
    """

    code, name, fixable, fields = "CN510", "et-al-in-names", True, NAMES
    END: ClassVar[re.Pattern[str]] = re.compile(
        r"(?<!\s)(?:\s*,)?\s+(?:and\s+)?\{?(?:\\emph\{|\\textit\{|\\em\s)?\{?et\.?\s*al\b\.?\}*\.?\s*$"
        r"|(?<!\s)(?:\s*,)?\s+(?:and|\\?&)\s+others\s*\.+\s*$",
        re.I,
    )

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        found = self.END.search(value)
        if (
            not found
            or not value[: found.start()].strip()
            or value[: found.start()].count("{") != value[: found.start()].count("}")
        ):
            return None
        return FormFinding(
            'a list of names goes on with "and others"',
            name,
            value[: found.start()].rstrip(" ,") + " and others",
            "safe",
        )


class NameSeparators(FormRule):
    """Names are not parted by "and".

    ## What it finds
    Name fields parted by semicolons, by "&" or by commas alone, and commas in front of "and". Of two names with one comma
    ("Ann Smith, Bob Jones") only the record of the work shows that they are no family name and given names.

    ## Why it matters
    BibTeX parts names at the word "and" only; anything else becomes one long name.

    ## Example
    `author = {Smith, Ann, and Jones, Bob}`

    ## Use instead
    `author = {Smith, Ann and Jones, Bob}`

    ## When to ignore
    For an organisation whose name holds a comma: put it in braces.

    ## Fix safety
    Safe for a comma before "and"; unsafe for semicolons and "&"; commas alone are left to the record of the work.
    """

    code, name, fixable, fields = "CN511", "name-separators", True, NAMES
    _comma = re.compile(r"(?<!\s)\s*,\s+(?:and|AND)\s+")  # "Sheridan, And Robert P" is one man

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        if EXTENDED.search(value) or ("{" in value and re.search(r"\{[^{}\\]*,[^{}]*\}", value)):
            return None
        if self._comma.search(value):
            if (
                "," not in value.rpartition(" and ")[2]
                and " " not in value.rpartition(" and ")[2].strip()
            ):
                return None  # of family names alone: "Acar, Blelloch, and Blumofe"
            return FormFinding(
                'no comma stands before "and"', name, self._comma.sub(" and ", value), "safe"
            )
        if (
            ";" in value
            and "\\;" not in value
            and " and " not in value.lower()
            and "&" not in value
        ):
            parts = [part.strip() for part in value.split(";") if part.strip()]
            if len(parts) > 1 and all("{" not in part for part in parts):
                return FormFinding('names are parted by "and"', name, " and ".join(parts), "unsafe")
        if AMPERSAND.search(value) and "{" not in value:
            return _at_ampersands(name, value)
        if value.count(",") >= 3 and not re.search(r"\sand\s", value, re.I):
            return FormFinding('names are parted by "and"', name)
        return None


def _at_ampersands(name: str, value: str) -> FormFinding | None:
    """Whole names on both sides of "&"; None where it may be an organisation ("Reed & Sons")."""
    from ..normalize.latex import to_unicode
    from ..normalize.names import split_names

    people = split_names(to_unicode(value)).names
    if len(people) < 2 or not all(person.family and person.given for person in people):
        return None
    parts = [p for some in re.split(r"\sand\s", value, flags=re.I) for p in AMPERSAND.split(some)]
    before = [part.strip().partition(",")[0] for part in parts if "," in part]
    inverted = len(before) == len(parts) == value.count(",") and not any(" " in b for b in before)
    if before and not inverted:
        return FormFinding('names are parted by "and"', name)
    return FormFinding(
        'names are parted by "and"', name, " and ".join(map(str.strip, parts)), "unsafe"
    )
