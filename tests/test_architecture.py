"""The shape of the package: imports point one way, importing is cheap, the public surface is what it says."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import citenorm

PACKAGE = Path(citenorm.__file__).parent
BASE = {
    "model",
    "made_fast",
    "findings",
    "shapes",
    "errors",
    "jsontext",
    "printable",
    "budget",
    "folders",
    "again",
    "closing",
    "lines",
    "late",
    "__version__",
}
MAY_IMPORT = {
    "model": {"shapes", "made_fast"},
    "made_fast": set(),
    "shapes": {"errors"},
    "findings": {"model"},
    "errors": set(),
    "again": set(),
    "closing": set(),
    "lines": set(),
    "late": set(),
    "jsontext": set(),
    "printable": set(),
    "budget": set(),
    "folders": set(),
    "processes": set(),
    "files": {"errors"},
    "config": {"errors", "rules", "budget"},
    "remarks": {"model", "rules"},
    "listed": BASE | {"catalogue"},
    "given": BASE | {"parse", "normalize"},
    "getting": BASE | {"match", "normalize", "pipeline", "sources"},
    "explaining": BASE | {"given", "match", "pipeline", "report", "sources"},
    "normalize": BASE,
    "read": BASE | {"normalize", "processes"},
    "find": BASE | {"normalize"},
    "parse": BASE | {"normalize"},
    "match": BASE | {"normalize"},
    "emit": BASE | {"normalize"},
    "changes": BASE | {"normalize"},
    "rules": BASE | {"normalize", "changes"},
    "bib": BASE | {"files", "remarks", "normalize", "emit", "rules", "changes"},
    "catalogue": BASE | {"normalize", "match", "bib", "processes"},
    "sources": BASE | {"normalize", "catalogue"},
    "lock": BASE | {"normalize", "given"},
    "report": BASE | {"files", "normalize", "match", "rules", "emit", "changes"},
    "parallel": {"errors", "sources", "processes"},
    "fetching": {"errors", "catalogue", "sources"},
    "bibliography": BASE | {"normalize", "emit"},
    "seen": BASE | {"normalize", "bib", "bibliography", "emit", "report"},
    "batch": BASE | {"parallel", "processes", "parse", "match", "sources", "pipeline"},
    "spark": BASE | {"batch", "match", "sources"},
    "pipeline": BASE
    | {
        "bibliography",
        "given",
        "listed",
        "parallel",
        "normalize",
        "read",
        "find",
        "parse",
        "sources",
        "catalogue",
        "match",
        "rules",
        "emit",
        "bib",
        "lock",
    },
    "checking": BASE
    | {
        "config",
        "listed",
        "remarks",
        "rules",
        "find",
        "bib",
        "lock",
        "match",
        "normalize",
        "read",
        "sources",
        "pipeline",
    },
    "review": BASE
    | {
        "bib",
        "checking",
        "emit",
        "files",
        "listed",
        "lock",
        "match",
        "normalize",
        "pipeline",
        "read",
        "report",
        "rules",
        "seen",
        "sources",
    },
    "together": BASE | {"bib", "emit", "normalize", "rules"},
    "appending": BASE | {"bib", "bibliography", "emit", "together"},
    "citing": BASE
    | {
        "appending",
        "bib",
        "checking",
        "find",
        "listed",
        "lock",
        "match",
        "normalize",
        "pipeline",
        "sources",
    },
    "server": BASE | {"checking", "bib", "changes", "lock", "match", "report", "sources"},
    "repairing": BASE
    | {"config", "emit", "given", "checking", "bib", "lock", "match", "sources", "normalize"},
}


def rooms_imported(path: Path) -> set[str]:
    depth = len(path.relative_to(PACKAGE).parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            if node.level == depth:
                found |= (
                    {node.module.split(".")[0]} if node.module else {a.name for a in node.names}
                )
            elif node.level == 0 and node.module and node.module.split(".")[0] == "citenorm":
                found |= set(node.module.split(".")[1:2]) or {a.name for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("citenorm.")}
    return found


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_imports_point_one_way(room):
    files = (
        [PACKAGE / f"{room}.py"]
        if (PACKAGE / f"{room}.py").exists()
        else sorted((PACKAGE / room).rglob("*.py"))
    )
    assert files, f"no room {room}"
    wrong = {
        str(f.relative_to(PACKAGE)): rooms_imported(f) - MAY_IMPORT[room] - {room} for f in files
    }
    assert not {f: w for f, w in wrong.items() if w}


def test_every_room_is_in_the_table():
    rooms = {
        p.stem
        for p in PACKAGE.iterdir()
        if (p.suffix == ".py" or (p / "__init__.py").exists()) and not p.stem.startswith("__")
    }
    assert rooms - {"cli", "data"} == set(MAY_IMPORT)


def loaded_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


HEAVY = {
    "tantivy",
    "numpy",
    "httpx2",
    "habanero",
    "pypdfium2",
    "mammoth",
    "rapidfuzz",
    "bibtexparser",
    "pylatexenc",
    "selectolax",
}


def test_importing_loads_nothing_heavy():
    assert not loaded_after("import citenorm") & HEAVY


def test_help_loads_nothing_heavy():
    code = "import io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()):\n    from citenorm.cli import main; main(['--help'])"
    assert not loaded_after(code) & (HEAVY | {"argparse"})


def test_offline_work_loads_no_network_library():
    code = "import citenorm\nwith citenorm.open_sources(offline=True) as s:\n    citenorm.resolve(citenorm.parse('A. Turing. Computing machinery. Mind, 1950.'), s)"
    assert not loaded_after(code) & {"httpx2", "habanero", "pypdfium2", "mammoth"}


def test_the_public_surface():
    assert set(dir(citenorm)) == set(citenorm.__all__)
    for name in citenorm.__all__:
        assert getattr(citenorm, name) is not None


def test_functions_keep_their_names_beside_the_rooms():
    import citenorm.find.reference_score

    assert callable(citenorm.find) and callable(citenorm.read) and callable(citenorm.parse)


def test_an_unknown_public_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        citenorm.nothing  # noqa: B018
