"""Names of files: which are free, and which every operating system allows."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

MOST_NAMES = 99
"""Number of names that are tried: name.xlsx, name-2.xlsx, and so on."""

LONGEST_NAME = 255
"""Longest file name, in bytes, that most file systems allow."""

FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：”／＼｜？＊")
"""Characters that Windows forbids in file names, and look-alikes that it allows."""

RESERVED = {"CON", "PRN", "AUX", "NUL"} | {
    f"{device}{number}" for device in ("COM", "LPT") for number in range(1, 10)
}
"""Device names, which Windows forbids as file names whatever the suffix."""


def free_name(path: Path) -> Path:
    """Return the first of name, name-2, name-3, ... that no file has."""
    return next((name for name in numbered(path) if not os.path.lexists(name)), path)


def taken_names(path: Path) -> tuple[Path, ...]:
    """Return the existing files among name, name-2, name-3, ..."""
    return tuple(name for name in numbered(path) if os.path.exists(name))


def safe_name(text: str) -> str:
    """Return text as (part of) a file name that every operating system allows."""
    composed = unicodedata.normalize("NFC", text).translate(FORBIDDEN)
    letters = (c for c in composed if unicodedata.category(c)[0] != "C")
    name = "".join(letters).strip().rstrip(". ")
    device = name.split(".")[0].strip().upper()
    return f"_{name}" if device in RESERVED or not name else name


def numbered(path: Path) -> Iterator[Path]:
    """Yield name, name-2, name-3, ..., with the stem cut to `LONGEST_NAME`."""
    yield path
    for number in range(2, MOST_NAMES + 1):
        stem, end = path.stem, f"-{number}"
        while stem and len(os.fsencode(stem + end + path.suffix)) > LONGEST_NAME:
            stem = stem[:-1]
        yield path.with_stem(stem + end)
