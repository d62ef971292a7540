"""An editor's session with the language server, step by step, over standard input and output."""

import json
import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from citenorm.bib.cited import cited_keys, named_files

pytest.importorskip("pygls")

BIB = """@misc{guo,
  title = {On Calibration of Modern Neural Networks},
  author = {Guo, Chuan and Pleiss, Geoff and Sun, Yu and Weinberger, Kilian Q.},
  howpublished = {arXiv:1706.04599},
  pages = {1-2},
  year = {2017}
}
@book{ünit,
  author = {Loom, Karl},
  title = {Weaving 𝕏 in water, BERT},
  publisher = {Reed},
  pages = {3-4},
  year = {2001}
}
"""
PAPER = """---
bibliography: refs.bib
---
Calibration [@guo; see @ünit, p. 3] matters; so does @guo.
"""


class Editor:
    """The client's side: requests, notifications, and what the server says by itself."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "citenorm", "server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=os.environ
            | {"CITENORM_CACHE_DIR": str(folder / "cache"), "XDG_DATA_HOME": str(folder / "data")},
        )
        self.said, self.count = [], 0

    def send(self, message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while (line := self.process.stdout.readline().strip()) or not length:
            assert line or self.process.poll() is None, "the server has gone"
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message = json.loads(self.process.stdout.read(length))
        failed = message.get("method") == "window/showMessage" and message["params"]["type"] == 1
        assert not failed, message["params"]["message"]
        return message

    def ask(self, method, params):
        self.count += 1
        self.send({"id": self.count, "method": method, "params": params})
        while (answer := self.receive()).get("id") != self.count or "method" in answer:
            self.said.append(answer)
        assert "error" not in answer, answer
        return answer["result"]

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def findings(self, uri):
        """What the server publishes about a text next."""
        while True:
            message = self.said.pop(0) if self.said else self.receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                params = message["params"]
                if params["uri"] == uri:
                    return params["diagnostics"]

    def open(self, path):
        text = path.read_text(encoding="utf-8")
        item = {"uri": path.as_uri(), "languageId": "x", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        return path.as_uri(), text


@pytest.fixture
def editor(tmp_path):
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "paper.md").write_text(PAPER, encoding="utf-8")
    (tmp_path / "thesis.tex").write_text("As \\citet{guo} say. % \\cite{ünit}\n", encoding="utf-8")
    made = Editor(tmp_path)
    made.ask("initialize", {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": {}})
    made.tell("initialized", {})
    yield made
    made.process.kill()
    made.process.wait()
    made.process.stdin.close()
    made.process.stdout.close()


def offset(text, position):
    lines = text.split("\n")
    line = lines[position["line"]]
    units = line.encode("utf-16-le")[: 2 * position["character"]].decode("utf-16-le")
    return sum(len(one) + 1 for one in lines[: position["line"]]) + len(units)


def edited(text, edits):
    spans = [tuple(offset(text, e["range"][side]) for side in ("start", "end")) for e in edits]
    assert all(
        a[1] < b[0] for a, b in pairwise(sorted(spans))
    )  # no two touch: clients differ there
    for (start, end), edit in sorted(
        zip(spans, edits, strict=True), key=lambda p: p[0], reverse=True
    ):
        text = text[:start] + edit["newText"] + text[end:]
    return text


def position(text, words, after=0):
    at = text.index(words) + after
    before = text[:at]
    column = before.rpartition("\n")[2]
    return {"line": before.count("\n"), "character": len(column.encode("utf-16-le")) // 2}


def test_open_see_fix_hover_and_go(editor, tmp_path):
    uri, text = editor.open(tmp_path / "refs.bib")
    found = editor.findings(uri)
    dashes = [d for d in found if d["code"] == "CN502"]
    assert len(dashes) == 2 and {d["severity"] for d in dashes} == {2}
    for one in dashes:
        start, end = (offset(text, one["range"][side]) for side in ("start", "end"))
        assert text[start:end].startswith("pages = {")
    superseded = next(d for d in found if d["code"] == "CN201")
    assert "has been published" in superseded["message"] and superseded["source"] == "citenorm"

    # the quick fix of one finding changes its field alone
    actions = editor.ask(
        "textDocument/codeAction",
        {"textDocument": {"uri": uri}, "range": dashes[1]["range"], "context": {"diagnostics": []}},
    )
    quick = next(a for a in actions if a["title"].startswith("wrong-dash"))
    assert quick["kind"] == "quickfix" and quick["isPreferred"]
    after = edited(text, quick["edit"]["changes"][uri])
    assert after == text.replace("{3-4}", "{3--4}")
    title = next(a for a in editor.ask("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": {"start": position(text, "Weaving"), "end": position(text, "Weaving")}, "context": {"diagnostics": []}}) if a["kind"] == "quickfix")  # fmt: skip
    assert edited(text, title["edit"]["changes"][uri]) == text.replace("BERT", "{BERT}")

    # typing it in: the finding goes
    whole = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": after}]}
    editor.tell("textDocument/didChange", whole)
    left = editor.findings(uri)
    assert len([d for d in left if d["code"] == "CN502"]) == 1 and len(left) == len(found) - 1

    # the whole file as ``fix`` writes it
    edits = editor.ask("textDocument/formatting", {"textDocument": {"uri": uri}, "options": {"tabSize": 2, "insertSpaces": True}})  # fmt: skip
    import citenorm

    assert edited(after, edits) == citenorm.repair(after.encode(), name="refs.bib").text

    # what is known of the work, and where it is cited
    place = {"textDocument": {"uri": uri}, "position": position(after, "{guo", 2)}
    said = editor.ask("textDocument/hover", place)["contents"]["value"]
    assert "International Conference on Machine Learning" in said and "probability" in said
    cited = editor.ask("textDocument/definition", place)
    assert sorted((Path(c["uri"]).name, c["range"]["start"]["line"]) for c in cited) == [
        ("paper.md", 3),
        ("paper.md", 3),
        ("thesis.tex", 0),
    ]

    # from the citation to its entry
    paper, words = editor.open(tmp_path / "paper.md")
    editor.findings(paper)
    place = {"textDocument": {"uri": paper}, "position": position(words, "@ünit", 3)}
    (entry,) = editor.ask("textDocument/definition", place)
    assert entry["uri"] == uri and entry["range"]["start"]["line"] == 7
    assert editor.ask("textDocument/hover", place | {"position": position(words, "@guo", 2)})
    assert editor.ask("textDocument/definition", place | {"position": position(words, "matters")}) in (None, [])  # fmt: skip
    editor.ask("shutdown", None)
    editor.tell("exit", None)
    assert editor.process.wait(20) == 0


def test_a_text_that_cannot_be_read_ends_nothing(editor, tmp_path):
    uri, _ = editor.open(tmp_path / "refs.bib")
    editor.findings(uri)
    for text in ("", "@misc{", "\0", "@book{a, title = {x" * 50):
        change = {"textDocument": {"uri": uri, "version": 3}, "contentChanges": [{"text": text}]}
        editor.tell("textDocument/didChange", change)
        assert isinstance(editor.findings(uri), list)
    place = {"textDocument": {"uri": uri}, "position": {"line": 900, "character": 900}}
    assert editor.ask("textDocument/hover", place) is None


@pytest.mark.parametrize(
    "name, text, keys",
    [
        ("a.md", "[@a; see -@b, p. 3] and @{c d} or @c.d, me@x.org, `@no`, @fig-one <https://x.org/@no>", ["a", "b", "c.d"]),
        ("a.md", "```\n@no\n```\n\\cite{a, b}\n<!-- @no -->", ["a", "b"]),
        ("a.tex", "\\cite[see][p.~3]{a,b} \\textcites{c}[2]{d} % \\cite{no}\n\\nocite{*}@no", ["a", "b", "c", "d", "*"]),
        ("a.tex", "\\begin{verbatim}\\cite{no}\\end{verbatim}\\newcommand{\\mycite}[1]{\\cite{#1}}", []),
    ],
)  # fmt: skip
def test_keys_that_a_text_cites(name, text, keys):
    found = cited_keys(text, name)
    assert [c.key for c in found] == keys and all(text[c.start : c.end] == c.key for c in found if c.key != "*")  # fmt: skip


@pytest.mark.parametrize(
    "name, text, files",
    [
        ("a.tex", "\\bibliography{refs, more}\n%\\bibliography{no}", ["refs.bib", "more.bib"]),
        ("a.tex", "\\addbibresource[x]{refs.bib}", ["refs.bib"]),
        ("a.qmd", "---\ntitle: x\nbibliography: refs.bib\n---\n", ["refs.bib"]),
        ("a.md", "---\nbibliography: [a.bib, 'b c.bib']\n---\n", ["a.bib", "b c.bib"]),
        ("a.md", '---\nbibliography:\n  - a.bib\n  - "b.bib"\ntitle: x\n---\n', ["a.bib", "b.bib"]),
        ("a.md", "bibliography: no.bib", []),
    ],
)
def test_files_that_a_text_names(name, text, files):
    assert named_files(text, name) == files


NEOVIM = """
local lines = {}
local function wait(fine) return vim.wait(30000, fine, 50) end
local function has(rule)
  for _, d in ipairs(vim.diagnostic.get(0)) do if d.message:find(rule, 1, true) then return d end end
