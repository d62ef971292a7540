"""The report page in a real browser: filter, search, keys, copy, the drawing, and hostile text."""

import re

import pytest

pytest.importorskip("selenium", reason="selenium is not installed")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from citenorm.cli import main

REPORT = """# Report

## References

[1] Guo, Chuan, et al. "On calibration of modern neural networks." International Conference on Machine Learning. PMLR, 2017.

[2] Yuanxiang Gao, Li Chen, Baochun Li: Spotlight: Optimizing Device Placement for Training Deep Neural Networks. ICML 2018: 1662-1670

[3] Quux, Anna. "Slow rivers of the north in winter light." Journal of Ponds 3 (2011): 4-5. doi:10.1234/rivers

[4] Nobody, Ann. "Zuñiga's pond <script>document.title='owned'</script> \u202edesrever\u202c". Journal of "Ponds", 2001.
"""


def wait(browser, condition):
    return WebDriverWait(browser, 30).until(lambda _: condition())


def shown(browser):
    return [
        c.get_attribute("id") for c in browser.find_elements(By.CSS_SELECTOR, ".card:not([hidden])")
    ]


@pytest.fixture
def opened(browser, tmp_path):
    source, target = tmp_path / "report.md", tmp_path / "page.html"
    source.write_text(REPORT, encoding="utf-8")
    main(["check", str(source), "--offline", "--output-format", "html", "-o", str(target)])
    browser.get(target.as_uri())
    return browser


def test_filters_narrow_and_clear_widens(opened):
    assert shown(opened) == ["r1", "r2", "r3", "r4"]
    opened.find_element(By.ID, "q").send_keys("zuniga")
    wait(opened, lambda: shown(opened) == ["r4"])
    opened.find_element(By.ID, "clear").click()
    assert len(shown(opened)) == 4
    Select(opened.find_element(By.ID, "rule")).select_by_value("CN311")
    assert "r2" in shown(opened) and "r4" not in shown(opened)
    opened.find_element(By.ID, "clear").click()
    Select(opened.find_element(By.ID, "sev")).select_by_value("error")
    assert shown(opened) == ["r3"]
    opened.find_element(By.TAG_NAME, "body").send_keys(Keys.ESCAPE)
    assert len(shown(opened)) == 4
    key = opened.find_element(By.CSS_SELECTOR, ".key[data-o=unknown]")
    key.click()
    assert key.get_attribute("aria-pressed") == "true" and shown(opened) == ["r4"]
    assert opened.find_element(By.ID, "count").text == "1 shown"


def test_the_keyboard_alone_is_enough(opened):
    body = opened.find_element(By.TAG_NAME, "body")
    body.send_keys("j")
    assert opened.switch_to.active_element.get_attribute("id") == "r1"
    for key, now in (("j", "r2"), ("j", "r3"), ("k", "r2")):
        opened.switch_to.active_element.send_keys(key)
        assert opened.switch_to.active_element.get_attribute("id") == now
    opened.switch_to.active_element.send_keys("e")
    fall = wait(opened, lambda: opened.find_elements(By.CSS_SELECTOR, "#r2 .fall"))
    assert len(fall[0].find_elements(By.TAG_NAME, "u")) >= 4
    assert re.search(
        r"= \+\d+\.\d\d log2 odds: probability 0\.99",
        opened.find_element(By.CSS_SELECTOR, "#r2 .why").text,
    )
    widths = [u.rect["width"] for u in fall[0].find_elements(By.TAG_NAME, "u")]
    assert max(widths) > 40
    opened.switch_to.active_element.send_keys("/")
    assert opened.switch_to.active_element.get_attribute("id") == "q"


def clipboard(opened):
    """What was put there: a field is pasted into, as a person would."""
    box = opened.find_element(By.ID, "q")
    box.clear()
    opened.execute_script(
        "document.body.insertAdjacentHTML('beforeend','<textarea id=paste></textarea>')"
    )
    paste = opened.find_element(By.ID, "paste")
    paste.send_keys(Keys.CONTROL, "v")
    return paste.get_property("value")


def test_one_entry_and_all_entries_are_copied(opened):
    opened.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    opened.find_element(By.TAG_NAME, "body").send_keys("j")
    opened.switch_to.active_element.send_keys("c")
    wait(opened, lambda: opened.find_element(By.ID, "count").text == "copied 1 entry")
    text = clipboard(opened)
    assert text.startswith("@inproceedings{guo2017calibration,") and text.count("@") == 1
    opened.execute_script("document.getElementById('paste').remove()")
    opened.find_element(By.ID, "copyall").click()
    wait(opened, lambda: opened.find_element(By.ID, "count").text == "copied 4 entries")
    assert clipboard(opened).count("\n@") == 3


def test_text_of_the_document_is_text(opened):
    assert opened.title == "References of report.md"
    card = opened.find_element(By.ID, "r4")
    assert "⟨U+202E⟩desrever⟨U+202C⟩" in card.text
    assert len(opened.find_elements(By.TAG_NAME, "script")) == 1


def test_a_rule_opens_where_its_finding_links(opened):
    link = opened.find_element(By.CSS_SELECTOR, '#r2 a[href="#rule-CN311"]')
    opened.execute_script("arguments[0].click()", link)
    rule = opened.find_element(By.ID, "rule-CN311")
    wait(opened, lambda: rule.get_attribute("open") is not None)
    assert "Why it matters" in rule.text


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_is_wider_than_the_window(opened, width):
    opened.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    try:
        assert opened.execute_script("return document.documentElement.scrollWidth") <= width
    finally:
        opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_cards_are_whole_without_scripts(opened):
    opened.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened.refresh()
        assert "1676-1684" in opened.find_element(By.ID, "r2").text
        assert not opened.find_element(By.ID, "tools").is_displayed()
    finally:
        opened.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_where_there_is_nothing_to_filter_no_filters_are_shown(browser, tmp_path):
    source, target = tmp_path / "empty.md", tmp_path / "page.html"
    source.write_text("# Nothing here\n", encoding="utf-8")
    main(["check", str(source), "--offline", "--output-format", "html", "-o", str(target)])
    browser.get(target.as_uri())
    assert not browser.find_element(By.ID, "tools").is_displayed()
    assert "No references found" in browser.find_element(By.TAG_NAME, "main").text


def test_on_paper_there_is_what_can_be_read_there(opened):
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for css in ("#tools", "#r2 .why", "#r2 .cite", "section.rules h2"):
            assert not opened.find_element(By.CSS_SELECTOR, css).is_displayed(), css
        assert opened.find_element(By.CSS_SELECTOR, "#r2 .two table").is_displayed()
        opened.execute_script("document.querySelector('#r2 .why').open = true")
        assert opened.find_element(By.CSS_SELECTOR, "#r2 .why").is_displayed()
    finally:
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
