"""Write the parts of docs/ that are generated from the code: ``python -m tools.docs``.

Generated between markers are the help texts and exit codes in docs/cli.md, the columns
of the input workbook in docs/workbook.md and the amounts of breaches in docs/design.md;
docs/rules.md and the pages of docs/ja/ are generated as a whole.  A test fails when a
page is stale.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cli.app import main as shotaki
from scheduler.domain.errors import Exit
from scheduler.domain.period import Period
from scheduler.rulebook import OfKind, load, of_kinds, records
from scheduler.wording.command_line import meaning
from scheduler.wording.findings import rule_title, source_text
from scheduler.wording.translation import _, in_language
from tools.japanese_pages import JAPANESE, japanese_pages
from tools.workbook_page import workbook_page

if TYPE_CHECKING:
    from scheduler.rulebook import Rule

DOCS = Path(__file__).resolve().parent.parent / "docs"
CLI = DOCS / "cli.md"
DESIGN = DOCS / "design.md"
RULES = DOCS / "rules.md"
WORKBOOK = DOCS / "workbook.md"

COLUMNS = "80"
BLOCK = re.compile(r"(<!-- (?P<name>[a-z ]+): generated -->\n).*?(<!-- end -->)", re.S)

LAW_OF = Period(first=dt.date(2026, 12, 1), last=dt.date(2026, 12, 31))
"""The month whose thresholds docs/rules.md shows."""

FAMILIES = {
    "A": "Staffing",
    "B": "Full-time equivalents",
    "C": "Deductions",
    "D": "Capacities",
    "E": "Add-ons",
    "F": "Labour",
    "G": "The care manager's month",
    "H": "The statutory table",
    "K": "The office's own musts",
    "L": "Contracts",
    "M": "Evenness",
    "N": "The shape of the month",
    "P": "People",
    "W": "Wishes and pins",
    "Z": "Law that may come, off",
}

RULES_HEAD = """\
# The rules

Written by `make docs` from `scheduler/rulebook/`, where each number stands once, with
its date and source; the numbers below hold in {month}. What each facet means to
the minute is in [design.md](design.md). It is no legal advice. In doubt, the
municipality that designated the office (指定権者) decides on the insurance's standards,
and the Labour Standards Inspection Office (労働基準監督署) on labour law.

- **Class**: what a breach means. `HARD-LAW` breach of a standard or an offence,
  `DEDUCT` costs 30 % of the fee of all users, `ADDON` loses an add-on, `GUIDE`
  guideline, `REPORT` only shown.
- **Basis**: how well the text is backed. What is *unconfirmed* or *derived* is shown
  with 要確認, "to be confirmed".
- **Held**: `enforced` is never broken; `statutory`, `must`, `contract`, `wish`, `fair`,
  `guideline` and `comfort` are the levels of the objective, in this order; `report` is
  only shown.
"""


def help_text(command: str) -> str:
    """Return what ``shotaki COMMAND --help`` prints in English, 80 columns wide."""
    printed = io.StringIO()
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = COLUMNS
    try:
        with contextlib.redirect_stdout(printed):
            shotaki(["--lang", "en", *command.split(), "--help"])
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before
    return printed.getvalue().strip()


def cli_page(page: str) -> str:
    """Return docs/cli.md with its generated blocks brought up to date."""

    def filled(match: re.Match[str]) -> str:
        kind, _, name = match["name"].partition(" ")
        text = f"```\n{help_text(name)}\n```" if kind == "help" else exit_table()
        return f"{match[1]}{text}\n{match[3]}"

    return BLOCK.sub(filled, page)


def exit_table() -> str:
    """Return the exit codes as a Markdown table."""
    with in_language("en"):
        rows = [f"| {int(code)} | {meaning(code)} |" for code in Exit]
    return "\n".join(["| exit | meaning |", "|---|---|", *rows])


def rules_page() -> str:
    """Return the text of docs/rules.md."""
    rules = sorted(load(LAW_OF).rules, key=lambda rule: _order(rule.id))
    parts = [RULES_HEAD.format(month=f"{LAW_OF.first:%B %Y}")]
    for family, members in groupby(rules, key=lambda rule: rule.id[0]):
        parts += [
            f"## {FAMILIES[family]}\n",
            "| rule | what | class | held | numbers | source | basis |",
            "|---|---|---|---|---|---|---|",
            *map(_row, members),
            "",
        ]
    parts += [
        "## By kind of office\n",
        "What the kinds of office have otherwise (`Office.kind`); with *left to the",
        "main*, only where another house does it (`Office.arrangements`).\n",
        "| rule | kinds | left to the main | from | numbers | source |",
        "|---|---|---|---|---|---|",
        *(_row_of_kind(rule, one) for rule, one in of_kinds()),
        "",
    ]
    return "\n".join(parts)


def _row_of_kind(rule: str, one: OfKind) -> str:
    numbers = "<br>".join(f"`{name}` {value}" for name, value in one.values.items())
    with in_language("ja"):
        source = _(one.source)
    kinds, given = ", ".join(one.kinds), one.given or ""
    cells = (rule, kinds, given, str(one.since), numbers, f"{one.source}<br>{source}")
    return "| " + " | ".join(cells) + " |"


def design_page(page: str) -> str:
    """Return docs/design.md with its table of amounts brought up to date."""
    rows = [
        f"| {rule.id} | {_names(rule, amount)} | {amount} |"
        for rule in records()
        if "check" in rule.sides
        for amount in dict.fromkeys(facet.amount for facet in rule.facet.values())
        if amount
    ]
    table = "\n".join(["| rule | facet | amount |", "|---|---|---|", *rows])
    return BLOCK.sub(lambda match: f"{match[1]}{table}\n{match[3]}", page)


def _names(rule: Rule, amount: str) -> str:
    """Return the facets of a rule that share a definition of the amount.

    The stance in a graded facet's name is shown as an asterisk.
    """
    names: list[str] = []
    counted = ""
    for name, facet in rule.facet.items():
        counted = facet.amount or counted
        if counted == amount and not facet.computed:
            names.append(facet.graded.replace("{stance}", "*") or name)
    told = ", ".join(f"`{name}`" for name in dict.fromkeys(names))
    return "as set" if told == "`*`" else told


def pages() -> dict[Path, str]:
    """Return the up-to-date text of every page by its path."""
    return {
        CLI: cli_page(CLI.read_text(encoding="utf-8")),
        RULES: rules_page(),
        DESIGN: design_page(DESIGN.read_text(encoding="utf-8")),
        WORKBOOK: workbook_page(WORKBOOK.read_text(encoding="utf-8")),
        **japanese_pages(),
    }


def _order(rule_id: str) -> tuple[str, int]:
    family, _, number = rule_id.partition("-")
    return family, int(number or 0)


def _row(rule: Rule) -> str:
    held = "<br>".join(
        f"`{name}` {facet.stance}, {facet.unit.replace('_', '-')}"
        + (f" x {facet.weight}" if facet.weight > 1 else "")
        for name, facet in rule.facet.items()
    )
    numbers = "<br>".join(f"`{name}` {value}" for name, value in rule.values.items())
    with in_language("ja"):
        title, source = rule_title(rule), source_text(rule)
    cells = (
        rule.id,
        f"{rule.title}<br>{title}",
        rule.severity,
        held or rule.one_sided,
        numbers,
        f"{rule.source}<br>{source}",
        rule.confidence,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Write every page."""
    JAPANESE.mkdir(exist_ok=True)
    written = pages()
    for path in set(JAPANESE.glob("*.md")) - written.keys():
        # The page of a sheet that is no more.
        path.unlink()
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
