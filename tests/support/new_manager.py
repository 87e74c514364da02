"""An ordinary office typed into the empty workbook of ``init``, cell by cell.

Headings, words and places are those of docs/ja; whatever a manager does not touch stays
as ``init`` wrote it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = 3
"""The row of headings on every sheet."""

OFFICE = {
    "事業所名": "小規模多機能ホーム ひだまり",
    "事業所番号": "1390100123",
    "登録定員": 25,
    "通い定員": 15,
    "宿泊定員": 5,
    "登録者数": 25,
    "通い平均の求め方": "前年度の平均",
    "通い平均の延べ人数": 4020,
    "通い平均の日数": 365,
    "夜間帯": "21:00-翌6:00",
    "夜間の連絡体制": "はい",
    "前日の宿泊者数": 0,
}
SETTINGS = {
    "宿直について、労働基準監督署の許可を受けていますか": "はい",
    "宿直の人は、自宅で待機しますか": "いいえ",
    "常勤の人がこの期間に働く所定労働時間は、何時間ですか": "160:00",
    "休みの日と明けの日には、宿直を入れないようにしますか": "必ず",
}
PROFILE = """
通常 来所 9:30 60
通常 来所 10:00 40
通常 帰宅 15:30 40
通常 帰宅 16:30 60
通常 宿泊者の朝 9:30
通常 宿泊者の夕 16:30
通常 訪問 10:30-11:30 50 3
通常 訪問 13:30-15:00 50 4
"""
SHIFTS = """
早 早番 早番 7:00 16:00 11:30-12:30/12:30-13:30
日 日勤 日勤 8:30 17:30 12:00-13:00/13:00-14:00 13:00
遅 遅番 遅番 10:30 19:30 13:30-14:30/14:30-15:30
夜 夜勤 夜勤 17:00 翌9:00 翌0:00-翌2:00/翌2:00-翌4:00
パ パート 日勤 9:00 13:00
短 育児短時間 日勤 9:00 16:00 12:00-13:00/13:00-14:00
"""
FULL_TIME, HOURS = "所定", "8:00 152:00 160:00 8"
STAFF = """
田中 常勤 管理、介護 介護福祉士、管理者研修 運転 早、日、遅 はい 所定 夜0
佐々木 常勤 計画作成、介護 介護支援専門員、計画作成担当者研修 運転 日 はい 所定 夜0
小林 非常勤 看護 看護師 運転 日 いいえ 8:00 80:00 96:00 - 週3
高橋 常勤 介護 介護福祉士 運転、指導 早、日、遅、夜 はい 所定
伊藤 常勤 介護 介護福祉士 運転、指導 早、日、遅、夜 はい 所定
渡辺 常勤 介護 介護福祉士 運転 早、日、遅、夜 はい 所定
山本 常勤 介護 介護福祉士 - 早、日、遅、夜 はい 所定
斎藤 常勤 介護 - 運転 早、日、遅、夜 はい 所定
木村 常勤 介護 - 運転 早、日、遅、夜 はい 所定
中村 常勤 介護 - 新人 早、日、遅 いいえ 8:00 104:00 112:00 5 夜0 在籍
加藤 常勤 介護 介護福祉士 運転 短 いいえ 6:00 114:00 120:00 8 夜0 短時間
吉田 非常勤 介護 - - 夜 いいえ 14:00 84:00 126:00 - 夜9
松本 非常勤 介護 - - パ いいえ 4:00 44:00 48:00 - 月水金
井上 非常勤 介護 - - パ いいえ 4:00 44:00 48:00 - 火木土
"""
WISHES = """
田中 6休 20休 25有
佐々木 13休 14休 26有◎
小林 5休 16休◎
高橋 11休 12休 20有◎
伊藤 6休 7休 19×夜 27休△
渡辺 14休◎ 22休 23休
山本 8休 26×夜
斎藤 11休 13休 24日/早
木村 3休 10有 14休 21休
中村 20休 21休
加藤 5休 11休◎ 19有
吉田 3休 4休 16夜 24休
松本 10休 26休△
井上 13休 25休
"""
TAIL = """
田中 日休日日日休休
佐々木 日日日日日休休
小林 日休日休日休休
高橋 早日休夜明休日
伊藤 夜明休早遅日休
渡辺 休夜明休早遅日
山本 遅遅休日夜明休
斎藤 日休夜明休早遅
木村 早日遅休日夜明
中村 ・・・・・・・
加藤 短短短休短短休
吉田 明夜明夜明休休
松本 パ休パ休パ休休
井上 休パ休パ休パ休
"""
ON_CALL_BEFORE = ("田中", "佐々木", "斎藤", "伊藤", "渡辺", "高橋", None)
USERS = {  # weekday from Monday: day users, guests, visits
    0: (12, 4, 6),
    1: (14, 5, 8),
    2: (12, 4, 6),
    3: (13, 5, 7),
    4: (12, 4, 6),
    5: (9, 3, 5),
    6: (6, 0, 4),
}


class Typist:
    """Types cells into a workbook as a person in front of it does.

    Parameters
    ----------
    path
        A workbook that ``init`` wrote.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.book = openpyxl.load_workbook(path)
        self._staff: list[str] = []

    def save(self) -> None:
        """Save the workbook in place."""
        self.book.save(self._path)

    def answer(self, sheet: str, label: str, value: object) -> None:
        """Type a value beside a label."""
        page = self.book[sheet]
        (row,) = (cell.row for cell in page["A"] if cell.value == label)
        page.cell(row, 2).value = value

    def line(self, sheet: str, **cells: object) -> None:
        """Type a line into the first free row; a line typed before is not kept."""
        page = self.book[sheet]
        row = HEADINGS + 1
        while page.cell(row, 1).value is not None:
            row += 1
        for heading, value in cells.items():
            if value is not None:
                page.cell(row, _column(page, heading)).value = value
        if sheet == "職員":
            self._staff.append(str(cells["氏名"]))

    def clear(self, sheet: str) -> None:
        """Delete what stands below the headings of a sheet."""
        for row in self.book[sheet].iter_rows(min_row=HEADINGS + 1):
            for cell in row:
                cell.value = None

    def day(self, sheet: str, name: str, date: dt.date, value: str) -> None:
        """Type into the cell of a person's row and a date."""
        page = self.book[sheet]
        first = next(
            cell.row for cell in page["A"] if str(cell.value).startswith("=IFERROR")
        )
        row = first + self._staff.index(name) if name in self._staff else 0
        if name == "宿直":
            row = next(cell.row for cell in page["A"] if cell.value == name)
        dates = {_date(cell.value): cell.column for cell in page[HEADINGS]}
        page.cell(row, dates[date]).value = value


