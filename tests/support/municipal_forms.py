"""Copies of municipalities' forms, in the layouts of the given maps.

They have formulas, lists of choices, styles and merged cells.
"""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from scheduler.files.workbook.forms.map import given_maps

YELLOW = PatternFill("solid", start_color="FFF2CC", end_color="FFF2CC")
JOBS = "管理者,介護支援専門員,看護職員,介護職員"


def month_form(slots: int = 20, days: int = 31) -> Workbook:
    """Return the form with a line a person: headings in row 6, people from row 11."""
    book = Workbook()
    sheet = book.active
    sheet.title = "従業者の勤務の体制"
    sheet["A1"] = "従業者の勤務の体制及び勤務形態一覧表"
    sheet["L2"], sheet["N2"], sheet["T2"] = "令和", "年", "月分"
    sheet["AF2"] = "事業所名"
    for cell, text in zip(
        "ABCDE", ("No", "職種", "勤務形態", "資格", "氏名"), strict=True
    ):
        sheet[f"{cell}6"] = text
    after = 6 + days
    sheet.cell(6, after).value, sheet.cell(6, after + 1).value = "合計", "週平均"
    sheet.cell(6, after + 2).value = "兼務状況"
    for day in range(days):
        sheet.cell(9, 6 + day).value = day + 1
    first, last = get_column_letter(6), get_column_letter(5 + days)
    for slot in range(slots):
        row = 11 + slot
        sheet.cell(row, 1).value = slot + 1
        sheet.cell(row, after).value = f"=SUM({first}{row}:{last}{row})"
        total = f"{get_column_letter(after)}{row}"
        sheet.cell(row, after + 1).value = f"=ROUNDDOWN({total}/({days}/7),2)"
        for column in range(2, after):
            sheet.cell(row, column).fill = YELLOW
            sheet.cell(row, column).number_format = "0.00"
            sheet.cell(row, column).font = Font(name="MS Mincho", size=9)
    foot = 11 + slots
    sheet.cell(foot, 2).value = "介護職員の合計"
    area = f"$B$11:$B${foot - 1}"
    totals = f"{get_column_letter(after)}$11:{get_column_letter(after)}${foot - 1}"
    sheet.cell(foot, after).value = f'=SUMIF({area},"介護職員",{totals})'
    for words, column in ((JOBS, "B"), ("A,B,C,D", "C")):
        rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        rule.showErrorMessage = True
        rule.add(f"{column}11:{column}{foot - 1}")
        sheet.add_data_validation(rule)
    sheet.merge_cells("A1:K1")
    sheet.print_title_rows = "6:9"
    other = book.create_sheet("記入方法")
    other["A1"] = "=1+1"
    return book


