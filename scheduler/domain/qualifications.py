"""Qualifications by the names that stand on certificates and that people use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scheduler.domain.likeness import look_of
from scheduler.domain.staff import (
    ASSISTANT_NURSE,
    CARE_MANAGER_LICENCE,
    CERTIFIED_CARE_WORKER,
    MANAGER_TRAINING,
    PLANNER_TRAINING,
    REGISTERED_NURSE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ALSO: dict[str, tuple[str, ...]] = {
    CERTIFIED_CARE_WORKER: ("介護福祉士国家資格", "介福"),
    REGISTERED_NURSE: ("正看護師", "正看"),
    ASSISTANT_NURSE: ("准看",),
    CARE_MANAGER_LICENCE: (
        *("ケアマネ", "ケアマネージャー", "ケアマネジャー", "介護支援専門員証"),
    ),
    PLANNER_TRAINING: (
        "小規模多機能型サービス等計画作成担当者研修",
        "小規模多機能型サービス計画作成担当者研修",
        "計画作成担当者",
    ),
    MANAGER_TRAINING: (
        "認知症対応型サービス事業管理者研修",
        "認知症対応型サービス事業管理者等研修",
        "認知症対応型サービス管理者研修",
    ),
}
"""What the rules know by name, and what else is written for it."""

OF_RULES = tuple(ALSO)
"""Qualifications that law and reports ask for."""

INCLUDES: dict[str, str] = {
    "主任介護支援専門員": CARE_MANAGER_LICENCE,
    "主任ケアマネジャー": CARE_MANAGER_LICENCE,
    "主任ケアマネージャー": CARE_MANAGER_LICENCE,
    "主任ケアマネ": CARE_MANAGER_LICENCE,
}
"""Qualifications that only holders of another one have."""

COMMON = (
    *("介護職員初任者研修", "初任者研修", "介護福祉士実務者研修", "実務者研修"),
    *("介護職員基礎研修", "ホームヘルパー1級", "ホームヘルパー2級", "ヘルパー2級"),
    *("認知症介護基礎研修", "認知症介護実践者研修", "認知症介護実践リーダー研修"),
    *("認知症介護指導者養成研修", "認知症対応型サービス事業開設者研修"),
    *("喀痰吸引等研修", "社会福祉士", "精神保健福祉士", "社会福祉主事", "保健師"),
    *("理学療法士", "作業療法士", "言語聴覚士", "管理栄養士", "栄養士", "調理師"),
    *("保育士", "普通自動車免許", "普通自動車運転免許", "普通自動車第二種免許"),
)
"""Further ones that no rule asks for by itself."""

BETWEEN = re.compile(r"[・/／\s]+")
"""What may part several, where they are known."""

BEHIND = re.compile(
    r"[(（]?(修了証?|修了者|修了済み?|受講済み?|済み?|有資格者?|資格|免許証?|登録証)[)）]?$"
)


def known_names() -> tuple[str, ...]:
    """Return the qualifications that are known, those of the rules first."""
    return (*ALSO, *INCLUDES, *COMMON)


def qualifications_of(text: str) -> Iterator[str]:
    """Yield the qualifications that a text names, as the rules call them.

    What is not known stays as it was written, with the signs that may part several:
    they may be part of its name.
    """
    whole = text.strip()
    pieces = [piece for piece in BETWEEN.split(whole) if piece]
    if not _named(whole) and any(_named(piece) for piece in pieces):
        for piece in pieces:
            yield from _named(piece) or (piece,)
    elif whole:
        yield from _named(whole) or (whole,)


def is_known(text: str) -> bool:
    """Tell whether a text names a qualification that is known."""
    return bool(_named(text))


def _named(text: str) -> tuple[str, ...]:
    look = look_of(text)
    return _BY_LOOK.get(look) or _BY_LOOK.get(BEHIND.sub("", look), ())


def _by_look() -> dict[str, tuple[str, ...]]:
    own = {name: (name,) for name in (*ALSO, *COMMON)}
    others = {also: (name,) for name, words in ALSO.items() for also in words}
    included = {name: (name, within) for name, within in INCLUDES.items()}
    return {look_of(text): names for text, names in (own | others | included).items()}


_BY_LOOK = _by_look()
