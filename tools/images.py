"""Make the README's picture of the break-room sheet: ``python -m tools.images``.

Prints the finished sample of ``outputs/sample`` with LibreOffice and keeps its first
page.  Needs ``soffice`` and ``pdftoppm`` on the path.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "outputs" / "sample" / "sakura-2027-01.xlsx"
PICTURE = ROOT / "docs" / "images" / "roster.png"

DOTS_PER_INCH = "100"


def main() -> None:
    """Write the picture."""
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["soffice", profile, "--headless", "--convert-to", "pdf"]
        subprocess.run([*convert, "--outdir", folder, str(SAMPLE)], check=True)
        page = ["-png", "-singlefile", "-f", "1", "-r", DOTS_PER_INCH]
        pdf = Path(folder) / SAMPLE.with_suffix(".pdf").name
        name = str(PICTURE.with_suffix(""))
        subprocess.run(["pdftoppm", *page, str(pdf), name], check=True)


if __name__ == "__main__":
    main()
