"""The review page in a real browser: decide by mouse and by keys, look up, undo, kill and resume, see the changes, write."""

import json
import re
import subprocess
import sys

import pytest

pytest.importorskip("selenium", reason="selenium is not installed")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from citenorm.cli import main
from citenorm.lock import parse_lock

REPORT = """# Report

## References

[1] Guo, Chuan, et al. "On calibration of modern neural networks." arXiv preprint arXiv:1706.04599 (2017).

[2] Yuanxiang Gao, Li Chen, Baochun Li: Spotlight: Optimizing Device Placement for Training Deep Neural Networks. ICML 2018: 1662-1670

[3] Nobody, Ann. "Slow &lt;script>document.title='owned'&lt;/script> rivers \u202edesrever\u202c". Journal of Ponds 3 (2011): 4-5.
"""
BIB = """@article{guo2017,
  title = {On calibration of modern neural networks},
  author = {Guo, Chuan and Pleiss, Geoff and Sun, Yu and Weinberger, Kilian Q.},
  journal = {arXiv preprint arXiv:1706.04599},
  year = {2017}
}
"""


class Review:
    """``citenorm review`` as a process, and a browser that shows its page."""

    def __init__(self, browser, folder, *words):
        self.browser, self.folder = browser, folder
        self.words = words or ("report.md", "refs.bib")
        self.process = None

    def start(self):
        code = "import sys; from citenorm.cli import main; sys.exit(main(sys.argv[1:]))"
        words = [
            sys.executable,
            "-c",
            code,
            "review",
            *self.words,
            "--offline",
            "--no-browser",
            "-q",
        ]
        self.process = subprocess.Popen(words, cwd=self.folder, stdout=subprocess.PIPE, text=True)
        url = self.process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:")
        self.browser.get(url)
        return self

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.communicate()

    def wait(self, condition):
        return WebDriverWait(self.browser, 30).until(lambda _: condition())

    def one(self, css):
        return self.browser.find_element(By.CSS_SELECTOR, css)

    def click(self, css):
        """Where nothing that stays at the edge of the window covers it."""
        there = self.one(css)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", there)
        there.click()

    def told(self, card):
        return self.text(f"#{card} .told")

    def text(self, css):
        """In one step: the card, or the page, may be drawn anew at any moment."""
        script = "return document.querySelector(arguments[0])?.textContent ?? ''"
        return self.browser.execute_script(script, css)

    def press(self, *keys):
        for key in keys:
            self.browser.switch_to.active_element.send_keys(key)

    @property
    def focus(self):
        return self.browser.switch_to.active_element.get_attribute("id")

    @property
    def said(self):
        return self.text("#say")

    def decisions(self):
        return list(parse_lock((self.folder / "citenorm.lock").read_text()).decisions.values())


@pytest.fixture
def review(browser, tmp_path):
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    made = Review(browser, tmp_path)
    yield made.start()
    made.kill()
    browser.get("about:blank")


def test_by_mouse(review):
    assert review.browser.title == "Review of report.md, refs.bib"
    assert "0 of 4" in review.text("#howmany")
    review.one("#r1 .remark").send_keys("as Ann said")
    review.click("#r1 [data-act=accept]")
    review.wait(lambda: "accepted" in review.told("r1"))
    assert [d.note for d in review.decisions()] == ["as Ann said"]
    assert "1 of 4" in review.text("#howmany") and review.focus == "r2"
    assert review.one("#r1 .remark").get_attribute("value") == "as Ann said"
    assert not review.one("#r3 [data-act=accept]").is_enabled()
    review.one("#r3 .ident").send_keys("no number" + Keys.ENTER)
    review.wait(lambda: "neither" in review.said)
    field = review.one("#r3 .ident")
    field.clear()
    field.send_keys("https://arxiv.org/abs/1706.04599" + Keys.ENTER)
    button = review.wait(
        lambda: review.browser.find_elements(By.CSS_SELECTOR, "#r3 .decide .cands button")
    )
    assert len(button) == 1
    review.click("#r3 .decide .cands button")
    review.wait(lambda: "accepted" in review.told("r3"))
    assert "On Calibration" in review.one("#r3 h3").text
    review.click("#r3 [data-act=undo]")
    review.wait(lambda: review.told("r3") == "not decided")
    assert len(review.decisions()) == 1
    assert review.browser.title != "owned" and "desrever" in review.one("#r3 .said").text


def test_by_keys_alone(review):
    review.press("j")
    assert review.focus == "r1"
    review.press("v")
    review.wait(lambda: "kept as cited" in review.told("r1"))
    assert review.focus == "r2"
    review.press("n", *"see p. 3", Keys.ESCAPE)
    assert review.focus == "r2"
    review.press("x")
    review.wait(lambda: review.told("r2").endswith("left alone"))
    assert sorted(d.note for d in review.decisions()) == ["", "see p. 3"]
    review.press("k", "u")
    review.wait(lambda: review.told("r2") == "not decided")
    review.press("?")
    assert review.one("#help").is_displayed()
    review.press(Keys.ESCAPE)
    Select(review.one("#due")).select_by_value("decided")
    shown = review.browser.find_elements(By.CSS_SELECTOR, ".card:not([hidden])")
    assert [c.get_attribute("id") for c in shown] == ["r1"]


