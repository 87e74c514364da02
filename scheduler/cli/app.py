"""The application: runs one command with its global options, and has its help pages.

Each command is a function in a module that is imported only when its name is on the
line, so that the list of commands is there at once.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from scheduler import __version__
from scheduler.cli.failures import report_failure, unprinted_text
from scheduler.cli.options import typer_command
from scheduler.cli.session import Session
from scheduler.cli.stopping import Stopping
from scheduler.domain.errors import Exit
from scheduler.files import cleanup
from scheduler.wording.translation import (
    LANGUAGES,
    N_,
    Language,
    _,
    language,
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
    "room": "asking.look_for_room",
    "substitutes": "asking.list_substitutes",
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
    cleanup.begin_command()
    try:
        with session.streams() as results:
            code = _ended(rest, session)
            results.flush()
            return _unprinted(code, session) if results.is_lost else code
    finally:
        cleanup.end_command()
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
    session.note(unprinted_text(cleanup.complete_files()))
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


LIMITS = re.compile(r"(?P<least>\d+)<=x(?:<=(?P<most>\d+))?")
"""How typer writes the limits of a number."""

NOTES = re.compile(r"\s*\[(?P<notes>(?:default: |required|\d+<=x)[^\]]*)\]$")
"""Typer's notes at the end of the help of an option."""

BRACES = str.maketrans("", "", "{}")
"""Marks of an argument that must be given: the list of arguments says so as well."""

SENTENCE_ENDS = {"ja": "。", "en": ". "}

VALUE = r"Invalid value for '?(?P<name>[^']*)'?: .*"

WRONG = (
    (r"No such command '(?P<name>.*?)'\.", N_("There is no command “{name}”.")),
    (r"No such option: (?P<name>\S+)", N_("There is no option {name}.")),
    (r"Missing command\.", N_("Say which command.")),
    (r"Missing \w+ '?(?P<name>[^']*)'?\.", N_("{name} is missing.")),
    (r"Option '(?P<name>.*?)' requires an? ", N_("{name} needs a value.")),
    (r"Option '(?P<name>.*?)' does not take a value", N_("{name} takes no value.")),
    (
        r"Got unexpected extra argument\(?s?\)? \((?P<name>.*)\)",
        N_("More words than the command takes: {name}"),
    ),
    (VALUE + r"greater than or equal to (?P<least>.*)", N_("{name}: {least} or more.")),
    (VALUE + r"less than or equal to (?P<most>.*)", N_("{name}: {most} at most.")),
    (VALUE + r"is not one of (?P<all>.*?)\.?$", N_("{name}: one of {all}.")),
    (VALUE, N_("{name}: this value cannot be read.")),
)
"""Typer's messages on wrong use, and ours."""

MEANT = re.compile(r"Did you mean (?P<names>.*)\?")


class HelpPage:
    """A help page in the user's language."""

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the first line."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).translate(BRACES)
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))

    def format_options(self: Any, ctx: Any, formatter: Any) -> None:
        """Write arguments and options."""
        kinds = {"argument": _("Arguments"), "option": _("Options")}
        for kind, heading in kinds.items():
            own = (one for one in self.get_params(ctx) if one.param_type_name == kind)
            rows = [row for row in (_row(one, ctx) for one in own) if row]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


class CommandPage(HelpPage, TyperCommand):
    """A command with its help page."""


class Group(HelpPage, TyperGroup):
    """The program, whose page lists the commands, each with one sentence."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options and the commands."""
        super().format_options(ctx, formatter)
        commands = [(name, self.get_command(ctx, name)) for name in self.commands]
        with formatter.section(_("Commands")):
            formatter.write_dl(
                [
                    (name, first_sentence(one.help or ""))
                    for name, one in commands
                    if one
                ]
            )


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, without its full stop."""
    return text.split(SENTENCE_ENDS[language()], 1)[0].rstrip(".")


def _row(param: Any, ctx: Any) -> tuple[str, str] | None:
    """Return the names of a parameter and its help; ``None`` if it is hidden."""
    record = param.get_help_record(ctx)
    if record is None:
        return None
    names, text = record
    if param.param_type_name == "argument" and param.metavar:
        names = param.metavar
    if param.name == "help":
        return names, _("Show this page and end.")
    notes = NOTES.search(text)
    if notes is None:
        return names, text
    words = "; ".join(_notes(notes["notes"].split("; ")))
    return names, f"{text[: notes.start()]}  [{words}]"


def _notes(notes: Sequence[str]) -> Iterator[str]:
    for note in notes:
        name, _colon, value = note.partition(": ")
        limits = LIMITS.fullmatch(note)
        if name == "default":
            yield _("if not given: {value}").format(value=value)
        elif note == "required":
            yield _("must be given")
        elif limits and limits["most"]:
            yield _("{least} to {most}").format(**limits.groupdict())
        elif limits:
            yield _("{least} or more").format(least=limits["least"])
        else:
            yield note


def wrong_use_text(error: TyperException) -> str:
    """Return what is wrong with a command line, and how it is written."""
    ctx = getattr(error, "ctx", None)
    said = error.format_message()
    if ctx is None:
        return _wrong(said)
    if said.startswith(ctx.get_usage()):
        # No arguments at all: typer gives the whole page.
        return said
    return "\n".join(
        [
            _wrong(said),
            ctx.get_usage(),
            _("More: {command}").format(command=f"{ctx.command_path} --help"),
        ]
    )


def _wrong(said: str) -> str:
    """Return typer's message in our words, or as it is if it is not known."""
    for pattern, text in WRONG:
        match = re.match(pattern, said)
        if match:
            told = _(text).format(**match.groupdict())
            meant = MEANT.search(said)
            if meant:
                told += " " + _("Did you mean {names}?").format(names=meant["names"])
            return told
    return said
