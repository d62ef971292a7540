"""Whatever goes wrong is one line and exit status 2; text from outside is one line that steers nothing."""

import json

import pytest

from citenorm.cli import main
from citenorm.jsontext import one_line
from citenorm.printable import printable
from citenorm.report.diagnostics import FORMATS


@pytest.fixture
def broken(monkeypatch):
    def fails(*_args, **_more):
        raise TypeError("no\nsense \x1b[2J")

    monkeypatch.setattr("citenorm.bib.read", fails)
    monkeypatch.setattr("citenorm.cli.rule.run", fails)


def test_a_fault_of_citenorm_is_one_line(broken, capsys):
    assert main(["rule"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert err.startswith("citenorm: rule: a fault of citenorm, not of the input: TypeError: no sense \ufffd[2J")  # fmt: skip
    assert "test_last_net.py:" in err and "--debug" in err


def test_debug_shows_it_whole(broken, tmp_path):
    for args in (["--debug", "rule"], ["rule", "--debug"]):
        with pytest.raises(TypeError):
            main(args)
    (tmp_path / "a.bib").write_text("@misc{a, title={B}}")
    with pytest.raises(TypeError):
        main(["find", "--debug", str(tmp_path / "a.bib")])


def test_after_a_fault_in_one_file_the_others_are_read(broken, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.bib").write_text("@misc{a, title={B}}")
    (tmp_path / "b.md").write_text("# References\n\nDoe, J. (2001). On ponds. Weide.\n")
    assert main(["find", "a.bib", "b.md"]) == 2
    out, err = capsys.readouterr()
    assert "Doe, J. (2001). On ponds" in out
    assert "TypeError" in err and "Traceback" not in err


def test_a_text_from_outside_is_one_line_that_steers_nothing():
    assert printable("plain – ünïcode") == "plain – ünïcode"
    assert printable("a\n::error::b\r\u2028c\td") == "a ::error::b  c d"
    assert printable("\x1b]0;x\x07\x9b2J\u202eabc\u200f") == "\ufffd]0;x\ufffd\ufffd2J\ufffdabc\ufffd"  # fmt: skip


def test_no_line_of_check_begins_with_a_value(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.bib").write_text(
        "@inproceedings{a,\n  title = {Deep Residual Learning for Image Recognition},\n"
        "  author = {He, Kaiming and Zhang, Xiangyu and Ren, Shaoqing and Sun, Jian},\n"
        "  doi = {doi:10.1/\n::error::owned\x1b[2J}\n}\n"
    )
    for form in ("text", "concise"):
        main(["check", "--offline", "--verbose", "--output-format", form, "a.bib"])
        out, err = capsys.readouterr()
        assert "owned" in out
        assert not any(line.startswith("::") for line in (out + err).splitlines())
        assert "\x1b" not in out + err


def test_lines_of_json_hold_no_escape_sequence():
    row = {"title": "a\x9b2J\u202eb\x1b[0m\u2067"}
    line = one_line(row)
    assert line.isprintable() and json.loads(line) == row


def test_what_is_printed_on_a_terminal_does_not_steer_it(tmp_path, monkeypatch, capsys):
    text = "@misc{a,\n  title = {Of \u202eponds\x1b[2k},\n  year = {2001}\n}\n"
    (tmp_path / "a.bib").write_text(text)
    main(["fix", "--offline", str(tmp_path / "a.bib")])
    assert capsys.readouterr().out == text  # into a file or a pipe: byte for byte
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    main(["fix", "--offline", str(tmp_path / "a.bib")])
    out = capsys.readouterr().out
    assert "\x1b" not in out and "\u202e" not in out and out.count("\n") == text.count("\n")


def test_what_is_told_of_a_file_steers_nothing_in_a_pipe_either(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.bib").write_text("@misc{\u202ea\x1b[2J,\n  titel = {Of \u202eponds\x1b[2J}\n}\n")
    for command in (
        ["fix"],
        ["explain"],
        *(["check", "--output-format", form] for form in FORMATS),
    ):
        main([*command, "--offline", "a.bib"])
        out, err = capsys.readouterr()
        told = err if command == ["fix"] else out + err
        assert told and "\x1b" not in told and "\u202e" not in told


class PanicException(BaseException):
    """As what is no Exception in the index engine's panics."""


def test_a_panic_of_a_library_is_one_line_too(monkeypatch, capsys):
    def fails(argv):
        raise PanicException("mid > len")

    monkeypatch.setattr("citenorm.cli.rule.run", fails)
    assert main(["rule"]) == 2
    assert "PanicException: mid > len" in capsys.readouterr().err


def test_without_a_home_the_run_goes_on(tmp_path, monkeypatch, capsys):
    import platformdirs

    from citenorm.folders import NOWHERE, cache_folder, data_folder

    def none(*_args, **_more):
        raise RuntimeError("could not determine the home directory")

    monkeypatch.delenv("CITENORM_CACHE_DIR", raising=False)
    monkeypatch.setattr(platformdirs, "user_data_dir", none)
    monkeypatch.setattr(platformdirs, "user_cache_dir", none)
    assert cache_folder() == data_folder() == NOWHERE
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.bib").write_text("@misc{a,\n  title = {Of Ponds},\n  year = {2001}\n}\n")
    assert main(["check", "--offline", "a.bib"]) == 0
    assert main(["cache", "info"]) == 0
    assert "fault" not in capsys.readouterr().err


def test_a_working_folder_that_is_gone_is_one_line(tmp_path, monkeypatch, capsys):
    def gone():
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr("os.getcwd", gone)
    assert main(["rule"]) == 2
    assert capsys.readouterr().err == "citenorm: the working folder: no such file or directory; change to another\n"  # fmt: skip