def type_office(path: Path) -> None:
    """Fill in the whole office for February 2027."""
    typist = Typist(path)
    for label, value in OFFICE.items():
        typist.answer("事業所", label, value)
    for label, value in SETTINGS.items():
        typist.answer("設定", label, value)
    _house(typist)
    _staff(typist)
    _month(typist)
    _events_and_tasks(typist)
    typist.save()


def _house(typist: Typist) -> None:
    headings = ("呼び名", "区分", "時刻", "割合", "1人の訪問件数")
    typist.clear("曜日ごとの送迎・訪問の時刻")
    for words in _lines(PROFILE):
        numbers = [int(one) for one in words[3:]]
        cells = dict(zip(headings, (*words[:3], *numbers), strict=False))
        typist.line("曜日ごとの送迎・訪問の時刻", **cells)
    typist.clear("勤務")
    headings = ("記号", "名称", "区分", "開始", "終了", "休憩候補")
    for words in _lines(SHIFTS):
        cells = dict(
            zip((*headings, "兼務の人が仕事を替える時刻"), words, strict=False)
        )
        typist.line("勤務", **cells)


def _staff(typist: Typist) -> None:
    headings = ("氏名", "雇用形態", "職務", "資格", "グループ", "入れる勤務", "宿直")
    others = ("1日の時間", "月の契約時間 から", "月の契約時間 まで", "公休日数")
    for words in _lines(STAFF.replace(FULL_TIME, HOURS)):
        known = [None if word == "-" else word for word in words[:11]]
        cells: dict[str, object] = dict(zip((*headings, *others), known, strict=False))
        for word in words[11:]:
            cells |= {
                "夜0": {"夜勤最多": 0},
                "夜9": {"夜勤最多": 9},
                "週3": {"週の最多日数": 3},
                "在籍": {"在籍期間": "2027/2/10～"},
                "短時間": {"短時間の常勤": "はい", "夜勤免除": "はい"},
            }.get(word, {"勤務曜日": word})
        typist.line("職員", **cells)


