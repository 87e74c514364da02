"""Messages of mistakes in a file: its form, sheets, cells, and rosters read."""

from __future__ import annotations

from scheduler.wording.translation import N_

FILES = {
    # The file itself.
    "file_missing": N_("There is no file {path}. Check name and folder."),
    "file_is_folder": N_("{path} is a folder. Name the workbook in it."),
    "file_unreadable": N_(
        "{path} cannot be opened. Close it in Excel, or check whether you may read it."
    ),
    "wrong_suffix": N_("{path} is neither .xlsx nor .json. Save it as .xlsx."),
    "not_a_workbook": N_(
        "This is no Excel workbook. Save it in Excel as “Excel workbook (*.xlsx)”."
    ),
    "old_format": N_(
        "This is a workbook of the old format (.xls). Save it as “Excel workbook "
        "(*.xlsx)”."
    ),
    "encrypted": N_(
        "The workbook is protected by a password. Save it without a password."
    ),
    "strict_format": N_(
        "This workbook was saved as “Strict Open XML”. Save it in Excel as “Excel "
        "workbook (*.xlsx)”."
    ),
    "too_many_cells": N_(
        "More than {limit} cells are filled; no month has as many. Delete what does "
        "not belong here, or start from a new workbook ({shotaki} init)."
    ),
    "other_format": N_(
        "This is a file of another program. Save it as “Excel workbook (*.xlsx)”."
    ),
    "too_much_inside": N_(
        "Unpacked, the workbook has {megabytes} MB; at most {limit} MB are read. "
        "Start from a new workbook ({shotaki} init)."
    ),
    "not_json": N_(
        "This is no JSON: from line {line}, character {column} on it cannot be read."
    ),
    "json_too_deep": N_("This is no JSON of ours: it is nested too deeply."),
    "json_number": N_("This is no JSON of ours: a number in it is too long."),
    "json_too_large": N_("The JSON has more than 20 MB; no month has as much."),
    "json_encoding": N_("The JSON is not written in UTF-8. Save it as UTF-8."),
    "key_twice": N_("“{name}” stands twice in one object. Keep one of them."),
    "list_too_long": N_("There are more than {limit} entries; no month has as many."),
    "unknown_field": N_(
        "There is no such name. Remove it, or mend it: “{shotaki} schema problem” "
        "shows the form."
    ),
    "not_true_false": N_("“{value}” is neither true nor false."),
    "not_list": N_("A list belongs here, written in [ ]."),
    "not_object": N_("An object belongs here, written in {{ }}."),
    "not_iso_date": N_("“{value}” is no date. Write it as in 2026-12-24."),
    "wrong_shape": N_(
        "“{value}” does not fit. “{shotaki} schema problem” shows the form."
    ),
    "joint_joining": N_(
        "Who joins is planned in one house alone; plan it before the houses are made "
        "together."
    ),
    "joint_missing": N_(
        "{path} was planned together with {other}, which is not beside it. Put both "
        "into one folder."
    ),
    "joint_made_apart": N_(
        "{path} and {other} do not belong together any more: one of them was made "
        "anew or accepted without the other. Make both again, or bring back the "
        "version that belongs to it."
    ),
    "joint_contradiction": N_(
        "{name}, {on}: “{here}” in {first}, “{there}” in {second}. Change one of the "
        "two cells."
    ),
    "not_a_plan": N_(
        "{plan} is no plan that can be accepted. Name one that `whatif` wrote."
    ),
    "plan_outdated": N_(
        "{plan} was made for another state of {roster}: a plan was accepted or cells "
        "were edited since. Say again what has happened, so that new plans are made."
    ),
    "actual_of_another": N_(
        "{path} stands beside {roster} and is of another office or other dates. Move "
        "it away, or name the roster to which it belongs."
    ),
    # Files of stamps.
    "clock_too_large": N_("The file has more than 20 MB; no month has as much."),
    "clock_encoding": N_(
        "The file is written neither in UTF-8 nor in Shift_JIS. Save it as CSV again."
    ),
    "no_table": N_("This is no table with commas between the columns (CSV)."),
    "clock_cells": N_(
        "line {line}: “{value}” stands beyond the last heading. A comma too many?"
    ),
    "clock_date": N_("line {line}, {column}: “{value}” is no date, as in 2027/1/15."),
    "clock_time": N_(
        "line {line}, {column}: “{value}” is no clock time, as in 8:30 or 翌9:30."
    ),
    "clock_length": N_(
        "line {line}, {column}: “{value}” is no length of a break, as in 60 or 1:00."
    ),
    "clock_person": N_(
        "line {line}, {column}: “{value}”: name and number are of two people of the "
        "staff list. Mend one of them."
    ),
    "clock_kind": N_(
        "line {line}, {column}: “{value}” is no known word for coming, going or a "
        "break. Say once what it means: --column in-word={value} or out-word={value}, "
        "break-word={value}, back-word={value}, with all other columns as before."
    ),
    "columns_which": N_(
        "{path}: name either date, in and out (one line a day), or stamp (one line a "
        "stamp)."
    ),
    "columns_unreadable": N_(
        "{path} cannot be read as TOML. Mend it, or delete it and say the columns anew."
    ),
    "columns_person": N_("{path} names neither a column name nor a column number."),
    "columns_twice": N_("Two columns were chosen for one meaning."),
    "columns_pairs": N_(
        "{path}: “in” and “out”, “break-from” and “break-to” name as many columns each."
    ),
    "columns_missing": N_(
        "There are no columns {missing}. There are: {headings}. Say anew with --column "
        "what they mean."
    ),
    "columns_unclear": N_(
        "It is not clear what the columns mean. There are: {headings}. Say it once: "
        "--column name=… --column date=… --column in=… --column out=…, or for one line "
        "a stamp --column name=… --column stamp=… --column kind=…"
    ),
    "column_word": N_("“{value}”: say it as in in=出勤時刻. Meanings are: {keys}."),
    "column_heading": N_("“{value}”: there is no such column. There are: {headings}."),
    "no_differences": N_("{path} is no page of differences. Name another with -o."),
    "not_decision": N_("“{value}” is no decision. Choose one of the list."),
    "no_difference": N_(
        "“{value}” stands beside no difference that is there now. Delete it."
    ),
    # An office's own form.
    "form_macros": N_(
        "{path} has macros, which are not run here, so that what they work out would be"
        " wrong. Save a copy in Excel as “Excel workbook (*.xlsx)” and name that."
    ),
    "form_other": N_(
        "{path} is another form than {map} says: its headings stand elsewhere. Mend"
        " that file, or give it another name to be asked anew."
    ),
    "form_no_dates": N_(
        "{path} has no row with the dates 1 to 28 or more side by side. Is it the"
        " staffing table (勤務形態一覧表)?"
    ),
    "form_not_checked": N_(
        "This form is not known. Where its cells stand was guessed and written to"
        " {path}: open it, correct what is wrong, set checked = true, and start again."
    ),
    "form_map_unreadable": N_("{path} is no map of a form: it cannot be read as TOML."),
    "form_no_symbols": N_(
        "{path} has no sheet “{sheet}” with the symbols. Mend the map under [symbols]."
    ),
    "form_formula": N_(
        "Cells that are to be filled hold formulas: {cells}. Nothing was filled; mend"
        " the map, so that these cells are left to the form."
    ),
    "form_merged": N_(
        "Cells that are to be filled lie inside merged cells: {cells}. Nothing was"
        " filled; mend the map, or undo the merging there."
    ),
    "form_locked": N_(
        "Cells that are to be filled are protected: {cells}. Nothing was filled; in"
        " Excel choose Review, Unprotect Sheet, save, and start again."
    ),
    "form_choice": N_(
        "“{value}” is not in the list of choices of the cell: {known}. Nothing was"
        " filled; write the form's word under [words] of the map."
    ),
    # Sheets and headings.
    "missing_sheet": N_("The sheet “{sheet}” is missing. Add it, or start anew."),
    "renamed_sheet": N_(
        "The sheet “{sheet}” is missing; there are: {others}. If it is one of these, "
        "name its tab “{sheet}”; otherwise add it, or start anew."
    ),
    "sheet_twice": N_(
        "Two tabs have this name; “{first}” is read. Rename or delete one of them."
    ),
    "not_an_input": N_(
        "This is no input workbook of shotaki. “{shotaki} init” makes one to fill in."
    ),
    "is_a_roster": N_(
        "This is a finished roster, not an input workbook. “{shotaki} check” looks it "
        "over; “{shotaki} init --previous” makes the input of the next month from it."
    ),
    "is_a_printout": N_(
        "This workbook was written from a roster for reading only. Name the input "
        "workbook that was filled in."
    ),
    "huge_sheet": N_(
        "The sheet reaches to {reach}; at most {limit} is read. Delete the empty rows "
        "and columns at its end."
    ),
    "merged_cells": N_("The cells {range} are merged. Unmerge them."),
    "missing_column": N_("The column “{heading}” is missing. Add its heading."),
    "missing_line": N_("The line “{heading}” is missing. Add it in column {column}."),
    "missing_lines": N_(
        "None of the lines that belong here is found. Start from a new workbook "
        "({shotaki} init)."
    ),
    "duplicate_column": N_("The heading “{heading}” stands twice. Keep one of them."),
    "line_twice": N_("The line “{heading}” stands twice. Keep one of them."),
    "not_read": N_(
        "“{heading}”: what stands here is not read. Put it where it belongs; the "
        "heading 備考 marks a column of your own."
    ),
    "missing_dates": N_("No dates stand in the heading row. Enter them from column B."),
    # Contents of cells.
    "other_weekday": N_(
        "“{value}” is not the weekday of this line. Leave the cell as it was; a "
        "weekday whose numbers hold for all its dates stands in the first column."
    ),
    "number_twice": N_(
        "{number} stands twice under “{heading}”. Give the line that is new a number "
        "that no other has, so that everybody keeps their wishes."
    ),
    "name_gone": N_(
        "Nobody stands on this line of the sheet “{sheet}” any more, so that what is "
        "entered here is not read. Delete it, or enter the name there again."
    ),
    "names_sorted_alone": N_(
        "Names seem to have been sorted without their line numbers: {names}. Wishes, "
        "pins, last month and ledger are read as those of whoever has the number now. "
        "Undo it, and sort whole lines, by the arrows of the headings. If you "
        "exchanged the people on purpose, nothing need be done."
    ),
    "lines_sorted_without_names": N_(
        "What stands beside the names, such as contracts, seems to have been sorted "
        "without them: {names}. Undo it, and sort whole lines, by the arrows of the "
        "headings. If you exchanged it on purpose, nothing need be done."
    ),
    "no_line_for": N_(
        "There is no line for {names}. Enter a number that no other line has under "
        "“Line number” on the sheet of staff, or the name in an empty line below."
    ),
    "missing_value": N_("“{heading}” is empty. Enter a value."),
    "no_value": N_("There is no value. Enter one."),
    "not_calculated": N_(
        "The cell has a formula, but the workbook does not hold its value. Open the "
        "workbook in Excel, save it, and try again."
    ),
    "no_name": N_("A name of blanks alone cannot be told. Enter a name."),
    "cell_error": N_("The cell shows the error {value}. Mend the formula."),
    "not_text": N_("“{value}” is not text. Enter text."),
    "not_integer": N_("“{value}” is no whole number. Enter one, such as 5."),
    "not_number": N_("“{value}” is no number. Enter one, such as 2.5."),
    "not_half": N_("“{value}” is neither whole nor a half. Enter it as in 3 or 3.5."),
    "not_tally": N_(
        "“{value}” does not say how often. Enter shift, times and fair share as in "
        "計 3/2.5."
    ),
    "not_clock": N_("“{value}” is no clock time. Enter one, such as 9:30 or 翌9:30."),
    "not_span": N_(
        "“{value}” is no stretch of time. Enter one, such as 12:00-13:00 or "
        "21:00-翌6:00."
    ),
    "not_breaks": N_(
        "“{value}” are no breaks to choose from. Enter them as in 11:30-12:30 / "
        "12:30-13:30; with two breaks in one choice: 12:00-12:45+15:00-15:15."
    ),
    "not_duration": N_("“{value}” is no length of time. Enter one, such as 7:45 or 8."),
    "not_date": N_("“{value}” is no date. Enter one, such as {example}."),
    "not_date_span": N_(
        "“{value}” is no stretch of dates. Enter one, such as {example}～{until} or "
        "{example}～."
    ),
    "not_yes_no": N_("“{value}” is neither yes nor no. Enter {choices}."),
    "not_choice": N_("“{value}” cannot be chosen here. Choose from {choices}."),
    "not_weekdays": N_("“{value}” are no weekdays. Enter them as in 月火水."),
    "twice_in_cell": N_("“{value}” stands twice in the cell. Keep one of them."),
    "too_small": N_("{value} is too small. At least {limit}."),
    "too_large": N_("{value} is too large. At most {limit}."),
    "control_character": N_(
        "“{value}” holds a character that cannot be seen (?). Type the text anew."
    ),
    "too_long": N_("The text is too long. At most {limit} characters."),
    "not_request": N_(
        "“{value}” is no request. Enter 休, 前休, 後休, 有, a symbol, 日/遅 (one of "
        "them), ×夜 or ×宿; behind it ◎ for by all means, △ for if possible."
    ),
    "no_date_above": N_(
        "The column has entries ({cells}) but no date in its heading. Enter the date; "
        "or 備考, if the column is your own."
    ),
    "row_twice": N_("The row “{heading}” stands twice. Keep one of them."),
    "row_not_here": N_("The row “{heading}” is not read in this sheet. Delete it."),
    "not_holiday": N_(
        "“{value}” is no name of a public holiday. Enter its name, or nothing."
    ),
    "holiday_elsewhere": N_(
        "“{value}” is not what the sheet “{sheet}” says of the date, and only there "
        "a date is made a public holiday. Enter it there, or clear the cell."
    ),
    "not_duty": N_(
        "“{value}” is no duty. Enter a symbol of the shift table, 休, 有, 明, 欠 or "
        "・; with roles as in 日管 or 日管介."
    ),
    "not_pin": N_(
        "“{value}” cannot be pinned. Enter a symbol of the shift table, 休, 有, 明 or "
        "欠; with roles as in 日管 or 日管介."
    ),
    "date_twice": N_("The date {date} stands twice. Keep one of them."),
    "person_twice": N_("{name} stands twice. Keep one line."),
    # Rosters read from a file.
    "not_a_roster": N_(
        "This is no roster workbook of shotaki: the plan inside is missing. Use the "
        "file that “{shotaki} roster” wrote, or a copy of it."
    ),
    "is_an_input": N_(
        "This is an input workbook, not a finished roster. “{shotaki} roster” makes a "
        "roster from it."
    ),
    "plan_damaged": N_(
        "The plan kept inside the workbook was changed or is incomplete. Make the "
        "roster anew, or take an older copy of the file."
    ),
    "row_without_name": N_("The row has entries but no name. Enter the name."),
    "tail_changed": N_(
        "The date is last month's and is not read back here: “{value}” changes "
        "nothing. Put {before} back. What was really worked is entered in the sheet "
        "of last month of the workbook the roster was made from."
    ),
    "typed_on_wall": N_(
        "This sheet only shows “{sheet}”, so “{value}” changes nothing. Type it into "
        "“{sheet}” {cell}, and take back what was typed here."
    ),
    # Wishes read from a file.
    "wishes_too_large": N_("The file is too large for wishes of a month."),
    "wishes_encoding": N_(
        "The file is neither UTF-8 nor Shift_JIS. Save it as CSV once more."
    ),
    "wishes_table": N_("The file cannot be read as a table. Save it as CSV once more."),
    "wishes_without_names": N_(
        "There is no column 氏名 among the headings: {headings}. Name it so."
    ),
    "wishes_without_dates": N_(
        "There are neither columns 日付 and 希望, nor a column 希望休, nor columns of "
        "dates. Name them so."
    ),
    "wish_twice": N_(
        "The same person and date stand twice with different wishes, here and as "
        "“{value}”. Keep one."
    ),
    "wish_elsewhere": N_(
        "The workbook says “{value}” there already ({sheet} {cell}). Clear one of the "
        "two."
    ),
    "no_column_for": N_("The sheet has no column for {date}. Enter the date."),
    "break_without_shift": N_(
        "There is no shift on the date, so “{value}” cannot be its break. Clear the "
        "cell, or enter a shift in the roster."
    ),
    "missing_row": N_("The row “{heading}” is missing. Add it below the people."),
    "missing_person": N_("{name} has no row. Add one, with this name."),
    "missing_date_columns": N_(
        "The heading row lacks dates: {dates}. Enter them as dates."
    ),
    "not_break": N_(
        "“{value}” is no break. Enter one as in 12:30-13:30, two as in "
        "20:00-21:00+25:00-26:00."
    ),
}
