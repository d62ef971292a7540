"""What docs/stability.md promises of the package: names, parameters and attributes, as tests/data/surface.txt has them.

Where a test fails on purpose: ``python tests/test_surface.py`` writes the list again, and CHANGELOG says what changed.
"""

import inspect
from dataclasses import fields, is_dataclass
from pathlib import Path

import citenorm

LIST = Path(__file__).parent / "data" / "surface.txt"


def surface() -> str:
    lines = []
    for name in sorted(citenorm.__all__):
        value = getattr(citenorm, name)
        if inspect.isclass(value):
            lines.append(f"class {name}({', '.join(b.__name__ for b in value.__bases__)})")
            lines += [f"    {line}" for line in _attributes(value)]
        elif callable(value):
            lines.append(f"{name}{_parameters(value)}")
        else:
            lines.append(f"{name}: {type(value).__name__}")
    return "\n".join(lines) + "\n"


def _attributes(kind: type) -> list[str]:
    out = [f.name for f in fields(kind) if not f.name.startswith("_")] if is_dataclass(kind) else []
    for name, value in sorted(vars(kind).items()):
        if name.startswith("_") or name in out:
            continue
        plain = value.__func__ if isinstance(value, classmethod | staticmethod) else value
        out.append(f"{name}{_parameters(plain)}" if inspect.isfunction(plain) else name)
    return out


def _parameters(function: object) -> str:
    """Names, kinds and whether there is a default: types are told by mypy, and defaults may get better."""
    shown = [
        p.replace(annotation=p.empty, default="…" if p.default is not p.empty else p.empty)
        for p in inspect.signature(function).parameters.values()
    ]
    return str(inspect.Signature(shown)).replace("'…'", "…")


def test_the_surface_is_what_is_promised():
    assert surface() == LIST.read_text(encoding="utf-8")


def test_every_public_name_has_a_docstring():
    bare = [
        n for n in citenorm.__all__ if callable(v := getattr(citenorm, n)) and not inspect.getdoc(v)
    ]
    assert not bare


def test_the_version_stands_in_one_place():
    root = Path(citenorm.__file__).parent.parent
    project = root / "pyproject.toml"
    if project.is_file():
        assert 'dynamic = ["version"]' in project.read_text(encoding="utf-8")
        stated = (root / "CITATION.cff").read_text(encoding="utf-8")
        assert f"version: {citenorm.__version__}\n" in stated
        assert f"rev: v{citenorm.__version__}\n" in (root / "README.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    LIST.write_text(surface(), encoding="utf-8")
