"""``shotaki rules``: the catalogue of rules."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.arguments import read_period
from scheduler.wording.translation import _, language

if TYPE_CHECKING:
    from scheduler.cli.session import Session
    from scheduler.rulebook import Rule


def command(
    context: typer.Context,
    month: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM",
            help=_("Month whose law is shown; this one if not given."),
        ),
    ] = None,
) -> None:
    """Print every rule in force in a month."""
    from scheduler.cli.screen import table
    from scheduler.rulebook import load

    session: Session = context.obj
    period = read_period(month or f"{dt.date.today():%Y-%m}", None, None)
    rulebook = load(period)
    session.say(
        table(
            [
                [_("Rule"), _("Kind"), _("Basis"), _("What"), _("Source")],
                *(_cells(rule) for rule in rulebook.rules),
            ]
        )
    )
    session.give({"rules": [rule.model_dump(mode="json") for rule in rulebook.rules]})


def _cells(rule: Rule) -> list[str]:
    japanese = language() == "ja"
    return [
        rule.id,
        str(rule.severity),
        str(rule.confidence),
        rule.title_ja if japanese else rule.title,
        rule.source_ja if japanese else rule.source,
    ]