end
vim.cmd("edit refs.bib")
local id = vim.lsp.start_client({name="citenorm", cmd={PYTHON, "-m", "citenorm", "server"}, root_dir=vim.fn.getcwd()})
vim.lsp.buf_attach_client(0, id)
wait(function() return has("wrong-dash") end)
local at = {line=has("wrong-dash").lnum, character=3}
local doc = vim.lsp.util.make_text_document_params(0)
local ask = {textDocument=doc, range={start=at, ["end"]=at}, context={diagnostics={}}}
for _, action in ipairs(vim.lsp.buf_request_sync(0, "textDocument/codeAction", ask, 20000)[id].result) do
  if action.title:find("wrong-dash", 1, true) then vim.lsp.util.apply_workspace_edit(action.edit, "utf-16") end
end
wait(function() return not has("wrong-dash") end)
vim.cmd("write! fixed.bib")
local format = {textDocument=doc, options={tabSize=2, insertSpaces=true}}
vim.lsp.util.apply_text_edits(vim.lsp.buf_request_sync(0, "textDocument/formatting", format, 20000)[id].result, 0, "utf-16")
vim.cmd("write! formatted.bib")
vim.lsp.stop_client(id)
vim.cmd("qa!")
"""


@pytest.mark.skipif(not shutil.which("nvim"), reason="Neovim is not installed")
def test_in_neovim(tmp_path):
    import citenorm

    text = BIB.partition("@book")[0]
    (tmp_path / "refs.bib").write_text(text, encoding="utf-8")
    (tmp_path / "session.lua").write_text(NEOVIM.replace("PYTHON", json.dumps(sys.executable)))
    subprocess.run(
        ["nvim", "--headless", "-u", "NONE", "-n", "-S", "session.lua"],
        cwd=tmp_path, capture_output=True, check=False, timeout=120,
        env=os.environ | {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_STATE_HOME": str(tmp_path / "state"), "CITENORM_CACHE_DIR": str(tmp_path / "cache")},
    )  # fmt: skip
    fixed = (tmp_path / "fixed.bib").read_text(encoding="utf-8")
    assert fixed == text.replace("{1-2}", "{1--2}") or fixed == text.replace("{1-2}", "{1321--1330}")  # fmt: skip
    made = citenorm.repair(fixed.encode(), name="refs.bib").text
    assert (tmp_path / "formatted.bib").read_text(encoding="utf-8") == made
