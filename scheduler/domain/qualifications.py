"""Licences and trainings: their names on certificates, and what people say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.domain.likeness import look_of, spelling_of

CERTIFIED_CARE_WORKER = "介護福祉士"
REGISTERED_NURSE = "看護師"
ASSISTANT_NURSE = "准看護師"
CARE_MANAGER_LICENCE = "介護支援専門員"
PLANNER_TRAINING = "計画作成担当者研修"
MANAGER_TRAINING = "管理者研修"
"""Qualifications that the rules use, by their names on certificates."""

ALSO: dict[str, tuple[str, ...]] = {
    CERTIFIED_CARE_WORKER: ("介護福祉士国家資格", "介福"),
    REGISTERED_NURSE: ("正看護師", "正看", "看護婦"),
    ASSISTANT_NURSE: ("准看", "准看護婦"),
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
"""Qualifications that the rules use, each with its other names."""

OF_RULES = tuple(ALSO)
"""Qualifications that law and reports require."""

INCLUDES: dict[str, str] = {
    "主任介護支援専門員": CARE_MANAGER_LICENCE,
    "主任ケアマネジャー": CARE_MANAGER_LICENCE,
    "主任ケアマネージャー": CARE_MANAGER_LICENCE,
    "主任ケアマネ": CARE_MANAGER_LICENCE,
}
"""Qualifications that imply another one, which is then added."""

COMMON = (
    *("介護職員初任者研修", "初任者研修", "介護福祉士実務者研修", "実務者研修"),
    *("介護職員基礎研修", "ホームヘルパー1級", "ホームヘルパー2級"),
    *("ヘルパー1級", "ヘルパー2級", "訪問介護員2級", "初任者", "実務者"),
    *("認知症介護基礎研修", "認知症介護実践者研修", "認知症介護実践リーダー研修"),
    *("認知症介護指導者養成研修", "認知症対応型サービス事業開設者研修"),
    *("喀痰吸引等研修", "社会福祉士", "精神保健福祉士", "社会福祉主事", "保健師"),
    *("理学療法士", "作業療法士", "言語聴覚士", "管理栄養士", "栄養士", "調理師"),
    *("保育士", "普通自動車免許", "普通自動車運転免許", "普通自動車第二種免許"),
    *("運転免許", "自動車免許", "普通免許"),
)
"""Further known qualifications, which no rule uses by itself."""

BETWEEN = re.compile(r"[・/／\s]+")
"""Separators of several qualifications in one text, if at least one is known."""

BEHIND = re.compile(
    r"[(（]?(修了証?|修了者|修了済み?|受講済み?|済み?|有資格者?|資格|免許証?|登録証)[)）]?$"
)


def known_names() -> tuple[str, ...]:
    """Return the known qualifications, those used by the rules first."""
    return (*ALSO, *INCLUDES, *COMMON)


def names_of_licence(name: str) -> tuple[str, ...]:
    """Return all names of a qualification that the rules use."""
    return (name, *ALSO[name])


def qualifications_of(text: str) -> Iterator[str]:
    """Yield the qualifications in a text, by the names that the rules use.

    A text without a known qualification is kept whole: its separators may be part of
    the name.
    """
    whole = text.strip()
    pieces = [piece for piece in BETWEEN.split(whole) if piece]
    if not _named(whole) and any(_named(piece) for piece in pieces):
        for piece in pieces:
            yield from _named(piece) or (piece,)
    elif whole:
        yield from _named(whole) or (whole,)


def is_known(text: str) -> bool:
    """Tell whether a text names a known qualification."""
    return bool(_named(text))


def _named(text: str) -> tuple[str, ...]:
    told = (text, BEHIND.sub("", look_of(text)))
    found = (_BY_SPELLING.get(spelling_of(one)) for one in told)
    return next(filter(None, found), ())


def _by_spelling() -> dict[str, tuple[str, ...]]:
    own = {name: (name,) for name in (*ALSO, *COMMON)}
    others = {also: (name,) for name, words in ALSO.items() for also in words}
    included = {name: (name, within) for name, within in INCLUDES.items()}
    known = own | others | included
    return {spelling_of(text): names for text, names in known.items()}


_BY_SPELLING = _by_spelling()
