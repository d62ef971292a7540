"""Configuration files: the nearest one upwards, checked, and told apart by rule and file."""

import time

import pytest

from citenorm.config import Config, load_config
from citenorm.errors import ConfigError


def test_nearest_file_upwards(tmp_path):
    (tmp_path / "citenorm.toml").write_text('offline = true\ncatalogues = ["cat"]\n')
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    config = load_config(start=deep)
    assert config.offline and config.catalogues == (str((tmp_path / "cat").resolve()),)


def test_section_of_pyproject(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.citenorm]\nprefer = "as-cited"\n')
    assert load_config(start=tmp_path).prefer == "as-cited"


def test_pyproject_without_section_is_passed_over(tmp_path):
    (tmp_path / "citenorm.toml").write_text('mailto = "me@example.org"\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert load_config(start=inner).mailto == "me@example.org"


@pytest.mark.parametrize(
    "text, complaint",
    [
        ("offlin = true", "unknown setting 'offlin'"),
        ('offline = "yes"', "true or false"),
        ('prefer = "newest"', "must be one of"),
        (f'key-pattern = "{"x" * 5000}"', "holds a value of more than"),
        (f'omit = ["{"x" * 5000}"]', "holds a value of more than"),
        (f'[per-file-ignores]\n"{"[!" * 600}" = ["CN2"]', "has more than 1,000 patterns, or one"),
        (
            "[per-file-ignores]\n" + "".join(f'"{i}" = ["CN2"]\n' for i in range(1001)),
            "has more than 1,000 patterns",
        ),
        ("select = 3", "list of strings"),
        ("a = [", "cannot be read as TOML"),
    ],
)
def test_a_bad_file_says_what_is_wrong(tmp_path, text, complaint):
    (tmp_path / "citenorm.toml").write_text(text)
    with pytest.raises(ConfigError, match=complaint):
        load_config(start=tmp_path)


def test_a_named_file_must_exist(tmp_path):
    with pytest.raises(ConfigError, match="no such configuration file"):
        load_config(tmp_path / "none.toml")


def test_select_and_ignore_by_code_name_and_file():
    config = Config(
        select=("CN2", "wrong-identifier"),
        ignore=("title-variant",),
        per_file_ignores={"old/*.bib": ("CN201",)},
    )
    assert config.wants("CN201", "superseded-preprint", "new.bib")
    assert not config.wants("CN201", "superseded-preprint", "old/a.bib")
    assert not config.wants("CN202", "title-variant")
    assert config.wants("CN307", "wrong-identifier")
    assert not config.wants("CN401", "missing-venue")


@pytest.mark.parametrize(
    "text", ["tool = 3", "[[tool]]\na = 1", "[tool]\ncitenorm = 3", "x = " + "[" * 5000]
)
def test_a_pyproject_of_another_shape_is_no_traceback(tmp_path, text):
    (tmp_path / "pyproject.toml").write_text(text)
    try:
        assert load_config(start=tmp_path).path is None
    except ConfigError as error:
        assert "pyproject.toml" in str(error)


SHAPE_BIB = """@article{b, author = {Reed, Ann}, title = {Weaving}, journal = {Journal of Machine Learning Research}, year = {2001}, abstract = {Long}}

@article{a, author = {Loom, Karl}, title = {Reeds}, journal = {Cloth}, year = {2003}}
"""


def test_order_fields_venues_and_keys_stand_in_the_settings(tmp_path, monkeypatch, capsys):
    from citenorm.cli import main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(SHAPE_BIB)
    (tmp_path / "citenorm.toml").write_text(
        'sort = "key"\nomit = ["abstract"]\nvenues = "short"\nkey-pattern = "{Author}{yy}"\nunverified = "field"\n'
    )
    assert main(["fix", "refs.bib", "--form-only"]) == 0
    out = capsys.readouterr().out
    assert out.index("{a,") < out.index("{b,") and "abstract" not in out
    assert "J. Mach. Learn. Res." in out
    assert main(["fix", "refs.bib", "--form-only", "--keys", "--key-map", "map.json"]) == 0
    assert "@article{Reed01," in capsys.readouterr().out
    assert main(["fix", "refs.bib", "--form-only", "--venues", "long", "--sort", "year"]) == 0
    out = capsys.readouterr().out
    assert out.index("{b,") < out.index("{a,"), "an option goes before the settings"
    assert "Journal of Machine Learning Research" in out
    (tmp_path / "list.txt").write_text("Reed, A. (2001). Weaving in water. Cloth Press.\n")
    assert main(["fix", "list.txt", "--offline", "-q"]) == 0
    assert "{Reed01," in capsys.readouterr().out


@pytest.mark.parametrize(
    "text, complaint",
    [
        ('sort = "size"', "must be one of key, author, year, title"),
        ('venues = "tiny"', "must be one of short, long"),
        ('omit = "abstract"', "list of strings"),
        ('unverified = "loud"', "must be one of comment, field, none"),
    ],
)
def test_a_form_that_is_none_is_refused(tmp_path, text, complaint):
    (tmp_path / "citenorm.toml").write_text(text)
    with pytest.raises(ConfigError, match=complaint):
        load_config(start=tmp_path)


def test_a_pattern_of_keys_in_the_settings_that_is_none(tmp_path, monkeypatch, capsys):
    from citenorm.cli import main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "citenorm.toml").write_text('key-pattern = "{nobody}"\n')
    (tmp_path / "refs.bib").write_text(SHAPE_BIB)
    assert main(["fix", "refs.bib", "--form-only"]) == 2
    assert "citenorm.toml: key-pattern: '{nobody}' is no pattern" in capsys.readouterr().err


def test_how_the_services_are_asked(tmp_path):
    file = tmp_path / "citenorm.toml"
    file.write_text(
        '[services]\nwithout = ["openalex"]\nmax-requests = 20\nmax-seconds = 1.5\npaces = { dblp = 4 }\n'
    )
    asking = load_config(file).services
    assert (asking.without, asking.max_requests, asking.max_seconds) == (("openalex",), 20, 1.5)
    assert asking.paces == (("dblp", 4.0),)


@pytest.mark.parametrize(
    "text",
    ["services = 3", "[services]\nurls = {}", '[services]\nwithout = "x"', "[services]\nmax-requests = -1",
     "[services]\nmax-seconds = true", '[services]\npaces = { dblp = "fast" }', '[services]\nkeys = { openalex = "x" }'],
)  # fmt: skip
def test_wrong_settings_of_services_are_told(tmp_path, text):
    file = tmp_path / "citenorm.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match="services"):
        load_config(file)


@pytest.mark.parametrize(
    "text",
    [".".join("a" * 100_000) + " = 1\n", "[" + "a . " * 100_000 + "a]\n", "# \n" * 1_000_000],
)
def test_settings_that_would_take_ages_to_read_are_refused(tmp_path, text):
    (tmp_path / "citenorm.toml").write_text(text)
    begun = time.process_time()
    with pytest.raises(ConfigError):
        load_config(start=tmp_path)
    assert time.process_time() - begun < 20


def test_an_address_that_would_break_a_header_is_refused(tmp_path):
    (tmp_path / "citenorm.toml").write_text('mailto = "a@b.org\\r\\nX-Other: b"\n')
    with pytest.raises(ConfigError, match="line break"):
        load_config(start=tmp_path)
