"""The verdict on a roster (判定): the same words on screen, page and in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.kept import SetBy
from scheduler.wording.names import people_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from scheduler.audit.figures.kept import Kept

SHOWN = 5
"""People named in the line; of more, only their number is told."""

BROKEN = {
    SetBy.LAW: N_("law {count}"),
    SetBy.PIN: N_("pinned cells {count}"),
    SetBy.OFFICE: N_("musts of the office {count}"),
    SetBy.WISH: N_("must-have wishes {count}"),
    SetBy.CONTRACT: N_("limits of contracts {count}"),
}


def verdict_text(kept: Kept) -> str:
    """Say whether law and musts are kept, and how many people's contracts are not."""
    parts = (_hard(kept), contracts_text(kept))
    return " ".join(part for part in parts if part)


def verdict_line(kept: Kept) -> str:
    """Write the verdict with its heading: 判定: …."""
    return _("Verdict: {verdict}").format(verdict=verdict_text(kept))


def _hard(kept: Kept) -> str:
    if kept.is_legal and kept.people:
        return _("Law and every must of the office are kept.")
    if kept.is_legal:
        return _("Law, every must of the office and everybody's contract are kept.")
    told = (_(BROKEN[kind]).format(count=kept.broken[kind]) for kind in kept.broken)
    return _("NOT kept everywhere: {what}.").format(what="、".join(told))


def contracts_text(kept: Kept) -> str:
    """Say whose contracts are not kept; empty where all is as it has to be."""
    if not kept.people:
        return "" if kept.is_legal else _("Everybody's contract is kept.")
    text = _("Contracts NOT kept: {people}.")
    if len(kept.people) <= SHOWN:
        text = _("Contracts NOT kept: {people} ({names}).")
    names = "、".join(kept.people)
    return text.format(people=people_text(len(kept.people)), names=names)