def _month(typist: Typist) -> None:
    page = typist.book["利用見込"]
    for row in range(HEADINGS + 1, page.max_row + 1):
        if (date := _date(page.cell(row, 1).value)) is None:
            continue
        for heading, number in zip(
            ("通い", "宿泊", "訪問"), USERS[date.weekday()], strict=True
        ):
            page.cell(row, _column(page, heading)).value = number
    for name, *wishes in _lines(WISHES):
        for wish in wishes:
            day = "".join(letter for letter in wish[:2] if letter.isdigit())
            date = dt.date(2027, 2, int(day))
            typist.day("希望", name, date, wish[len(day) :])
    for name, symbols in _lines(TAIL):
        for number, symbol in enumerate(symbols):
            typist.day("前月", name, dt.date(2027, 1, 25 + number), symbol)
    for number, called in enumerate(ON_CALL_BEFORE):
        if called:
            typist.day("前月", "宿直", dt.date(2027, 1, 25 + number), called)


def _events_and_tasks(typist: Typist) -> None:
    third_wednesday = {"曜日": "水", "第何週": "3", "時間（から-まで）": "18:00-19:00"}
    everybody = {"出る人": "常勤全員", "必須": "いいえ"}
    typist.line("行事", 行事の名前="職員会議", **third_wednesday, **everybody)
    for name in ("伊藤", "中村"):
        typist.line("研修・休業", 氏名=name, 種類="研", 開始日="2/18", 終了日="2/18")
    typist.line("研修・休業", 氏名="山本", 種類="休職", 開始日="2/15", 終了日="2/24")
    drivers = {
        "グループ": "運転",
        "下限": 2,
        "必須": "はい",
        "数え方": "上乗せ（外出）",
    }
    typist.line("配置ルール", ルール名="朝の送迎", 時間帯="8:45-9:30", **drivers)
    typist.line("配置ルール", ルール名="夕の送迎", 時間帯="15:45-16:45", **drivers)
    bath = {"職務": "介護", "曜日": "火金", "時間帯": "10:00-11:30", "下限": 2}
    typist.line("配置ルール", ルール名="入浴", **bath, 数え方="上乗せ（館内）")
    one = {"勤務": "夜", "曜日": "月火水木金土", "下限": 1, "上限": 1}
    typist.line("配置ルール", ルール名="夜勤は1人", **one)
    typist.line(
        "個別の上限",
        氏名="佐々木",
        数えるもの="計画作成の日（1日）",
        数え方="週",
        下限=2,
        必須="はい",
    )


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.split("\n"):
        if line:
            yield line.split()


def _column(page: Worksheet, heading: str) -> int:
    """Return the column of a heading; its unit stands on a second line."""
    (column,) = (
        cell.column
        for cell in page[HEADINGS]
        if str(cell.value).split("\n")[0] == heading
    )
    return int(column)


def _date(value: Any) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else None
