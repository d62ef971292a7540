"""A folder stands for the files in it, whatever stands in the ignore files and links of a stranger's repository."""

import os
import time

import pytest

from citenorm.cli import main

BIB = "@misc{a,\n  title = {Of Ponds},\n  author = {Doe, J.},\n  year = {2001}\n}\n"


@pytest.fixture
def repository(tmp_path, monkeypatch):
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    (folder / "a.bib").write_text(BIB)
    monkeypatch.chdir(folder)
    return folder


def checked(capsys, *words):
    status = main(["check", "--offline", *words])
    out, err = capsys.readouterr()
    assert "fault" not in err
    return status, out + err


def test_links_out_of_the_folder_are_told_and_not_followed(repository, tmp_path, capsys):
    (tmp_path / "thesis.bib").write_text(BIB.replace("Of Ponds", "of the own thesis:  NASA"))
    (repository / "outside.bib").symlink_to(tmp_path / "thesis.bib")
    (repository / "inside.bib").symlink_to("a.bib")
    (repository / "nowhere.bib").symlink_to("gone.bib")
    os.mkfifo(repository / "pipe.bib")
    before = (tmp_path / "thesis.bib").read_bytes()
    status, said = checked(capsys, ".")
    assert status == 0 and "findings in 2 files" in said
    assert "outside.bib: a link out of the folder" in said and "nowhere.bib: a link that leads nowhere" in said  # fmt: skip
    assert main(["fix", "--offline", "--in-place", "."]) == 0
    assert (tmp_path / "thesis.bib").read_bytes() == before
    assert main(["fix", "--offline", "--in-place", "outside.bib"]) == 0  # a person named it
    assert (tmp_path / "thesis.bib").read_bytes() != before
    assert (repository / "outside.bib").is_symlink()


def test_patterns_that_could_take_ages_are_told_and_not_used(repository, capsys):
    name = "a" * 200 + ".bib"
    (repository / name).write_text(BIB)
    (repository / ".gitignore").write_text("*a" * 30 + "c\n!\n" + "x" * 5000 + "\na.bib\n")
    begun = time.process_time()
    status, said = checked(capsys, ".")
    assert time.process_time() - begun < 20
    assert status == 0 and "in 1 file" in said
    assert ".gitignore:1: a pattern that is not used: it has more than 3 stars" in said
    assert ".gitignore:2: " in said and ".gitignore:3: " in said


@pytest.mark.parametrize("pattern", ["*a" * 30 + "c", "*" * 30 + "c", "[a-+]", "!", "x" * 5000])
def test_such_patterns_of_settings_are_refused(repository, capsys, pattern):
    status, said = checked(capsys, "--exclude", pattern, ".")
    assert status == 2 and said.count("\n") == 1 and "--exclude" in said
    (repository / "citenorm.toml").write_text(f'exclude = ["{pattern}"]\n')
    status, said = checked(capsys, ".")
    assert status == 2 and "citenorm.toml: exclude" in said


@pytest.mark.parametrize(
    "named", ["/dev/zero", "pipe", "zero", "huge", ",".join(["a"] * 50_000), "/etc/passwd", "bomb"]
)
def test_a_text_cannot_have_devices_pipes_and_other_files_read(repository, capsys, named):
    os.mkfifo(repository / "pipe.bib")
    (repository / "zero.bib").symlink_to("/dev/zero")
    with open(repository / "huge.bib", "wb") as file:
        file.truncate(2**40)
    (repository / "bomb.bib").write_text(
        "@string{a0={x}}" + "".join(f"@string{{a{i}=a{i - 1} # a{i - 1}}}" for i in range(1, 60))
    )
    (repository / "a.tex").write_text(f"\\cite{{other}} \\bibliography{{{named}}}\n")
    status, said = checked(capsys, "a.tex")
    known = named.startswith("a,")
    assert ("other" in said) == known and (status == 1) == known and "root" not in said


def test_the_editor_reads_no_devices_pipes_and_other_files(repository):
    protocol = pytest.importorskip("citenorm.server.protocol")
    os.mkfifo(repository / "pipe.bib")
    (repository / "zero.md").symlink_to("/dev/zero")
    (repository / "nul.bib").write_bytes(b"\0")
    assert [protocol._text(n) for n in ("pipe.bib", "zero.md", "nul.bib", "gone.bib")] == [""] * 4
    assert protocol._text("a.bib") == BIB
