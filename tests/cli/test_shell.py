"""Completion for shells, and a command that is stopped."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from citenorm.cli import COMMANDS, main
from citenorm.cli.completion import whole_parser


def test_every_command_with_its_options_is_completed(capsys):
    pytest.importorskip("shtab")
    assert main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in COMMANDS) and "--fail-on" in script
    if shutil.which("bash"):
        assert subprocess.run(["bash", "-n"], input=script, text=True).returncode == 0
    assert main(["completion", "zsh"]) == 0 and capsys.readouterr().out.startswith("#compdef citenorm")  # fmt: skip
    assert main(["completion", "csh"]) == 2


def test_one_parser_holds_what_each_command_takes():
    whole = whole_parser()
    args = whole.parse_args(["check", "a.bib", "--fail-on", "error", "--select", "CN5"])
    assert (args.command, args.file, args.fail_on) == ("check", ["a.bib"], "error")
    assert whole.parse_args(["catalogue", "info", "x"]).verb == "info"
    assert main(["check", "--no-such"]) == 2  # the commands are as they were


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_command_that_is_stopped_says_so_in_one_line(tmp_path):
    done = subprocess.Popen(
        [sys.executable, "-m", "citenorm", "check", "-", "--offline"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
    )  # fmt: skip
    while not _reads(done.pid):
        time.sleep(0.05)
        assert done.poll() is None
    done.send_signal(signal.SIGINT)
    out, err = done.communicate()
    assert done.returncode == 130 and err == "citenorm: stopped\n" and out == ""


def _reads(pid):
    """The process waits for its input."""
    try:
        with open(f"/proc/{pid}/wchan") as file:
            return "pipe" in file.read()
    except OSError:
        time.sleep(2)
        return True
