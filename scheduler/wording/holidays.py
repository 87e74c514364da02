"""What may stand where a public holiday is named."""

from __future__ import annotations

from scheduler.domain.likeness import look_of

NO_NAMES = frozenset(
    {"なし", "無", "無し", "ない", "いいえ", "no", "false", "true", "n/a"}
)
"""What people write for nothing."""


def is_holiday_name(text: str) -> bool:
    """Tell whether a text is a name: it has a letter, and does not say “none”."""
    look = look_of(text).casefold()
    return any(sign.isalpha() for sign in look) and look not in NO_NAMES
