#!/usr/bin/env bash
# Runs every example, offline.  The tests look at what they print; here it only has to succeed.
set -euo pipefail
cd "$(dirname "$0")"
run() { echo "\$ $*"; "$@" >/dev/null; }
run citenorm fix seminar-report.md --offline --quiet
run citenorm fix seminar-report.md --offline --mentions --format csl-json --quiet
run citenorm fix reading-list.txt --offline --format biblatex --quiet
run citenorm fix conference-notes.md --offline --mentions --quiet
run citenorm find conference-notes.md --mentions --quiet
run citenorm explain seminar-report.md:21 --offline
run citenorm rule superseded-preprint
citenorm check seminar-report.md --offline --quiet >/dev/null && echo "check: expected findings" && exit 1 || test $? -eq 1
run python library_use.py
echo "examples: all ran"
