"""The guide: its blocks do what they say, what the code knows is made from it, and every page is led to."""

import doctest
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from citenorm.cli import COMMANDS
from citenorm.config import Config
from citenorm.rules.table import all_rules

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
BLOCK = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.M | re.S)
SAME = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
SHIM = """#!/bin/sh
exec "{python}" -m {module} "$@"
"""


def steps(block):
    """The commands of a block, each with what it prints."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


@pytest.fixture
def shell(tmp_path):
    """A folder of its own, and a shell in it that finds this citenorm and nobody's catalogue or settings."""
    commands, work = tmp_path / "bin", tmp_path / "work"
    commands.mkdir()
    work.mkdir()
    for name, module in (("citenorm", "citenorm"), ("pre-commit", "pre_commit")):
        (commands / name).write_text(SHIM.format(python=sys.executable, module=module))
        (commands / name).chmod(0o755)
    own = {name: str(tmp_path / name) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "PRE_COMMIT_HOME")}  # fmt: skip
    env = {**os.environ, **own, "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}
    env.pop("COLUMNS", None)

    def run(command):
        done = subprocess.run(
            ["bash", "-c", command], cwd=work, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )  # fmt: skip
        return done.stdout

    run.folder = work
    return run


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
@pytest.mark.parametrize("page", [name for name, text in PAGES.items() if "```console" in text])
def test_blocks_print_what_they_say(page, shell):
    if "git init" in PAGES[page]:
        pytest.importorskip("pre_commit")
        if not shutil.which("git"):
            pytest.skip("git is not installed")
    ran = 0
    for kind, title, body in BLOCK.findall(PAGES[page]):
        if title:
            (shell.folder / title).write_text(body, encoding="utf-8")
        for command, expected in steps(body) if kind == "console" else ():
            printed = shell(command)
            ran += 1
            assert doctest.OutputChecker().check_output(expected, printed, SAME), (
                f"$ {command}\n{printed}"
            )
    assert ran


def test_what_is_said_of_python_is_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    done = doctest.testfile(str(DOCS / "scripting.md"), module_relative=False, optionflags=SAME, encoding="utf-8")  # fmt: skip
    assert done.attempted > 15 and not done.failed


@pytest.fixture(scope="module")
def made():
    spec = importlib.util.spec_from_file_location("made", DOCS / "made.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_setting_every_rule_and_every_command_is_in_the_guide(made):
    table = made.settings()
    keys = {name.replace("_", "-") for name in Config.__dataclass_fields__} - {"path"}
    tables = {key for key in keys if f"| `[{key}]` |" in table}
    assert tables >= {"limits"}
    for key in keys - tables - {"per-file-ignores"}:
        row = next(line for line in table.splitlines() if line.startswith(f"| `{key}` |"))
        meaning = row.split("|")[4].strip()
        assert len(meaning) > 5 and not meaning.startswith("as `"), row
    assert "`[per-file-ignores]`" in PAGES["settings.md"]
    assert all(f"## {rule.name} ({rule.code})" in made.rules() for rule in all_rules())
    text = made.commands()
    assert all(f"## citenorm {name}\n" in text for name in COMMANDS) and "usage:" in text
    assert (
        "::: citenorm.pipeline.fix" in made.api() and "::: citenorm.model.Resolution" in made.api()
    )


def test_what_was_counted_of_a_rule_stands_on_the_page_of_rules(made):
    table = made.precision()
    counted = {r.code: r.precision() for r in all_rules() if r.precision() is not None}
    assert len(counted) > 5 and table.count("\n") == len(counted) + 1
    for r in all_rules():
        if r.code in counted:
            found = counted[r.code]
            assert f"({r.code}) | {r.severity}s | {found.right} | {found.of} |" in table
            assert found.sentence() in made.rules()
    assert "<!-- made: precision -->" in PAGES["rules.md"]


COMMAND = re.compile(r"citenorm ([a-z]+)((?: [^\n`#|&;]*)?)")


@pytest.mark.parametrize("page", [*PAGES, "../README.md"])
def test_every_option_that_is_named_is_one(made, page):
    known = {}

    def help_of(*words):
        if words not in known:
            known[words] = set(re.findall(r"--[a-z][a-z-]*", made.help_of(*words)))
        return known[words]

    for command, rest in COMMAND.findall((DOCS / page).read_text(encoding="utf-8")):
        if command not in COMMANDS:
            continue
        options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest))
        there = help_of(command)
        if command == "catalogue" and rest.split():
            there = there | help_of(command, rest.split()[0])
        assert options <= there, (command, rest)


def test_marks_are_replaced(made):
    for name, text in PAGES.items():
        page = made.on_page_markdown(text)
        assert "<!-- made:" not in page, name


