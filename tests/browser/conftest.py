"""A headless Chromium for the tests that look at pages; where there is none they are skipped, and say why."""

import os
import shutil
import tempfile

import pytest

FLAGS = ["--headless=new", "--force-prefers-reduced-motion", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--disable-extensions", "--window-size=1280,900"]  # fmt: skip


def _binary():
    named = os.environ.get("CITENORM_BROWSER", "")
    return named or next(
        (p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), ""
    )


@pytest.fixture(scope="session")
def _chromium():
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    browser, service = _binary(), shutil.which("chromedriver")
    if not browser or not service:
        pytest.skip("no Chromium with its chromedriver on this machine")
    from selenium.common.exceptions import WebDriverException

    options = webdriver.ChromeOptions()
    options.binary_location = browser
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        try:
            driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(service))
        except WebDriverException as error:
            pytest.skip(f"Chromium does not start here: {str(error).splitlines()[0]}")
        driver.set_script_timeout(60)
        driver.set_page_load_timeout(60)
        yield driver
        driver.quit()


@pytest.fixture
def browser(_chromium):
    """The browser; its console must stay empty."""
    _chromium.get_log("browser")
    yield _chromium
    told = [
        entry["message"] for entry in _chromium.get_log("browser") if entry["level"] == "SEVERE"
    ]
    assert not told
