"""Make the sample workbooks in ``inputs/``: ``python -m tools.make_samples``.

The same code gives the same bytes, for all times in the archives are fixed.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from scheduler.files.samples import SAMPLES
from scheduler.files.workbook.write_input import write_input

INPUTS = Path(__file__).resolve().parent.parent / "inputs"

OLDEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can contain."""

PROPERTIES = "docProps/core.xml"
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def main() -> None:
    """Write every sample."""
    INPUTS.mkdir(exist_ok=True)
    for path in write_samples(INPUTS):
        print(path.name)


def write_samples(folder: Path) -> list[Path]:
    """Write every sample into a folder and return the files, ordered as `SAMPLES`."""
    paths = []
    for name, make in SAMPLES.items():
        problem = make()
        path = folder / f"{name}-{problem.period.first:%Y-%m}.xlsx"
        write_input(problem, path)
        without_times(path)
        paths.append(path)
    return paths


def without_times(path: Path) -> None:
    """Set every time in a workbook's archive to a fixed one."""
    with zipfile.ZipFile(path) as archive:
        parts = [(part.filename, archive.read(part)) for part in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            if name == PROPERTIES:
                content = STAMP.sub(rb"\g<1>2026-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


if __name__ == "__main__":
    main()
