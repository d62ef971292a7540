"""LaTeX in a value: commands that do more than print, which no title needs and a hostile one may hold.

They read and write files, run programs, define commands or change what letters mean.  Commands that print (``\\alpha``, ``\\emph``,
macros of an author's own) are none of them.
"""

from __future__ import annotations

import re

_WORDS = """
input @@input @input include InputIfFileExists IfFileExists openin openout read readline closein closeout write immediate newread newwrite
ShellEscape pdfshellescape directlua latelua luaexec luadirect luafunction special pdfliteral pdfextension pdfobj pdffiledump pdffilesize
filedump  lstinputlisting verbatiminput VerbatimInput includegraphics includepdf import subimport subfile usepackage RequirePackage
documentclass  bibliography addbibresource loadclass LoadClass  catcode mathcode lccode uccode sfcode delcode endlinechar escapechar
newlinechar active def edef gdef xdef let futurelet newcommand renewcommand  providecommand DeclareRobustCommand NewDocumentCommand
RenewDocumentCommand newenvironment renewenvironment csname endcsname expandafter  scantokens makeatletter makeatother begingroup aftergroup
afterassignment everypar everymath everydisplay everyhbox everyvbox everyjob everycr  everyeof AtBeginDocument AtEndDocument AddToHook
primitive meaning global outer long  loop repeat output shipout batchmode nonstopmode scrollmode errorstopmode endinput end bye stop
"""
DOING = frozenset(_WORDS.split())
"""Commands of files and programs; of what letters and commands mean; of what does not end, or hides errors."""
_COMMAND = re.compile(r"\\([A-Za-z@]+)|\^\^")
_HARMLESS_END = re.compile(r"\\end\{")


def commands(text: str) -> list[str]:
    """The commands in a text that do more than print, in order; ``^^`` (a letter by its number, TeX's other way to write a backslash) among them."""
    if "\\" not in text and "^^" not in text:
        return []
    return [m[0] for m in _COMMAND.finditer(text) if _does(m)]


def disarmed(text: str) -> str:
    """The text with these commands printed as they are written instead of run."""
    return _COMMAND.sub(lambda m: _printed(m[0]) if _does(m) else m[0], text)


def _does(match: re.Match[str]) -> bool:
    if match[1] is None:
        return True
    return match[1] in DOING and not _HARMLESS_END.match(match.string, match.start())


def _printed(command: str) -> str:
    if command == "^^":
        return "{\\textasciicircum}{\\textasciicircum}"
    return "{\\textbackslash}" + command[1:]
