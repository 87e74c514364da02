"""Make the pictures of the READMEs: ``python -m tools.images``.

Prints the finished sample of ``outputs/sample`` with LibreOffice and keeps its first
page, and opens screens of the page on the samples in the system's Chromium.  Needs
``soffice``, ``pdftoppm`` and ``chromium`` on the path, and the dev extra.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "outputs" / "sample" / "sakura-2027-01.xlsx"
INPUT = ROOT / "inputs" / SAMPLE.name
IMAGES = ROOT / "docs" / "images"
PICTURE = IMAGES / "roster.png"

DOTS_PER_INCH = "100"
WIDTH, HEIGHT = 1366, 768
PATIENCE = 90_000
"""Milliseconds that a screen, or the search of an absence, may take."""


def main() -> None:
    """Write the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    _screens()
    _wall_sheet()


def _wall_sheet() -> None:
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["soffice", profile, "--headless", "--convert-to", "pdf"]
        subprocess.run([*convert, "--outdir", folder, str(SAMPLE)], check=True)
        page = ["-png", "-singlefile", "-f", "1", "-r", DOTS_PER_INCH]
        pdf = Path(folder) / SAMPLE.with_suffix(".pdf").name
        name = str(PICTURE.with_suffix(""))
        subprocess.run(["pdftoppm", *page, str(pdf), name], check=True)


def _screens() -> None:
    """Walk through the month of the sample, and keep what is seen on the way."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as driver,
        _served(Path(folder)) as address,
    ):
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        _keep(page, "home")
        page.click("nav >> text=来月の材料")
        page.wait_for_selector("#roster")
        _keep(page, "material")
        page.click("nav >> text=勤務表")
        page.wait_for_selector("#roster")
        # An edit that breaks something, with what is said of it at the cell.
        night = page.locator("#roster td[id^='c']", has_text="夜").nth(5)
        cell = f"#{night.get_attribute('id')}"
        page.click(cell)
        page.click(".say [data-pick='休']")
        page.wait_for_selector(f"{cell}.chg")
        page.click(cell)
        page.wait_for_selector(".say")
        _keep(page, "month")
        page.keyboard.press("Escape")
        page.click("nav >> text=急な休み")
        page.select_option("#who", index=7)
        page.click("form.ask .strip label >> nth=5")
        page.click("form.ask button[type=submit]")
        page.wait_for_selector(".plan")
        # Every plan, not the first that is found.
        page.wait_for_selector("#run[data-events='']")
        _keep(page, "sick")
        browser.close()


def _keep(page: Page, name: str) -> None:
    page.screenshot(path=IMAGES / f"page-{name}.png")


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve the page on copies of the samples; yield its first address."""
    (folder / "inputs").mkdir()
    shutil.copy(INPUT, folder / "inputs")
    shutil.copy(SAMPLE, folder)
    program = (sys.executable, "-m", "scheduler.cli")
    command = [*program, "open", str(folder), "--no-browser"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8")
    assert server.stderr is not None
    line = next(text for text in server.stderr if "http" in text)
    try:
        yield line[line.index("http") :].strip()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
