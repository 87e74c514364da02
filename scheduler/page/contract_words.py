"""What a person's card says of the contract while it is folded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from scheduler.page.office import OfficeField

RANGES = {
    N_("contract hours of the month"): ("contract.minutes_min", "contract.minutes_max"),
    N_("nights of the month"): ("contract.nights_min", "contract.nights_max"),
}
"""Two columns that say one thing: the least and the most of it."""
MOST = 4
"""Most things that are said."""


def contract_words(
    fields: Mapping[str, OfficeField], told: Collection[str]
) -> tuple[str, ...]:
    """Say what is typed in the columns that are folded, ranges first.

    Parameters
    ----------
    told
        Paths of the columns that stand open on the card.
    """
    paired = {path for pair in RANGES.values() for path in pair}
    rest = (
        f"{one.label} {one.text}"
        for path, one in fields.items()
        if path not in paired and path not in told and one.text and one.look == "text"
    )
    return (*_ranges(fields), *rest)[:MOST]


def _ranges(fields: Mapping[str, OfficeField]) -> Iterator[str]:
    for name, pair in RANGES.items():
        least, most = (fields[one].text if one in fields else "" for one in pair)
        if most == "0":
            text = _("{what}: none")
        elif least and most and least != most:
            text = _("{what}: {least} to {most}")
        elif most and least != most:
            text = _("{what}: at most {most}")
        elif least and least != most:
            text = _("{what}: at least {least}")
        elif least:
            text = _("{what}: {least}")
        else:
            continue
        yield text.format(what=_(name), least=least, most=most)