def test_the_file_is_written_after_its_changes_were_shown(review):
    before = (review.folder / "refs.bib").read_bytes()
    review.click("#r4 [data-act=accept]")
    review.wait(lambda: "accepted" in review.told("r4"))
    review.press("w")
    review.wait(lambda: review.one("#changes").is_displayed())
    diff = review.one("#diff").text
    assert "-  journal = {arXiv preprint" in diff and re.search(r"^\+  booktitle = ", diff, re.M)
    review.click("#cancel")
    assert (review.folder / "refs.bib").read_bytes() == before
    review.click('[data-file="1"]')
    review.wait(lambda: review.one("#write").is_displayed() and review.one("#write").is_enabled())
    review.click("#write")
    review.wait(lambda: "was written" in review.said)
    assert "booktitle" in (review.folder / "refs.bib").read_text()
    assert "accepted" in review.told("r4") and len(review.decisions()) == 2


def test_the_tool_bar_covers_no_card_that_is_jumped_to(review):
    review.press("j", "j", "j")
    top = "return document.getElementById(arguments[0]).getBoundingClientRect()."
    bar = review.browser.execute_script(top + "bottom", "tools")
    assert review.focus == "r3" and review.browser.execute_script(top + "top", "r3") >= bar


def test_killed_and_begun_again(review):
    review.click("#r1 [data-act=accept]")
    review.wait(lambda: "accepted" in review.told("r1"))
    review.kill()
    review.press("x")
    review.wait(lambda: "has ended" in review.said)
    assert review.told("r2") == "not decided"
    review.browser.get_log("browser")  # the refused connection
    review.start()
    assert "accepted" in review.told("r1") and "1 of 4" in review.text("#howmany")


def test_a_tab_that_saw_an_older_state_is_loaded_anew(review):
    first, url = review.browser.current_window_handle, review.browser.current_url
    review.one("#r2 .remark").send_keys("not lost")
    review.browser.switch_to.new_window("tab")
    review.browser.get(url)
    review.click("#r1 [data-act=leave]")
    review.wait(lambda: "left alone" in review.told("r1"))
    review.browser.close()
    review.browser.switch_to.window(first)
    review.click("#r2 [data-act=leave]")
    review.wait(lambda: "nothing was done" in review.said)
    assert "left alone" in review.told("r1") and review.told("r2") == "not decided"
    assert review.one("#r2 .remark").get_attribute("value") == "not lost"
    assert "409" in "".join(e["message"] for e in review.browser.get_log("browser"))


# ------------------------------------------------------------------ candidates
EVIL = """<script>document.title='owned'</script>\u202edesrever\u202c"'><img src=x onerror="document.title='owned'"> \x1b[31mred"""
PONDS = [
    {"id": "p1", "type": "article-journal", "title": "Watching winter ponds from above", "author": [{"family": "Li", "given": "Jia"}],
     "container-title": "Journal of Ponds " + EVIL, "issued": {"date-parts": [[2020]]}, "volume": "4", "page": "1-9"},
    {"id": "p2", "type": "article-journal", "title": "Watching winter ponds from above", "author": [{"family": "Li", "given": "Jun"}],
     "container-title": "Pond Letters", "issued": {"date-parts": [[2020]]}, "volume": "11", "page": "20-30", "URL": "javascript:document.title='owned'"},
]  # fmt: skip


@pytest.fixture(scope="module")
def ponds(tmp_path_factory):
    """A catalogue in which one reference fits two works, one of them with a hostile venue."""
    folder = tmp_path_factory.mktemp("ponds")
    rows = "".join(json.dumps(row) + "\n" for row in PONDS)
    (folder / "ponds.jsonl").write_text(rows, encoding="utf-8")
    assert main(["catalogue", "build", str(folder / "cat"), f"csl:{folder / 'ponds.jsonl'}"]) == 0
    return folder / "cat"


@pytest.fixture
def doubtful(browser, tmp_path, ponds):
    text = '# Report\n\n## References\n\n[1] Li, J. "Watching winter ponds from above." 2020.\n'
    (tmp_path / "report.md").write_text(text, encoding="utf-8")
    made = Review(browser, tmp_path, "report.md", "--only-catalogue", "--catalogue", str(ponds))
    yield made.start()
    made.kill()
    browser.get("about:blank")


def test_a_candidate_is_picked_by_mouse_and_another_by_key(doubtful):
    review = doubtful
    assert review.one("#r1").get_attribute("data-o") == "doubtful"
    assert not review.one("#r1 [data-act=accept]").is_enabled()
    ids = [e.get_attribute("data-id") for e in review.browser.find_elements(By.CSS_SELECTOR, "#r1 > .cands > li")]  # fmt: skip
    assert sorted(ids) == ["p1", "p2"]
    review.click('#r1 > .cands > [data-id="p2"] button')
    review.wait(lambda: "accepted: p2" in review.told("r1"))
    assert [d.record for d in review.decisions()] == ["p2"]
    assert "Pond Letters" in review.text("#r1 .two table")
    review.press("u")
    review.wait(lambda: review.told("r1") == "not decided")
    review.press(str(ids.index("p1") + 1))
    review.wait(lambda: "accepted: p1" in review.told("r1"))
    assert [d.record for d in review.decisions()] == ["p1"]


def test_what_a_source_says_is_text_in_candidates_fields_and_changes(doubtful):
    review = doubtful
    seen = [review.text("#r1 > .cands")]
    review.click('#r1 > .cands > [data-id="p1"] button')
    review.wait(lambda: "accepted" in review.told("r1"))
    seen.append(review.text("#r1 .two table"))
    review.press("w")
    review.wait(lambda: review.one("#changes").is_displayed())
    seen.append(review.text("#diff"))
    for text in seen:
        assert "<script>" in text and "\u202e" not in text and "\x1b" not in text
    assert "+[1] Li, J" in seen[2]
    scripts = "return [document.scripts.length, document.querySelectorAll('main img, main script, dialog img').length, document.querySelectorAll('a[href^=javascript]').length]"  # fmt: skip
    assert review.browser.execute_script(scripts) == [1, 0, 0]
    assert review.browser.title == "Review of report.md"
