"""Qualifications as they stand on certificates, and several in a cell."""

from __future__ import annotations

import pytest

from scheduler.domain.fields import FieldKind
from scheduler.domain.qualifications import is_known, qualifications_of
from scheduler.files.workbook.columns import Column
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.reading.values import read_value

MANAGER, PLANNER = "管理者研修", "計画作成担当者研修"
LICENCE, CHIEF = "介護支援専門員", "主任介護支援専門員"

READ: list[tuple[str, list[str]]] = [
    ("介護福祉士", ["介護福祉士"]),
    ("認知症対応型サービス事業管理者研修", [MANAGER]),
    ("認知症対応型サービス事業管理者研修修了", [MANAGER]),
    ("管理者研修（修了）", [MANAGER]),
    ("小規模多機能型サービス等計画作成担当者研修", [PLANNER]),
    (CHIEF, [CHIEF, LICENCE]),
    ("准看", ["准看護師"]),
    ("准 看護師", ["准看護師"]),
    ("正看護師", ["看護師"]),
    ("介護福祉士・看護師", ["介護福祉士", "看護師"]),
    ("介護福祉士／管理者研修", ["介護福祉士", MANAGER]),
    ("介護福祉士 看護師", ["介護福祉士", "看護師"]),
    ("介護福祉士,看護師", ["介護福祉士", "看護師"]),
    ("介護福祉士、\n看護師", ["介護福祉士", "看護師"]),
    ("介護福祉士・二種免許", ["介護福祉士", "二種免許"]),
    # Nothing of it is known: the sign may be part of a name of the office's own.
    ("普通・中型", ["普通・中型"]),
    ("新人 B", ["新人 B"]),
]


@pytest.mark.parametrize(("text", "held"), READ)
def test_what_a_cell_says(text: str, held: list[str]) -> None:
    """Each is called as the rules call it; nothing that was typed is lost."""
    column = Column("path", "Heading", FieldKind.QUALIFICATIONS, "Note.")
    assert read_value(column, text) == held


def test_one_twice_in_a_cell() -> None:
    """Two names of one qualification are the same entry."""
    column = Column("path", "Heading", FieldKind.QUALIFICATIONS, "Note.")
    with pytest.raises(Wrong) as caught:
        read_value(column, "看護師、正看護師")
    assert caught.value.code == "twice_in_cell"


def test_what_is_known() -> None:
    """Names of the rules and the usual certificates are; a near miss is not."""
    assert is_known("ケアマネ")
    assert is_known("実務者研修")
    assert not is_known("看護")
    assert not is_known("介護福祉")
    assert list(qualifications_of("　")) == []
