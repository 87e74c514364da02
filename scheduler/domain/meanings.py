"""What a field means: the string under it in the source of its model.

pydantic would keep these strings on the fields (``use_attribute_docstrings``), but it
parses the source of every model for that, at every start of every command.  Here a
source is parsed once its texts are asked for: for a JSON Schema, a comment of the
workbook, a page of docs/.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from pydantic import BaseModel


@cache
def meanings(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the strings under the fields of a model, and of the models it extends."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if issubclass(one, BaseModel) and one is not BaseModel:
            found |= _in_module(one.__module__).get(one.__qualname__, {})
    return found


@cache
def _in_module(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the strings under the fields of a module's classes, by class."""
    tree = ast.parse(inspect.getsource(sys.modules[name]))
    return {
        node.name: dict(_under_fields(node))
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }


def _under_fields(model: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(model.body):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(meaning))),
            ):
                yield name, inspect.cleandoc(meaning)
