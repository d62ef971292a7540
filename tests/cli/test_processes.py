"""Processes that share the work end with the one that they work for, however it ends; one that is killed is one line."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")


def ids(parent):
    """The process numbers of the children of a process."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            state, ppid = stat.rpartition(")")[2].split()[:2]
            if int(ppid) == parent and state != "Z":
                found.append(int(entry.name))
    return found


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.fixture
def working(tmp_path):
    """A run that shares its work among two processes and waits for more of it, and these processes."""
    run = subprocess.Popen(
        [sys.executable, "-m", "citenorm", "match", "--lines", "-", "--offline", "--jobs", "2"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=tmp_path,
    )  # fmt: skip
    lines = b"Doe, J. (2001). Of ponds and lakes. Weide.\n" * 48 * 9
    run.stdin.write(lines)
    run.stdin.flush()
    until = time.monotonic() + 120
    while len(ids(run.pid)) < 2:
        assert run.poll() is None and time.monotonic() < until
        time.sleep(0.1)
    yield run, ids(run.pid)
    run.kill()
    run.stdin.close()
    run.stderr.close()
    run.wait()


def gone(workers):
    until = time.monotonic() + 60
    while any(map(alive, workers)) and time.monotonic() < until:
        time.sleep(0.1)
    return not any(map(alive, workers))


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGKILL"])
def test_workers_end_with_their_parent(working, name):
    run, workers = working
    run.send_signal(getattr(signal, name))
    run.wait(120)
    assert gone(workers)
    said = run.stderr.read().decode()
    if name == "SIGKILL":
        assert run.returncode == -signal.SIGKILL
    else:
        assert run.returncode == 128 + getattr(signal, name)
        assert said == "citenorm: stopped\n"


@pytest.mark.parametrize("lost", [1, 2])
def test_a_run_ends_where_python_lets_nothing_through(lost):
    code = (
        "import os, signal, time, citenorm.cli as cli\n"
        "cli.AGAIN = 0.3\n"
        "class Lost:\n"
        "    def __del__(self):\n"
        "        try:\n"
        "            os.kill(os.getpid(), signal.SIGTERM)\n"
        "        finally:\n"
        f"            time.sleep({lost - 1})\n"
        "class Command:\n"
        "    def run(rest):\n"
        "        Lost()\n"
        "        time.sleep(600)\n"
        "cli.import_module = lambda *_: Command\n"
        "raise SystemExit(cli.main(['parse']))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert run.returncode == 128 + signal.SIGTERM
    assert run.stderr.decode().endswith("citenorm: stopped\n")


def test_what_is_done_at_the_end_is_waited_for():
    code = (
        "import os, signal, time, citenorm.cli as cli\n"
        "cli.AGAIN = 0.2\n"
        "class Command:\n"
        "    def run(rest):\n"
        "        try:\n"
        "            os.kill(os.getpid(), signal.SIGTERM)\n"
        "        finally:\n"
        "            time.sleep(0.7)\n"
        "            print('done')\n"
        "cli.import_module = lambda *_: Command\n"
        "raise SystemExit(cli.main(['parse']))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert (run.stdout, run.returncode) == (b"done\n", 128 + signal.SIGTERM)


def test_a_worker_that_is_killed_is_one_line(working):
    run, workers = working
    os.kill(workers[0], signal.SIGKILL)
    run.stdin.close()
    assert run.wait(120) == 2
    said = run.stderr.read().decode()
    assert said == "citenorm: a process that shares the work ended before its time (killed, or out of memory?); try --jobs 1\n"  # fmt: skip
    assert gone(workers)


def test_what_reads_a_pdf_ends_with_its_parent(tmp_path):
    code = (
        "import time, citenorm\nfrom importlib import import_module\n"
        "pdf = import_module('citenorm.read.pdf')\n"
        "pdf.read_pdf = lambda data, name: time.sleep(600)\n"
        "citenorm.read(b'%PDF-1.4', name='a.pdf')"
    )
    run = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path)
    until = time.monotonic() + 120
    while not (readers := ids(run.pid)):
        assert run.poll() is None and time.monotonic() < until
        time.sleep(0.1)
    time.sleep(0.5)
    run.kill()
    run.wait()
    assert gone(readers)
