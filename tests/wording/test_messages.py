"""The catalogue is whole, and compiled from what stands in the code."""

from __future__ import annotations

import io

import pytest
from babel.messages.mofile import read_mo

from scheduler.wording import translation
from tools import messages


@pytest.fixture(scope="module")
def merged() -> messages.Catalog:
    """Merge what stands in the code into the catalogue."""
    return messages.merged()


def test_nothing_untranslated(merged: messages.Catalog) -> None:
    """Every message has its Japanese, with the same facts, and none is unused."""
    assert list(messages.faults(merged)) == []


def test_faults_are_seen() -> None:
    """Missing, uncertain and ill-fitting translations are told apart."""
    catalog = messages.Catalog(locale="ja")
    catalog.add("one {name}", "{name}", flags=["fuzzy"])
    catalog.add("two {name}", "二 {nam}")
    catalog.add("three")
    catalog.add("four {name}", "四 {name}")
    assert list(messages.faults(catalog)) == [
        "uncertain: one {name}",
        "other placeholders: two {name}",
        "untranslated: three",
    ]


def test_compiled_catalogue_is_fresh(merged: messages.Catalog) -> None:
    """What is compiled is what the text says."""
    compiled = read_mo(io.BytesIO(messages.MO.read_bytes()))
    fresh = read_mo(io.BytesIO(messages.mo_bytes(merged)))
    assert {str(m.id): m.string for m in compiled if m.id} == {
        str(m.id): m.string for m in fresh if m.id
    }


def test_merging_twice_changes_nothing(merged: messages.Catalog) -> None:
    """The catalogue is written the same way every time."""
    assert messages.po_bytes(merged) == messages.PO.read_bytes()


def test_language_is_japanese_until_told() -> None:
    """A language holds until the next one is chosen."""
    assert translation.language() == "ja"
    before = translation.use_language("en")
    try:
        assert translation._("no such message") == "no such message"
        assert translation.language() == "en"
    finally:
        translation.use_language(before)
    assert translation.language() == "ja"


def test_the_text_under_a_field_with_a_heading_is_a_message() -> None:
    """It means something to whoever fills it in; of other fields it is for readers."""
    source = '''
class Model:
    hours: int = Field(default=0, title=N_("Hours"))
    """Hours of
    the month."""
    inner: int = Field(default=0)
    """Not shown."""
    bare: int = 0
    """Not shown either."""
'''
    assert list(messages.meanings(source)) == ["Hours of the month."]
