"""Clean labelled pieces in; the same as scanners, PDF readers, word processors and people leave them out."""

from __future__ import annotations

import random
import re
import unicodedata

Pieces = list[tuple[str, str]]
_CONFUSED = (
    ("l", "1"),
    ("rn", "m"),
    ("O", "0"),
    ("e", "c"),
    ("ii", "ü"),
    ("fi", "fl"),
    ("I", "l"),
    ("cl", "d"),
    ("S", "5"),
    ("B", "8"),
    ("m", "rn"),
    ("h", "b"),
)
_DASHES = ("-", "–", "—", "−", "‐", " - ", " – ", "--", "- ")
_TAILS = (
    " [Google Scholar]", " [CrossRef]", " [PubMed]", " PMID: 12345678", " PMID: 9041278.", " [CrossRef] [PubMed]", " PMC2913829", " [online]", " (in German)", " [in Japanese]", " (abstract)",
    " (cited on p. 3)", " (visited on 03/12/2014)", " Print.", " Web.", " [DOI]", " (ebook)", ", mimeo", " (Zugriff am 12.3.2010)", " (in Russian)", " Epub ahead of print.", " Available online.",
)  # fmt: skip


def lost_spaces(pieces: Pieces, rng: random.Random) -> Pieces:
    share = rng.choice((0.15, 0.5, 1.0))
    signs = rng.choice((r"([.,;:])\s+", r"([,;])\s+", r"(\.)\s+", r"\s+(\()"))
    return [
        (label, re.sub(signs, lambda m: m[1] if rng.random() < share else m[0], text))
        for label, text in pieces
    ]


def stray_spaces(pieces: Pieces, rng: random.Random) -> Pieces:
    """As some PDF readers set them: "Phys .Lett .B", "12 (3 )"."""
    share = rng.choice((0.2, 0.6, 1.0))
    signs = rng.choice((r"([.,:;])", r"(\.)\s?", r"([()])", r"([-–])", r"(,)"))
    return [
        (label, re.sub(signs, lambda m: " " + m[1] if rng.random() < share else m[0], text))
        for label, text in pieces
    ]