def lines_form(first: int = 25, slots: int = 17) -> Workbook:
    """Return the form with three lines a person and a sheet of symbols.

    What programs that fill its copies say of it: numbers follow by formula, days stand
    above the index and the name of their weekday, hours and those in the time of
    service are looked up, people by job and date are counted in rows 80 to 84, and the
    lists of choices stand on a sheet of their own.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "勤務形態一覧表"
    below, heads = first + 3 * slots, first - 4
    for cell, text in (
        (f"B{heads}", "No."),
        (f"C{heads}", "(6) 職種"),
        (f"G{heads}", "(7) 勤務形態"),
        (f"H{heads}", "(8) 資格"),
        (f"L{heads}", "(9) 氏名"),
        (f"AX{heads}", "(11) 合計"),
        (f"AZ{heads}", "(12) 週平均"),
        (f"BB{heads}", "(13) 兼務状況"),
        (f"L{below + 1}", "(15) 利用者数"),
        (f"L{below + 2}", "(16) サービス提供時間"),
    ):
        sheet[cell] = text
    table = _symbols(book)
    for day in range(31):
        column = get_column_letter(19 + day)
        sheet[f"{column}{first - 3}"] = day + 1
        date = f"DATE($AC$2,$AG$2,{column}{first - 3})"
        sheet[f"{column}{first - 2}"] = f"=WEEKDAY({date})"
        names = '"日","月","火","水","木","金","土"'
        sheet[f"{column}{first - 1}"] = f"=CHOOSE({column}{first - 2},{names})"
    for slot in range(slots):
        top = first + 3 * slot
        sheet[f"B{top}"] = f"=B{top - 3}+1" if slot else 1
        for offset, label in enumerate(("シフト記号", "勤務時間数", "時間帯内")):
            sheet.cell(top + offset, 16).value = label
        for column in range(19, 50):
            place = f"{get_column_letter(column)}{top}"
            for line, wanted in ((1, 8), (2, 9)):
                found = f'=IF({place}="",0,VLOOKUP({place},{table},{wanted},FALSE))'
                sheet.cell(top + line, column).value = found
        sheet[f"AX{top}"] = f"=SUM(S{top + 1}:AW{top + 1})"
        sheet[f"AZ{top}"] = f"=AX{top}/4"
    for row, job in enumerate(JOBS.split(","), start=below + 4):
        sheet[f"L{row}"] = job
        for column in map(get_column_letter, range(19, 50)):
            jobs = f"$C${first}:$C${below - 3}"
            hours = f"{column}${first + 2}:{column}${below - 1}"
            sheet[f"{column}{row}"] = f'=COUNTIFS({jobs},$L{row},{hours},">0")'
    for column in map(get_column_letter, range(19, 50)):
        counted = f"{column}{below + 4}:{column}{below + 7}"
        sheet[f"{column}{below + 8}"] = f"=SUM({counted})"
    _choices(book)
    book.create_sheet("記入方法")["A1"] = "シフト記号は記号表から選びます。"
    return book


def _symbols(book: Workbook) -> str:
    """Add the sheet of symbols; return the area in which they are looked up."""
    symbols = book.create_sheet("シフト記号表（勤務時間帯）")
    for number in range(30):
        row = 6 + number
        symbols[f"C{row}"] = chr(ord("a") + number % 26)
        worked = f"IF(F{row}<D{row},F{row}+1,F{row})-D{row}-H{row}"
        symbols[f"J{row}"] = symbols[f"K{row}"] = f"=({worked})*24"
    return "'シフト記号表（勤務時間帯）'!$C$6:$K$35"


def _choices(book: Workbook) -> None:
    """Add the sheet of choices, and the lists that refer to it by name."""
    lists = book.create_sheet("プルダウン・リスト")
    for column, name, words in (("C", "職種", JOBS), ("D", "形態", "A,B,C,D")):
        texts = words.split(",")
        for row, text in enumerate(texts, start=3):
            lists[f"{column}{row}"] = text
        area = f"'プルダウン・リスト'!${column}$3:${column}${2 + len(texts)}"
        book.defined_names[name] = DefinedName(name, attr_text=area)
        rule = DataValidation(type="list", formula1=name, allow_blank=True)
        rule.showErrorMessage = True
        for slot in range(17):
            rule.add(f"{'C' if column == 'C' else 'G'}{25 + 3 * slot}")
        book.worksheets[0].add_data_validation(rule)


def by_job_form() -> Workbook:
    """Return the form of 28 dates whose jobs have their own lines and sub-totals."""
    book = month_form(32, 28)
    sheet = book.active
    sheet["AF2"] = None
    (layout,) = (one for one in given_maps() if one.days == 28)
    taken = {
        row
        for part in layout.section
        for row in range(part.first_row, part.first_row + part.slots)
    }
    for row in range(11, 43):
        if row not in taken:
            sheet[f"B{row}"] = "小計"
            above = max(one for one in taken if one < row)
            first = next(
                p.first_row
                for p in layout.section
                if above in range(p.first_row, p.first_row + p.slots)
            )
            sheet[f"AH{row}"] = f"=SUM(AH{first}:AH{row - 1})"
    sheet.data_validations.dataValidation = []
    return book
