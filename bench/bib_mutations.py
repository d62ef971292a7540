"""Damaged .bib files: pieces of real files are broken on purpose, repaired twice, and compared byte for byte.

    python bench/bib_mutations.py FOLDER [ROUNDS] [SEED]

FOLDER holds .bib files (all below it are read); without ROUNDS each file is broken 20 times.  A round takes a stretch of a
file, damages it in one to three ways, and repairs it with the built-in catalogue.  It counts as wrong where

* something is raised other than the refusal of a file that BibTeX could not read,
* an entry, key, macro, comment or byte outside entries is gone or changed, or a malformed entry was touched,
* a second repair of the result changes anything.

What went wrong is printed with its seed; exit status 1.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import citenorm
from citenorm.bib import claims, read, repair
from citenorm.errors import CitenormError
from citenorm.sources import Sources

Mutation = Callable[[bytes, random.Random], bytes]
MOST = 12_000
"""Bytes of the stretch of a file that one round takes."""


# ------------------------------------------------------------------ damages
def _spot(data: bytes, pattern: bytes, rng: random.Random) -> re.Match[bytes] | None:
    found = list(re.finditer(pattern, data))
    return rng.choice(found) if found else None


def _put(
    data: bytes, pattern: bytes, new: Callable[[re.Match[bytes]], bytes], rng: random.Random
) -> bytes:
    """One place that a pattern fits, written anew."""
    found = _spot(data, pattern, rng)
    return data if found is None else data[: found.start()] + new(found) + data[found.end() :]


def drop_brace(data: bytes, rng: random.Random) -> bytes:
    return _put(data, rb"[{}]", lambda m: b"", rng)


def add_brace(data: bytes, rng: random.Random) -> bytes:
    return _put(data, rb"\w", lambda m: m[0] + rng.choice((b"{", b"}", b"{}", b"{{", b"}}")), rng)


def double_field(data: bytes, rng: random.Random) -> bytes:
    return _put(
        data,
        rb"[ \t]*\w+\s*=\s*(?:\{[^{}]*\}|\"[^\"{}]*\"|\w+)\s*,",
        lambda m: m[0] + b"\n" + m[0],
        rng,
    )


def other_value_twice(data: bytes, rng: random.Random) -> bytes:
    return _put(
        data, rb"year\s*=\s*[{\"]?\d{4}[}\"]?\s*,", lambda m: m[0] + b" year = {1999}, ", rng
    )


def mistype(data: bytes, rng: random.Random) -> bytes:
    words = (
        b"artcle",
        b"inproceeding",
        b"misc",
        b"online",
        b"book",
        b"phdthesis",
        b"Unpublished",
        b"ARTICLE",
        b"conference",
        b"proceedings",
        b"xdata",
    )
    return _put(data, rb"@\w+", lambda m: b"@" + rng.choice(words), rng)


def swap_delimiters(data: bytes, rng: random.Random) -> bytes:
    return _put(data, rb"=\s*\{([^{}\"]*)\}", lambda m: b'= "' + m[1] + b'"', rng)


def wrong_delimiters(data: bytes, rng: random.Random) -> bytes:
    return _put(
        data,
        rb"=\s*\{([^{}]*)\}",
        lambda m: (
            b"= " + rng.choice((b'"', b"{", b"(", b"")) + m[1] + rng.choice((b'"', b"}", b")", b""))
        ),
        rng,
    )


def cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def behead(data: bytes, rng: random.Random) -> bytes:
    return data[rng.randrange(len(data) + 1) :]


def mix_line_ends(data: bytes, rng: random.Random) -> bytes:
    return re.sub(rb"\r\n?|\n", lambda m: rng.choice((b"\n", b"\r\n", b"\r")), data)


def crlf(data: bytes, rng: random.Random) -> bytes:
    return re.sub(rb"\r\n?|\n", b"\r\n", data)


def one_line(data: bytes, rng: random.Random) -> bytes:
    return re.sub(rb"[\r\n]+", b" ", data) if b"%" not in data else data


def mark(data: bytes, rng: random.Random) -> bytes:
    return b"\xef\xbb\xbf" + data


def latin_1(data: bytes, rng: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode("latin-1", "replace")


def odd_bytes(data: bytes, rng: random.Random) -> bytes:
    return _put(
        data,
        rb"[a-z]",
        lambda m: rng.choice(
            (
                b"\xff",
                b"\x80",
                b"\xc3",
                "é".encode(),
                "e\u0301".encode(),
                "\u2028".encode(),
                b"\x0c",
                b"\x1b",
            )
        ),
        rng,
    )


def nest(data: bytes, rng: random.Random) -> bytes:
    return _put(
        data,
        rb"=\s*\{([^{}]*)\}",
        lambda m: b"= {" + b"{" * rng.randint(1, 40) + m[1] + b"}" * rng.randint(1, 40) + b"}",
        rng,
    )


def macro(data: bytes, rng: random.Random) -> bytes:
    made = rng.choice(
        (
            b"@string{mq = {Journal of Ponds}}\n",
            b'@STRING(mq = "J. " # {P})\n',
            b"@string{mq = mq # {x}}\n",
            b"@string{}\n",
            b"@string{mq}\n",
            b"@string{mq = {open\n",
        )
    )
    return made + _put(
        data,
        rb"=\s*\{([^{}]*)\}",
        lambda m: rng.choice(
            (b"= mq", b"= mq # {" + m[1] + b"}", b"= {" + m[1] + b"} # mq # 12", b"= undefined")
        ),
        rng,
    )


def parenthesize(data: bytes, rng: random.Random) -> bytes:
    return _put(
        data,
        rb"@(\w+)\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}",
        lambda m: b"@" + m[1] + b"(" + m[2] + b")",
        rng,
    )


def drop_comma(data: bytes, rng: random.Random) -> bytes:
    return _put(data, rb",\s*\n", lambda m: m[0][1:], rng)


def more_commas(data: bytes, rng: random.Random) -> bytes:
    return _put(data, rb",", lambda m: rng.choice((b",,", b" , ", b",\n,")), rng)


def drop_key(data: bytes, rng: random.Random) -> bytes:
    return _put(
        data, rb"(@\w+\s*\{)[^,{}\s]+,", lambda m: m[1] + rng.choice((b",", b"", b" ,")), rng
    )


def same_key(data: bytes, rng: random.Random) -> bytes:
    first = re.search(rb"@\w+\s*\{\s*([^,{}\s]+),", data)
    return (
        data
        if first is None
        else _put(data, rb"(@\w+\s*\{\s*)[^,{}\s]+,", lambda m: m[1] + first[1] + b",", rng)
    )


def shuffle_chunk(data: bytes, rng: random.Random) -> bytes:
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[a : min(b, a + 400)] + data[at:]


def remark(data: bytes, rng: random.Random) -> bytes:
    words = (
        b"% a remark\n",
        b"@comment{x}\n",
        b"@comment x @article{y,\n",
        b"%@article{gone, title={x}}\n",
        b"@",
        b"@@",
        b"free @ text\n",
        b"% citenorm: ignore=all\n",
        b'@preamble{ "x" }\n',
    )
    return _put(data, rb"\n", lambda m: m[0] + rng.choice(words), rng)


def odd_value(data: bytes, rng: random.Random) -> bytes:
    words = (
        b"$x_{1$",
        b"100% & more",
        b"\\emph{open",
        b"a | b_c",
        b"",
        b"and and",
        b"et al.",
        b"12-13, 15",
        b"arXiv:1706.03762",
        b"doi:10.1/x",
        b"  ",
        b"{}",
        b"\\",
        b"\\\\&",
    )
    return _put(data, rb"=\s*\{([^{}]*)\}", lambda m: b"= {" + rng.choice(words) + b"}", rng)


MUTATIONS: tuple[Mutation, ...] = (
    drop_brace, add_brace, double_field, other_value_twice, mistype, swap_delimiters, wrong_delimiters, cut, behead, mix_line_ends, crlf, one_line, mark, latin_1,
    odd_bytes, nest, macro, parenthesize, drop_comma, more_commas, drop_key, same_key, shuffle_chunk, remark, odd_value,
)  # fmt: skip


# ------------------------------------------------------------------ what must hold
def stretch(data: bytes, rng: random.Random) -> bytes:
    """Some whole lines of a file, from the beginning of an entry where there is one."""
    if len(data) <= MOST:
        return data
    starts = [m.start() for m in re.finditer(rb"(?m)^@", data)] or [0]
    at = rng.choice(starts)
    end = data.find(b"\n@", at + MOST)
    return data[at : at + MOST if end < 0 or end > at + 3 * MOST else end + 1]


def lost(before: bytes, after: bytes) -> str:
    """What the repair touched that was not its business; "" for nothing."""
    a, b = read(before), read(after)
    if [block.kind for block in a.blocks] != [block.kind for block in b.blocks]:
        return "the blocks are others"
    for x, y in zip(a.blocks, b.blocks, strict=True):
        if x.kind != "entry" or x.problem:
            if a.text[x.start : x.end] != b.text[y.start : y.end]:
                return f"{x.kind} changed in line {a.place(x.start).line}"
        elif x.key != y.key or y.problem:
            return f"entry {x.key}: {y.problem or 'another key'}"
        elif Counter(f.name for f in y.fields).most_common(1)[0:1] and _poorer(
            a.text[x.start : x.end], b.text[y.start : y.end]
        ):
            return f"entry {x.key}: a repeated field is gone"
    return ""


def _poorer(before: str, after: str) -> bool:
    return before.count("=") > after.count("=") + 12


def one_round(data: bytes, sources: Sources) -> str:
    """What went wrong in one repair and the repair of its result; "" for nothing."""
    runs = [data]
    for _ in range(2):
        try:
            bib = read(runs[-1], "x.bib")
        except CitenormError:
            return ""
        results = citenorm.resolve_all(claims(bib), sources)
        runs.append(repair(bib, results)[0])
    return lost(data, runs[1]) or ("a second run changes it again" if runs[1] != runs[2] else "")


def damaged(data: bytes, rng: random.Random) -> tuple[bytes, list[str]]:
    """A stretch of a file after one to three damages, and their names."""
    chosen: Sequence[Mutation] = [rng.choice(MUTATIONS) for _ in range(rng.randint(1, 3))]
    out = stretch(data, rng)
    for mutation in chosen:
        out = mutation(out, rng) if out else out
    return out, [mutation.__name__ for mutation in chosen]


def main(folder: Path, rounds: int, seed: int) -> int:
    files = sorted(folder.rglob("*.bib"))
    wrong = done = 0
    with citenorm.open_sources(offline=True, user=False) as sources:
        for path in files:
            data = path.read_bytes()
            for n in range(rounds):
                rng = random.Random(f"{path.name} {seed} {n}")
                text, names = damaged(data, rng)
                done += 1
                try:
                    told = one_round(text, sources)
                except Exception as error:  # whatever it is, it is what we look for
                    told = f"{type(error).__name__}: {error}"
                if told:
                    wrong += 1
                    print(f"{path.name} round {n}: {', '.join(names)}: {told}", flush=True)
    print(f"{done} damaged files of {len(files)}, {wrong} wrong")
    return int(bool(wrong))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(
        main(
            Path(sys.argv[1]),
            int(sys.argv[2]) if len(sys.argv) > 2 else 20,
            int(sys.argv[3]) if len(sys.argv) > 3 else 1,
        )
    )