def confused(pieces: Pieces, rng: random.Random) -> Pieces:
    out = []
    for label, text in pieces:
        for _ in range(len(text) // 40 + (rng.random() < 0.2)):
            a, b = rng.choice(_CONFUSED)
            places = [m.start() for m in re.finditer(a, text)]
            if places and label not in ("DOI", "URL"):
                at = rng.choice(places)
                text = text[:at] + b + text[at + len(a) :]
        out.append((label, text))
    return out


def hyphens(pieces: Pieces, rng: random.Random) -> Pieces:
    def broken(m: re.Match[str]) -> str:
        if rng.random() < 0.08:
            at = rng.randint(3, len(m[0]) - 3)
            return m[0][:at] + "- " + m[0][at:]
        return m[0]

    return [
        (label, re.sub(r"[^\W\d_]{8,}", broken, text) if label != "URL" else text)
        for label, text in pieces
    ]


def plain_letters(pieces: Pieces, _: random.Random) -> Pieces:
    return [
        (
            label,
            "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)),
        )
        for label, text in pieces
    ]


def dashes(pieces: Pieces, rng: random.Random) -> Pieces:
    dash = rng.choice(_DASHES)
    return [
        (
            label,
            re.sub(r"(?<=\d)\s?[-–]\s?(?=[\dA-Za-z])", dash, text)
            if label in ("page", "issue", "date")
            else text,
        )
        for label, text in pieces
    ]


def quotes(pieces: Pieces, rng: random.Random) -> Pieces:
    table = str.maketrans(
        rng.choice(
            (
                {"“": '"', "”": '"', "‘": "'", "’": "'"},
                {"“": "''", "”": "''"},
                {"“": "«", "”": "»"},
                {"“": "‘", "”": "’"},
                {'"': "”"},
            )
        )
    )
    return [(label, text.translate(table)) for label, text in pieces]


def shouting(pieces: Pieces, rng: random.Random) -> Pieces:
    labels = rng.choice(
        (("author",), ("author", "editor"), ("title",), ("author", "title", "container-title"))
    )
    if "title" in labels and rng.random() < 0.7:
        labels = ("author",)
    return [(label, text.upper() if label in labels else text) for label, text in pieces]


def marks(pieces: Pieces, rng: random.Random) -> Pieces:
    """Markdown and HTML round containers, volumes and titles."""
    before, after = rng.choice(
        (
            ("*", "*"),
            ("_", "_"),
            ("<i>", "</i>"),
            ("**", "**"),
            ("<em>", "</em>"),
            ("`", "`"),
            ("<b>", "</b>"),
        )
    )
    chosen = rng.choice(
        (("container-title",), ("container-title", "volume"), ("title",), ("volume",))
    )
    out: Pieces = []
    for label, text in pieces:
        out += [("", before), (label, text), ("", after)] if label in chosen else [(label, text)]
    return out


def number(pieces: Pieces, rng: random.Random) -> Pieces:
    if any(label == "citation-number" for label, _ in pieces):
        return pieces
    n = rng.randint(1, rng.choice((9, 40, 120, 400)))
    before, after = rng.choice(
        (
            ("[", "] "),
            ("", ". "),
            ("(", ") "),
            ("", ") "),
            ("[", "]"),
            ("", " "),
            ("", "."),
            ("", "- "),
            ("", ".- "),
            ("", " - "),
        )
    )
    key = (
        str(n)
        if rng.random() < 0.93
        else "".join(w[:1] for _, w in pieces[:1] for w in w.split())[:4]
        + str(rng.randint(0, 99)).zfill(2)
    )
    return [("", before), ("citation-number", key), ("", after), *pieces]


def tail(pieces: Pieces, rng: random.Random) -> Pieces:
    return [*pieces, ("", rng.choice(_TAILS))]


def cut(pieces: Pieces, rng: random.Random) -> Pieces:
    """A line lost at the end or at the beginning."""
    if len(pieces) < 3:
        return pieces
    if rng.random() < 0.7:
        keep = rng.randint(max(2, len(pieces) // 2), len(pieces))
        return pieces[:keep]
    return pieces[rng.randint(1, max(1, len(pieces) // 3)) :]


def dashed(pieces: Pieces, rng: random.Random) -> Pieces:
    """Dashes for people named in the reference before."""
    if not pieces or pieces[0][0] not in ("author", "editor") or len(pieces) < 4:
        return pieces
    return [
        (
            "",
            rng.choice(
                ("———", "---", "——", "______", "--", "–", "Id.", "Ders.", "__________ ", "—", "-")
            ),
        ),
        *pieces[1:],
    ]


def broken_address(pieces: Pieces, rng: random.Random) -> Pieces:
    """A blank where a line ended within an address or a DOI."""
    return [
        (
            label,
            re.sub(r"(?<=[/\-_.=?&])(?=\w{3})", lambda m: " " if rng.random() < 0.25 else "", text)
            if label in ("URL", "DOI")
            else text,
        )
        for label, text in pieces
    ]


def decomposed(pieces: Pieces, _: random.Random) -> Pieces:
    """Accents as signs of their own."""
    return [(label, unicodedata.normalize("NFD", text)) for label, text in pieces]


def glued(pieces: Pieces, rng: random.Random) -> Pieces:
    """The sign between two fields lost: "… in plants Physiological Foundation. Dordrecht"."""
    places = [
        i
        for i, (label, text) in enumerate(pieces)
        if not label and text.strip() in (".", ",", ":", ". In:", ";", ".,")
    ]
    if not places:
        return pieces
    at = rng.choice(places)
    return [*pieces[:at], ("", " "), *pieces[at + 1 :]]


def small(pieces: Pieces, _: random.Random) -> Pieces:
    return [
        (label, text.lower() if label in ("title", "container-title") else text)
        for label, text in pieces
    ]


STEPS = (
    (shouting, 0.05), (quotes, 0.12), (dashes, 0.2), (hyphens, 0.05), (plain_letters, 0.05), (confused, 0.03), (small, 0.01), (marks, 0.04), (number, 0.1), (tail, 0.06),
    (cut, 0.02), (dashed, 0.012), (broken_address, 0.04), (decomposed, 0.008), (glued, 0.025), (lost_spaces, 0.05), (stray_spaces, 0.05),
)  # fmt: skip


def noised(pieces: Pieces, rng: random.Random) -> Pieces:
    """The pieces after none, one or several of the steps."""
    for step, share in STEPS:
        if rng.random() < share:
            pieces = step(pieces, rng)
    return pieces
