"""Train the model that tells lines which begin a reference from others (citenorm/find/line_tagger.json).

    python bench/train_lines.py FOLDER --synthetic MADE [--kinds refsection,txt-tail,...] [--out citenorm/find/line_tagger.json] [--folds 5] [--only FOLD]

MADE: what ``bench/synthetic_lists.py`` made.  FOLDER holds one folder a kind with documents and a ``manifest.jsonl`` ("file", "references": [{"raw"}], "complete").
Needs python-crfsuite.  With --folds, documents are held out in turn and the share of lines tagged right is printed;
--only trains without one fold and writes that model, so that other programs can be measured on what was held out.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
import zlib
from pathlib import Path

import pycrfsuite

from citenorm.errors import CitenormError
from citenorm.find.line_features import seen
from citenorm.find.line_tagger import TAGS
from citenorm.find.lines import Line, lines_of
from citenorm.read import read


def squashed(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def tagged(lines: list[Line], raws: list[str]) -> list[str] | None:
    """Tags of the lines, or None where too few of the references can be found among them."""
    chars: list[int] = []
    parts: list[str] = []
    for i, line in enumerate(lines):
        piece = squashed(line.text)
        parts.append(piece)
        chars += [i] * len(piece)
    whole = "".join(parts)
    tags = ["O"] * len(lines)
    found = cursor = 0
    for raw in raws:
        wanted = squashed(raw)
        if len(wanted) < 8:
            continue
        at, length = whole.find(wanted, cursor), len(wanted)
        if at < 0:
            at = whole.find(wanted)
        if at < 0:
            head, tail = wanted[:24], wanted[-18:]
            at = whole.find(head, cursor)
            at = whole.find(head) if at < 0 else at
            end = whole.find(tail, at, at + int(1.2 * len(wanted)) + 60) if at >= 0 else -1
            if at < 0 or end < 0:
                continue
            length = end + len(tail) - at
        found += 1
        cursor = at + length
        first, last = chars[at], chars[at + length - 1]
        if (
            first
            and len(lines[first - 1].text) <= 6
            and any(c.isdigit() for c in lines[first - 1].text)
            and tags[first - 1] == "O"
        ):
            first -= 1
        tags[first] = "B"
        for k in range(first + 1, last + 1):
            if tags[k] == "O":
                tags[k] = "I"
    return tags if raws and found >= 0.85 * len(raws) else None


KINDS = [
    "refsection",
    "txt-tail",
    "txt-pdftotext",
    "txt-pdftotext-layout",
    "pdf",
    "pdf-excite",
    "pdf-refpages",
]
"""Kinds of documents that come as printed lines."""


def fold_of(file: str, folds: int) -> int:
    """The fold of a document; one document as PDF, as text and as a list alone is in one fold."""
    name = re.sub(
        r"(?:[-_](?:refs|tail|paper|report|main|thesis|abstract))+$", "", file.rsplit(".", 1)[0]
    )
    return zlib.crc32(name.encode()) % folds


def documents(folder: Path, kinds: list[str]) -> list[tuple[str, list[list[str]], list[str]]]:
    rows = []
    for kind in kinds:
        for row in (folder / kind / "manifest.jsonl").read_text("utf-8").splitlines():
            item = json.loads(row)
            raws = [reference["raw"] for reference in item["references"] if reference.get("raw")]
            if not item.get("complete", True) or len(raws) < len(item["references"]):
                continue
            try:
                lines = lines_of(read(folder / kind / item["file"]))
            except CitenormError:
                continue
            tags = tagged(lines, raws)
            if tags is None:
                continue
            traits = seen(lines)
            keep = [i for i, names in enumerate(traits) if names]
            rows.append(
                (
                    item["file"],
                    [traits[i] for i in keep],
                    [tags[i] for i in keep],
                )
            )
    return rows


def synthetic(folder: Path | None) -> list[tuple[str, list[list[str]], list[str]]]:
    """The documents that were made for training, of whatever kind; they are in no fold."""
    if folder is None:
        return []
    return documents(folder, sorted(made.parent.name for made in folder.glob("*/manifest.jsonl")))


def train(rows: list[tuple[str, list[list[str]], list[str]]], path: str) -> dict[str, object]:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(
        {"c1": 0.3, "c2": 0.5, "max_iterations": 120, "feature.possible_transitions": True}
    )
    for _, traits, tags in rows:
        trainer.append(traits, tags)
    trainer.train(path)
    tagger = pycrfsuite.Tagger()
    tagger.open(path)
    info = tagger.info()
    names = sorted({name for name, _ in info.state_features})
    table = {
        name: [round(info.state_features.get((name, tag), 0.0), 3) for tag in TAGS]
        for name in names
    }
    steps = [[round(info.transitions.get((a, b), -9.0), 3) for b in TAGS] for a in TAGS]
    return {
        "steps": steps,
        "traits": {name: row for name, row in table.items() if any(abs(v) > 0.005 for v in row)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--kinds",
        default=",".join(KINDS),
    )
    parser.add_argument("--synthetic", type=Path)
    parser.add_argument("--out", type=Path, default=Path("citenorm/find/line_tagger.json"))
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument(
        "--only",
        type=int,
        default=-1,
        help="train without this fold of --folds and write that model",
    )
    parser.add_argument("--work", default="lines.crfsuite")
    args = parser.parse_args()
    rows = documents(args.folder, args.kinds.split(","))
    more = synthetic(args.synthetic)
    print(
        f"{len(more)} made documents and {len(rows)} documents, {sum(len(t) for _, _, t in rows)} lines, {sum(t.count('B') for _, _, t in rows)} references"
    )
    if args.only >= 0:
        rows = [row for row in rows if fold_of(row[0], args.folds) != args.only]
    elif args.folds:
        right = total = 0
        for fold in range(args.folds):
            train([row for row in rows if fold_of(row[0], args.folds) != fold] + more, args.work)
            tagger = pycrfsuite.Tagger()
            tagger.open(args.work)
            for key, traits, tags in rows:
                if fold_of(key, args.folds) == fold:
                    right += sum(a == b for a, b in zip(tagger.tag(traits), tags, strict=True))
                    total += len(tags)
        print(f"held out: {right / max(1, total):.4f} of the lines right")
    model = train(rows + more, args.work)
    lines = [
        json.dumps(name, ensure_ascii=False) + ": " + json.dumps(row)
        for name, row in model["traits"].items()
    ]  # type: ignore[attr-defined]
    args.out.write_text(
        '{\n"steps": '
        + json.dumps(model["steps"])
        + ',\n"traits": {\n'
        + ",\n".join(lines)
        + "\n}\n}\n",
        "utf-8",
    )
    print(f"{len(lines)} traits written to {args.out}")


if __name__ == "__main__":
    main()
