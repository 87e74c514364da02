"""Help pages and messages on wrong use, in the user's language.

Typer has its own words in English only: headings, defaults, and what is wrong with a
command line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from scheduler.wording.translation import N_, _, language

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


class CommandPage(TyperCommand):
    """A command whose help page is in the user's language."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the first line."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options."""
        _write_parameters(self, ctx, formatter)


class Group(TyperGroup):
    """The program, whose page lists the commands, each with one sentence."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the first line."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options and the commands."""
        _write_parameters(self, ctx, formatter)
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


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx)).translate(BRACES)
    formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))


def _write_parameters(command: Any, ctx: Any, formatter: Any) -> None:
    kinds = {"argument": _("Arguments"), "option": _("Options")}
    for kind, heading in kinds.items():
        own = [one for one in command.get_params(ctx) if one.param_type_name == kind]
        rows = [row for row in (_row(one, ctx) for one in own) if row]
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


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
