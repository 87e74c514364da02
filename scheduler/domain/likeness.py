"""Comparison of texts by their look: names that look the same are the same.

Width, blanks inside and around, invisible characters, variation selectors and ways of
composing a character make no difference.  Every comparison of names and symbols that
somebody typed goes through `look_of`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeVar

Text = TypeVar("Text", bound=str)

UNSEEN = re.compile(
    "["
    "\\u0000-\\u0008\\u000e-\\u001b\\u007f-\\u0084\\u0086-\\u009f"  # controls
    "\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f"
    "\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8"
    "\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff"
    "]+"
)
"""Control characters except blanks, and Unicode's default ignorable characters."""

BREAKS = re.compile("[\\t\\n\\v\\f\\r\\x1c-\\x1f\\x85\\u2028\\u2029]")
"""Line ends and tabs."""

DASHES = str.maketrans(dict.fromkeys("ー−―–—‐‑─━⁃", "-") | dict.fromkeys("〜∼", "~"))
"""Dashes and waves that look alike, mapped to the hyphen and the tilde."""

NEAREST = 2
"""Most known names proposed for an unknown one."""
NEAR = 0.5
"""Least similarity of a proposed name, from 0 to 1 (difflib's cutoff)."""


KATAKANA = {sign: sign + 0x60 for sign in range(0x3041, 0x3097)}
"""Hiragana, each mapped to its katakana."""

ALIKE = DASHES | str.maketrans("◯〇⭕✕✖☓╳✗✘", "○○○××××××")
"""Signs that look alike, each mapped to one of them: dashes, circles and crosses."""


def look_of(text: object) -> str:
    """Return the form of a text used in comparisons; empty if nothing is visible."""
    return _look(str(text))


@lru_cache(maxsize=8192)
def _look(text: str) -> str:
    # The same words are compared over and over while a workbook is read.
    seen = UNSEEN.sub("", text)
    plain = UNSEEN.sub("", unicodedata.normalize("NFKC", seen))
    return "".join(plain.split()).translate(ALIKE)


def recognised(text: str, known: Iterable[Text]) -> Text | None:
    """Return the known name that a text stands for, or ``None``.

    Tried in turn: the same text, the same look, the same spelling.  The first that fits
    exactly one name decides.
    """
    names = tuple(known)
    for alike in (str, look_of, spelling_of):
        look = alike(text)
        found = [name for name in names if alike(name) == look] if look else []
        if len(found) == 1:
            return found[0]
    return None


def different(names: Iterable[Text]) -> tuple[Text, ...]:
    """Return names without those that look like an earlier one."""
    by_look: dict[str, Text] = {}
    for name in names:
        by_look.setdefault(look_of(name), name)
    return tuple(by_look.values())


def person_named(text: str, known: Iterable[Text]) -> Text | None:
    """Return the person that a text names: as `recognised`, or by a family name.

    A family name stands before the first blank of a name, and counts where only one
    person has it.
    """
    names = tuple(known)
    whole = recognised(text, names)
    if whole is not None:
        return whole
    family = [name for name in names if look_of(_family(name)) == look_of(text)]
    return family[0] if len(family) == 1 and look_of(text) else None


def _family(name: str) -> str:
    """Return what stands before the first blank of a name; empty if there is none."""
    first, *given = name.split()
    return first if given else ""


def begun(text: str, known: Iterable[Text]) -> tuple[Text, ...]:
    """Return the name a text stands for, or else all names that begin with it."""
    names = tuple(known)
    whole = recognised(text, names)
    if whole is not None:
        return (whole,)
    look = look_of(text)
    return tuple(name for name in names if look and look_of(name).startswith(look))


def near_misses(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names most similar to an unknown one."""
    by_look = {spelling_of(name): name for name in known}
    found = get_close_matches(spelling_of(text), by_look, NEAREST, NEAR)
    return tuple(by_look[look] for look in found)


def neat(text: str) -> str:
    """Return text with plain digits, dashes and blanks, stripped at both ends."""
    seen = UNSEEN.sub("", text)
    return unicodedata.normalize("NFKC", seen).translate(DASHES).strip()


def on_one_line(text: str) -> str:
    """Return the text with line ends and tabs, if it has any, made single blanks."""
    return " ".join(text.split()) if BREAKS.search(text) else text


def spelling_of(text: object) -> str:
    """Return the form in which words are compared: by look, without case, in one kana.

    ﾔｽﾐ, ヤスミ and やすみ are one word.
    """
    return _spelling(str(text))


@lru_cache(maxsize=8192)
def _spelling(text: str) -> str:
    return _look(text).casefold().translate(KATAKANA)
