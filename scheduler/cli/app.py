"""The application: runs one command with its global options, streams and exit code.

Each command is a function in a module that is imported only when its name is on the
line, so that the list of commands is there at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated

import typer
from typer.exceptions import TyperException

from scheduler import __version__
from scheduler.cli.failures import report_failure, unprinted_text
from scheduler.cli.help import CommandPage, Group, wrong_use_text
from scheduler.cli.options import typer_command
from scheduler.cli.session import Session
from scheduler.cli.stopping import Stopping
from scheduler.domain.errors import Exit
from scheduler.files import leftovers
from scheduler.wording.translation import (
    LANGUAGES,
    Language,
    _,
    sentences,
    use_language,
)

COMMANDS = {
    "init": "init.init",
    "precheck": "precheck.check_input",
    "wishes": "papers.wishes",
    "roster": "roster.make_roster",
    "batch": "batch.make_rosters",
    "check": "check.check_roster",
    "whatif": "whatif.whatif",
    "scenarios": "scenarios.plan_scenarios",
    "accept": "accepted.accept_plan",
    "room": "room.look_for_room",
    "substitutes": "substitutes.list_substitutes",
    "resilience": "resilience.judge_absences",
    "actual": "actual.hold_against_stamps",
    "pay": "actual.write_for_pay",
    "close": "actual.close_month",
    "papers": "papers.write_papers",
    "slips": "check.write_slips",
    "open": "page.open",
    "schema": "reference.print_schema",
    "rules": "reference.list_rules",
}
"""The commands in the order of their list: module and name of the function of each."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (`scheduler.wording.command_line`).

    Parameters
    ----------
    arguments
        Arguments without the name of the program.  If not given, they are taken from
        ``sys.argv``, and signals are handled (`scheduler.cli.stopping`).
    """
    if arguments is None:
        return Stopping().hearing(lambda stopping: run(sys.argv[1:], stopping))
    return run(arguments, Stopping())


def run(arguments: Sequence[str], stopping: Stopping) -> int:
    """Run one command, which ``stopping`` can stop, and return its exit code."""
    lang, session, rest = _global_options(list(arguments), stopping)
    before = use_language(lang)
    stopping.on_end = session.last_words
    leftovers.begin_command()
    try:
        with session.streams() as results:
            code = _ended(rest, session)
            results.flush()
            return _unprinted(code, session) if results.is_lost else code
    finally:
        leftovers.end_command()
        use_language(before)


def _ended(arguments: Sequence[str], session: Session) -> int:
    """Run a command, report its error if it fails, and return its exit code."""
    try:
        app = build(next((one for one in arguments if one in COMMANDS), ""))
        code = app(
            args=arguments, prog_name="shotaki", obj=session, standalone_mode=False
        )
    except TyperException as error:
        session.note(wrong_use_text(error))
        return Exit.WRONG_USE
    except Exception as error:
        return report_failure(error, session)
    return code if isinstance(code, int) else 0


def _unprinted(code: int, session: Session) -> int:
    """Report that results could not be printed, and return the exit code.

    A code other than zero is kept.
    """
    session.note(unprinted_text(leftovers.standing()))
    return code or Exit.UNPRINTED


def build(named: str) -> typer.Typer:
    """Return the typer application, with help in the language in use.

    Parameters
    ----------
    named
        The command on the line.  Of the others only their help texts are known: what
        they need is not loaded.
    """
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback(
        cls=Group,
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND ..."),
        help=_(
            "Month rosters for a small multifunctional care office, legal hour by "
            "hour.\n\nOptions of this page may stand anywhere on the line."
        ),
    )(_root)
    texts = sentences("commands")
    for name in COMMANDS:
        app.command(
            name,
            cls=CommandPage,
            options_metavar=_("[OPTIONS]"),
            help=_(texts[name]),
        )(typer_command(name, _work(name)) if name == named else _not_asked)
    return app


def _work(command: str) -> Callable[..., int]:
    """Return the function of a command; its parameters are the options."""
    module, _dot, name = COMMANDS[command].partition(".")
    work: Callable[..., int] = getattr(import_module(f"scheduler.cli.{module}"), name)
    return work


def _not_asked() -> None:
    """Stand for a command that is not on the line."""


def _root(
    context: typer.Context,
    lang: Annotated[
        Language,
        typer.Option("--lang", help=_("Language of messages and new workbooks.")),
    ] = "ja",
    as_json: Annotated[
        bool, typer.Option("--json", help=_("Print the result as JSON, for machines."))
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help=_("Print the version."),
        ),
    ] = False,
) -> None:
    # `_global_options` has read the values; here they are checked and documented.
    pass


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


def _global_options(
    given: list[str], stopping: Stopping
) -> tuple[Language, Session, list[str]]:
    """Read the options that may stand anywhere on the line.

    Returns
    -------
    lang
        The language of messages.
    session
        A session for the command.
    arguments
        The arguments with these options moved to the front.
    """
    parser = argparse.ArgumentParser(
        add_help=False, allow_abbrev=False, exit_on_error=False
    )
    parser.add_argument("--lang", default="ja")
    parser.add_argument("--json", action="store_true")
    try:
        found, rest = parser.parse_known_args(given)
    except argparse.ArgumentError:
        # An option without its value; typer reports it.
        return "ja", Session(arguments=tuple(given), stopping=stopping), given
    lang: Language = next((name for name in LANGUAGES if name == found.lang), "ja")
    session = Session(found.json, tuple(given), stopping)
    first = ["--lang", found.lang, *(["--json"] if found.json else [])]
    return lang, session, first + (rest or ["--help"])
