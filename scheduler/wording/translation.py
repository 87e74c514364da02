"""Messages in the user's language: gettext, Japanese unless asked otherwise.

Message ids are the English texts in code, templates and tables (`sentences`); the
Japanese catalogue is in ``locale``.
Text is translated when it is shown, never at import, so that `use_language` applies
to all text after it.
"""

from __future__ import annotations

import gettext
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from scheduler.domain import N_

__all__ = [
    "LANGUAGES",
    "N_",
    "Language",
    "_",
    "language",
    "ngettext",
    "sentences",
    "spellings",
    "use_language",
]

Language = Literal["ja", "en"]
"""The languages a user may choose."""

LANGUAGES: tuple[Language, ...] = get_args(Language)
DOMAIN = "shotaki"
LOCALE = Path(__file__).parent / "locale"

_language: Language = "ja"


def use_language(language: Language) -> Language:
    """Translate into ``language`` from now on, and return the one used before."""
    global _language
    before, _language = _language, language
    return before


@contextmanager
def in_language(language: Language) -> Iterator[None]:
    """Translate into ``language`` within a block."""
    before = use_language(language)
    try:
        yield
    finally:
        use_language(before)


def language() -> Language:
    """Return the language in use."""
    return _language


def _(message: str) -> str:
    """Translate an English message."""
    return _catalogue(_language).gettext(message)


def pgettext(context: str, message: str) -> str:
    """Translate an English message whose meaning depends on a context."""
    return _catalogue(_language).pgettext(context, message)


def ngettext(one: str, many: str, number: int) -> str:
    """Translate a message that depends on a number."""
    return _catalogue(_language).ngettext(one, many, number)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, languages=[language])


def spellings(message: str) -> tuple[str, ...]:
    """Return a message in every language, as a user may have typed it."""
    return tuple(_catalogue(language).gettext(message) for language in LANGUAGES)


def sentences(table: str) -> dict[str, Any]:
    """Return a table of English sentences in this folder, by section and code."""
    path = Path(__file__).with_name(f"{table}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
