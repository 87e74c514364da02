"""The application: runs one command with its global options, streams and exit code.

Each command is a function in a module that is imported only when its name is on the
line, so that the list of commands is there at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated, NamedTuple

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
from scheduler.wording.translation import LANGUAGES, N_, Language, _, use_language


class Command(NamedTuple):
    """A command of the program.

    Attributes
    ----------
    work
        The function that does it, by module and name: its parameters are the options.
    """

    name: str
    work: str
    help: str

    def load(self) -> Callable[..., int]:
        """Return the function; its module is loaded now."""
        module, _dot, name = self.work.partition(".")
        work: Callable[..., int] = getattr(
            import_module(f"scheduler.cli.{module}"), name
        )
        return work


COMMANDS = (
    Command(
        "init",
        "init.init",
        N_(
            "Write an input workbook to fill in. For the month after a finished "
            "roster, as a sample office, or empty. Never over a file that is there."
        ),
    ),
    Command(
        "precheck",
        "precheck.check_input",
        N_(
            "Count through an input before any search. Nights, hours, qualifications, "
            "wishes, contracts and pins, each with its sum. Writes nothing."
        ),
    ),
    Command(
        "wishes",
        "papers.wishes",
        N_(
            "Print an empty form for wishes, or take wishes in from a file. The form "
            "has people, dates and the closing date; the file is a CSV as a web form "
            "exports, in the words of the sheet of wishes. All mistakes at once, and "
            "nothing is entered then."
        ),
    ),
    Command(
        "roster",
        "roster.make_roster",
        N_(
            "Make the month's roster. Reads a workbook or .json, solves level by "
            "level, audits the result and writes it. Ctrl-C ends the search and "
            "keeps the best roster so far."
        ),
    ),
    Command(
        "batch",
        "batch.make_rosters",
        N_(
            "Make the rosters of many offices side by side. Each as `roster` does, and "
            "a summary of all. An office that fails does not stop the others."
        ),
    ),
    Command(
        "check",
        "check.check_roster",
        N_(
            "Audit a roster, hand edits included. As it stands in its cells: every "
            "breach, and every cell changed since the plan."
        ),
    ),
    Command(
        "whatif",
        "whatif.whatif",
        N_(
            "Plan the rest of a month again after a change. Somebody is ill, leaves "
            "or joins, other users come, a cell is to say something else. Past dates "
            "and cells edited by hand stay; law first, then as few people and cells "
            "as can be. Writes a workbook for each plan, with a phone list; `accept` "
            "makes one of them the roster."
        ),
    ),
    Command(
        "scenarios",
        "scenarios.scenarios",
        N_(
            "Plan every what-if of the roster's sheet for them. Each by itself, and "
            "compare them in a workbook."
        ),
    ),
    Command(
        "accept",
        "accepted.accept_meant",
        N_(
            "Make a plan the roster. With what was edited in it since. The version "
            "before is kept beside it, and what was typed by hand is carried over."
        ),
    ),
    Command(
        "room",
        "room.look_for_room",
        N_(
            "How many more users each date carries. Day users, overnight guests and "
            "visits, as it stands and with few cells changed: whom to ask. Writes "
            "the page with which the telephone is answered."
        ),
    ),
    Command(
        "substitutes",
        "substitutes.list_substitutes",
        N_(
            "Say who could take a shift. Everybody, ranked: as is, with changes for "
            "others, or which rule stops them. Reads a roster as it stands and "
            "writes nothing."
        ),
    ),
    Command(
        "resilience",
        "resilience.judge_absences",
        N_(
            "Try what happens if one person drops out. For everybody and every date: "
            "covered as is, repairable with so many changes, beyond contracts, or law "
            "is broken. Writes a map with the roster's strength, the single points of "
            "failure, and whom to ask."
        ),
    ),
    Command(
        "actual",
        "actual.hold_against_stamps",
        N_(
            "Hold the stamps of the clock against a roster. Late, early, overtime, "
            "missing stamps, other shifts, on a page of their own; each is accepted or "
            "left as planned. What follows from the month counts it as it was worked."
        ),
    ),
    Command(
        "pay",
        "actual.write_for_pay",
        N_(
            "Write what the pay office needs of a month. Days, hours, night hours, "
            "holidays, overtime, nights, leave and absence of each person, as a sheet "
            "and as CSV, by the roster as it was worked."
        ),
    ),
    Command(
        "close",
        "actual.close_month",
        N_(
            "Close a worked month into the record of its fiscal year. Users by date, "
            "services, nights, leave and hours: the average of day users, add-ons and "
            "the five days of leave come from it. Nothing that was closed is replaced "
            "without --again."
        ),
    ),
    Command(
        "papers",
        "papers.write_papers",
        N_(
            "Write the statutory staffing table. Plan, and the roster as worked, by "
            "person and job, with hours by day and by night, full-time equivalents in "
            "both readings, symbols and second jobs, from a roster as it stands."
        ),
    ),
    Command(
        "slips",
        "check.write_slips",
        N_(
            "Write each person's page and calendar file. To print, and for the phone "
            "(.ics), from a roster as it stands in its cells, hand edits included."
        ),
    ),
    Command(
        "open",
        "page.open",
        N_(
            "Open the page in the browser. The whole job without typing commands, on "
            "the workbooks of a folder. Only this computer can see it; Ctrl-C ends it."
        ),
    ),
    Command(
        "schema",
        "reference.print_schema",
        N_("Print the JSON Schema of the JSON files."),
    ),
    Command("rules", "reference.list_rules", N_("Print the rules with their sources.")),
)
"""The commands, in the order in which they are listed."""

NAMES = {one.name for one in COMMANDS}


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
        app = build(next((one for one in arguments if one in NAMES), ""))
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
    for one in COMMANDS:
        app.command(
            one.name,
            cls=CommandPage,
            options_metavar=_("[OPTIONS]"),
            help=_(one.help),
        )(typer_command(one.load()) if one.name == named else _not_asked)
    return app


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