@pytest.fixture(scope="module")
def plots():
    spec = importlib.util.spec_from_file_location("plots", DOCS / "plots.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["plots"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["plots"]


TABLE = """| what | ours | theirs |
|---|---|---|
| one & `two`: more (12) | **.75 / .5** | .25 / .125 |
| three | 1.0 | – |
"""


def drawn(plots, name, table=TABLE):
    page = plots.on_page_markdown(f"# Title\n\n{table}\n<!-- plot: {name} -->\n\nText\n")
    assert page.startswith(f"# Title\n\n{table}\n") and page.endswith("\n\nText\n")
    figure = page[page.index("<figure") : page.index("</figure>") + 9]
    assert (
        "\n" not in figure and "<script" not in figure
    )  # a block of Markdown ends at an empty line
    return ElementTree.fromstring(figure)


def test_a_plot_shows_the_numbers_of_the_table_in_front_of_it(plots):
    figure = drawn(plots, "found")
    assert [t.text for t in figure.iter("title")] == ["one & two, theirs: 0.250", "one & two, ours: 0.750", "three, ours: 1.000"]  # fmt: skip
    assert [t.text for t in drawn(plots, "parsed").iter("title")][:2] == ["one & two, theirs: 0.125", "one & two, ours: 0.500"]  # fmt: skip
    svg = figure.find("svg")
    assert svg.get("role") == "img" and "table above" in svg.get("aria-label")
    ours = list(figure.iter("circle"))[1:]  # the first is the legend's
    half, whole = (float(c.get("cx")) for c in ours)
    ticks = {t.text: float(t.get("x")) for t in figure.iter("text") if t.text in ("0.0", "1.0")}
    assert whole == pytest.approx(ticks["1.0"], abs=0.1)
    assert half == pytest.approx(ticks["0.0"] + 0.75 * (ticks["1.0"] - ticks["0.0"]), abs=0.1)


def test_plots_of_shares_of_probabilities_and_of_times(plots):
    shares = "| what | taken |\n|---|---|\n| a (9) | 0.3 % |\n| b | 14 % |\n"
    figure = drawn(plots, "shares", shares)
    assert [t.text for t in figure.iter("title")] == ["a, taken: 0.3 %", "b, taken: 14 %"]
    assert "15 %" in {t.text for t in figure.iter("text")}
    bins = "| number | probability | right |\n|---:|---:|---:|\n| 1,000 | .1 | .2 |\n| 9 | .9 | 1.0 |\n"
    large, small = (float(c.get("r")) for c in drawn(plots, "calibration", bins).iter("circle"))
    assert large > small
    times = "| records | median, ms | most, ms |\n|---:|---:|---:|\n| 1,000 | 0.1 | 1.0 |\n| 100,000 | 0.3 | 9 |\n"
    told = [t.text for t in drawn(plots, "latency", times).iter("title")]
    assert told == ["1,000 records, median, ms: 0.1 ms", "100,000 records, median, ms: 0.3 ms", "1,000 records, most, ms: 1 ms", "100,000 records, most, ms: 9 ms"]  # fmt: skip


def test_a_plot_without_a_table_or_of_no_name_is_an_error(plots):
    with pytest.raises(ValueError, match="no table"):
        plots.on_page_markdown("# Title\n\n<!-- plot: found -->\n")
    with pytest.raises(KeyError):
        plots.on_page_markdown(TABLE + "\n<!-- plot: nothing -->\n")
    marked = [name for name, text in PAGES.items() if "<!-- plot:" in text]
    assert marked == ["accuracy.md"]
    assert plots.on_page_markdown(PAGES["accuracy.md"]).count("<figure") == 5


def test_every_page_is_led_to_and_every_link_leads_somewhere():
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    led_to = set(re.findall(r"([\w-]+\.md)$", nav, re.M))
    assert led_to == set(PAGES)
    texts = {DOCS / name: text for name, text in PAGES.items()}
    texts[ROOT / "README.md"] = (ROOT / "README.md").read_text(encoding="utf-8")
    for path, text in texts.items():
        for target in re.findall(
            r"\]\(([^)#\s]+)(?:#[\w-]*)?\)", re.sub(r"```.*?```", "", text, flags=re.S)
        ):
            if not re.match(r"https?://|mailto:", target):
                assert (path.parent / target).exists(), (path.name, target)


def test_the_plan_is_what_its_script_computes():
    where = Path(__file__).parents[1]
    found = importlib.util.spec_from_file_location("plan", where / "bench" / "plan.py")
    plan = importlib.util.module_from_spec(found)
    sys.modules["plan"] = plan
    found.loader.exec_module(plan)
    assert plan.main([]) in (where / "docs" / "scale.md").read_text("utf-8")
    small = plan.main(["--strings", "1e6", "--records", "1.25e6", "--machines", "1"])
    assert "| shards | 1, of 1.2 million records |" in small and "0.5 h (1.90 ms a string)" in small


def test_it_is_built_without_a_warning(tmp_path):
    pytest.importorskip("material")
    pytest.importorskip("mkdocstrings")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "superseded-preprint" in (tmp_path / "site" / "rules.html").read_text(encoding="utf-8")
    api = (tmp_path / "site" / "api.html").read_text(encoding="utf-8")
    assert "resolve_all" in api and "Raises" in api
