"""The parts of an Open XML package: found as Excel finds them, read within bounds.

Part names compare without case and with either slash, and what a part is for is told by
the relationships, not by its name (ECMA-376 part 2, sections 6.2.2 and 6.5).
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote
from xml.parsers.expat import ParserCreate

from scheduler.domain.errors import InputError, Mistake

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterable
    from xml.parsers.expat import XMLParserType

MEGABYTE = 1_000_000
LARGEST_XML = 20 * MEGABYTE
"""Unpacked text of all parts that are read; an office's month takes less than two."""
LARGEST_UNPACKED = 60 * MEGABYTE
"""All parts as the directory has them, pictures too."""
MOST_PARTS = 2_000

ROOT = ""
"""Stands for the package where relationships are asked for."""


class Relation(NamedTuple):
    """A relationship of a part."""

    id: str
    kind: str
    """Last word of its type, such as ``worksheet``."""
    target: str
    """Name of the part it leads to."""


class Package:
    """The parts of a zip file by their names, however they are written.

    Raises
    ------
    InputError
        If the directory lists more than any roster has.
    """

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        infos = zipped.infolist()
        size = sum(info.file_size for info in infos)
        if size > LARGEST_UNPACKED:
            raise too_much(size, LARGEST_UNPACKED)
        if len(infos) > MOST_PARTS:
            raise InputError([Mistake(code="not_a_workbook")])
        self._zip = zipped
        self._infos = {_key(info.filename): info for info in infos}
        self._left = LARGEST_XML

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part; ``None`` if there is none.

        Raises
        ------
        InputError
            If it unpacks to more than the directory says, or all parts that were read
            to more than a roster has.
        """
        info = self._infos.get(_key(name))
        if info is None:
            return None
        if info.file_size > self._left:
            size = sum(one.file_size for one in self._infos.values())
            raise too_much(size, LARGEST_XML)
        with self._zip.open(info) as part:
            data = part.read(info.file_size + 1)
        if len(data) > info.file_size:
            # The directory lies: what follows may be of any size.
            raise InputError([Mistake(code="not_a_workbook")])
        self._left -= len(data)
        return data

    def relations(self, source: str) -> tuple[Relation, ...]:
        """Return the relationships of a part within the package.

        Parameters
        ----------
        source
            Name of the part; `ROOT` for the package itself.
        """
        folder, name = posixpath.split(source)
        data = self.read(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: list[Relation] = []

        def element(tag: str, attributes: dict[str, str]) -> None:
            external = attributes.get("TargetMode") == "External"
            if local(tag) == "Relationship" and not external:
                target = unquote(attributes.get("Target", "")).replace("\\", "/")
                kind = attributes.get("Type", "").rpartition("/")[2]
                whole = posixpath.normpath(posixpath.join("/", folder, target))
                found.append(Relation(attributes.get("Id", ""), kind, whole))

        if data is not None:
            parse(data, element)
        return tuple(found)


def parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], object],
    prepare: Callable[[XMLParserType], object] = lambda parser: None,
) -> None:
    """Run over the elements of a part.

    Parameters
    ----------
    start
        Called with name and attributes at each start of an element.
    prepare
        Called with the parser first, to add other handlers.

    Raises
    ------
    InputError
        If the part has a document type: no workbook has one, and its entities unfold
        without bound.
    xml.parsers.expat.ExpatError
        If the part is damaged.
    """

    def doctype(*_given: object) -> None:
        raise InputError([Mistake(code="not_a_workbook")])

    parser = ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    prepare(parser)
    parser.Parse(data, True)


def local(name: str) -> str:
    """Return the name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def first(relations: Iterable[Relation], kind: str) -> str | None:
    """Return the target of the first relationship of a kind."""
    return next((one.target for one in relations if one.kind == kind), None)


def too_much(size: int, limit: int) -> InputError:
    """Return the refusal of something of so many bytes."""
    facts: dict[str, int | str] = {
        "megabytes": -(-size // MEGABYTE),
        "limit": limit // MEGABYTE,
    }
    return InputError([Mistake(code="too_much_inside", facts=facts)])


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
