"""Extract messages, merge them into the Japanese catalogue and compile it.

``python -m tools.messages`` writes the files; ``--check`` only reports problems.
"""

from __future__ import annotations

import argparse
import ast
import datetime as dt
import io
import tomllib
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "scheduler"
RULEBOOK = SOURCES / "rulebook"
FOLDER = SOURCES / "wording" / "locale" / "ja" / "LC_MESSAGES"
PO = FOLDER / "shotaki.po"
MO = FOLDER / "shotaki.mo"

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
"""How messages are found in code, and in the templates of the page."""
NO_DATE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Fixed time for both date headers: the file changes only when messages do."""


def extracted() -> Catalog:
    """Return a catalogue of all messages of the package, with their files."""
    template = Catalog(project="shotaki", creation_date=NO_DATE)
    found = extract_from_dir(SOURCES, method_map=METHODS, keywords=KEYWORDS)
    for file, _line, message, comments, context in sorted(found, key=str):
        where = (f"scheduler/{file}", 0)
        template.add(message, None, [where], auto_comments=comments, context=context)
    for path in sorted((SOURCES / "domain").glob("*.py")):
        for message in meanings(path.read_text()):
            template.add(message, None, [(f"scheduler/domain/{path.name}", 0)])
    for path in sorted((SOURCES / "wording").glob("*.toml")):
        for message in of_table(tomllib.loads(path.read_text(encoding="utf-8"))):
            template.add(message, None, [(f"scheduler/wording/{path.name}", 0)])
    for message, context, name in sorted(of_the_rulebook(), key=str):
        where = (f"scheduler/rulebook/{name}", 0)
        template.add(message, None, [where], context=context)
    return template


def of_table(table: dict[str, Any]) -> Iterator[str]:
    """Yield the sentences of a table, those of its sections and lists included."""
    for entry in table.values():
        if isinstance(entry, dict):
            yield from of_table(entry)
        elif isinstance(entry, list):
            yield from entry
        else:
            yield entry


def of_the_rulebook() -> Iterator[tuple[str, str | None, str]]:
    """Yield message, context and file name for all messages of the rulebook."""
    for path in RULEBOOK.glob("*.toml"):
        for rule in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
            for message, context in of_record(rule):
                yield message, context, path.name


def of_record(rule: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Yield message and context for all messages of a rule's record."""
    yield rule["title"], "rule"
    yield rule["source"], None
    for value in rule.get("value", ()):
        if "source" in value:
            yield value["source"], None
    for facet in rule.get("facet", {}).values():
        yield facet["title"], "limit"
        for record in (facet, *facet.get("named", {}).values()):
            for key in ("source", "condition", "request", "exception"):
                if record.get(key):
                    yield record[key], None


def meanings(source: str) -> Iterator[str]:
    """Yield the meanings of input fields: the strings under fields with a title."""
    for model in ast.walk(ast.parse(source)):
        if not isinstance(model, ast.ClassDef):
            continue
        for field, text in pairwise(model.body):
            match field, text:
                case (
                    ast.AnnAssign(value=ast.Call(keywords=given)),
                    ast.Expr(value=ast.Constant(value=str(meaning))),
                ) if any(one.arg == "title" for one in given):
                    yield " ".join(meaning.split())


def merged() -> Catalog:
    """Return the Japanese catalogue updated to the messages of the package.

    Messages no longer used are kept as obsolete ones.
    """
    if PO.exists():
        with PO.open("rb") as file:
            catalog = read_po(file, locale="ja", domain="shotaki")
    else:
        catalog = Catalog(locale="ja", domain="shotaki")
    for message in catalog.obsolete.values():
        catalog[message.id] = message
    catalog.obsolete.clear()
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.header_comment = "# Japanese messages of shotaki."
    catalog.project = catalog.last_translator = catalog.language_team = "shotaki"
    catalog.version = catalog.msgid_bugs_address = ""
    catalog.creation_date = catalog.revision_date = NO_DATE
    catalog.fuzzy = False
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """Return a catalogue as a .po file: the same bytes for the same messages."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, sort_output=True, include_lineno=False, width=88)
    return buffer.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """Return a catalogue as a compiled .mo file."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def placeholders(text: str) -> set[str]:
    """Return the names of the placeholders in a ``str.format`` message."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def faults(catalog: Catalog) -> Iterator[str]:
    """Yield the problems of a catalogue.

    These are untranslated, fuzzy and unused messages, and translations whose
    placeholders differ from the message's.
    """
    for message in catalog:
        if message.id:
            yield from _faults_of(message)
    for message in catalog.obsolete.values():
        yield f"unused: {message.id}"


def _faults_of(message: Message) -> Iterator[str]:
    ids, texts = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield f"uncertain: {ids[0]}"
    if not all(texts):
        yield f"untranslated: {ids[0]}"
    elif any(placeholders(text) != placeholders(ids[-1]) for text in texts):
        yield f"other placeholders: {ids[0]}"


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def main() -> int:
    """Update or check the catalogue; return 1 if there are problems."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--prune", action="store_true", help="drop unused messages")
    options = parser.parse_args()
    catalog = merged()
    if options.prune:
        catalog.obsolete.clear()
    found = list(faults(catalog))
    if options.check:
        if not PO.exists() or PO.read_bytes() != po_bytes(catalog):
            found.append("shotaki.po is stale: run python -m tools.messages")
        if not MO.exists() or MO.read_bytes() != mo_bytes(catalog):
            found.append("shotaki.mo is stale: run python -m tools.messages")
    else:
        FOLDER.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(po_bytes(catalog))
        MO.write_bytes(mo_bytes(catalog))
    print("\n".join(found) or "nothing untranslated")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
