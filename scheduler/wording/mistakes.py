"""A mistake in the input: where, what is wrong, what would be right."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.wording.command_line import command_line
from scheduler.wording.names import duration_text
from scheduler.wording.spots_told import places_text
from scheduler.wording.times import clock_text, date_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.domain.errors import Mistake
    from scheduler.domain.period import Period

FILE = {
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
    "not_a_plan": N_(
        "{plan} is no plan that can be accepted. Name one that `whatif` wrote."
    ),
    "plan_outdated": N_(
        "{plan} was made for another state of {roster}: a plan was accepted or cells "
        "were edited since. Say again what has happened, so that new plans are made."
    ),
}

SHEETS = {
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
}

CELLS = {
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
}

OFFICE = {
    "period_length": N_("A period has 1 to 31 dates. Check first and last date."),
    "shares": N_(
        "The shares of one kind do not add up to 100 percent. Change them so that "
        "they do."
    ),
    "profile_part": N_(
        "The day profile “{profile}” has no line “{event}”. Add one with a clock time."
    ),
    "profile_part_twice": N_(
        "The day profile “{profile}” has the line “{event}” twice. Keep one."
    ),
    "duplicate_profile": N_("The day profile “{value}” stands twice. Rename one."),
    "night_band": N_(
        "The night band must begin before midnight and end on the next morning, such "
        "as 21:00-翌6:00."
    ),
    "half_day": N_("Half a day off ends or begins within the day: such as 13:00."),
    "guests_return_early": N_(
        "Guests return before they have left. Enter a later time."
    ),
    "nobody_after_guests": N_(
        "Day profile “{profile}”: guests leave at {leave}, and the first day users come"
        " at {arrive}. In between nobody is counted in the house, on {dates} dates. If"
        " the guests stay until then, enter {arrive}."
    ),
    "nobody_before_guests": N_(
        "Day profile “{profile}”: the last day users leave at {depart}, and guests are"
        " back at {back}. In between nobody is counted in the house, on {dates} dates."
        " If the guests stay from then on, enter {depart}."
    ),
    "capacity_above_law": N_(
        "The capacity {capacity} is above the legal limit {limit}. Lower it, or enter "
        "the limits of your municipality's ordinance."
    ),
    "no_rules_for_period": N_(
        "The rulebook does not hold throughout this period (rule {rule}). Choose "
        "another period."
    ),
    "limits_reversed": N_("The lower limit {least} is above the upper limit {most}."),
    "four_weeks_from_missing": N_(
        "The four weeks are counted from the first date of the period. Enter a date "
        "if yours begin on another."
    ),
    "users_record_empty": N_(
        "No day users are on record, so their average is 0. Enter the year's total."
    ),
    "users_record_large": N_(
        "The average of the day users on record is above the capacity {capacity}. "
        "Check total and days."
    ),
    "day_use_too_few": N_(
        "The day-use capacity {capacity} is below half of the registered capacity; the"
        " law asks for {least} or more. Check the capacities."
    ),
    "overnight_too_few": N_(
        "The overnight capacity {capacity} is below a third of the day-use capacity;"
        " the law asks for {least} or more. Check the capacities."
    ),
    "office_not_small": N_(
        "{people} people are on the staff list: the 44 hours of offices with fewer than"
        " ten employees do not apply, and the cap stays at 40. Enter no."
    ),
    "registered_above_capacity": N_(
        "More people are registered than the capacity {capacity}. Check the number."
    ),
}

SHIFTS = {
    "duplicate_symbol": N_("The symbol “{value}” stands twice. Give one another."),
    "reserved_symbol": N_(
        "“{symbol}” cannot be a symbol: it means something else, or holds a separator. "
        "Choose another."
    ),
    "shift_ends_early": N_(
        "The shift ends before it begins. For the next morning write 翌9:30."
    ),
    "shift_starts_late": N_(
        "The shift begins after midnight. Enter a time below 24:00."
    ),
    "shift_too_long": N_("The shift is longer than 24 hours. Check both times."),
    "night_uncounted": N_(
        "A night counts for cover. Leave this empty, or choose another kind of shift."
    ),
    "break_outside": N_(
        "The break {pause} lies outside the shift {shift}. After midnight write 翌."
    ),
    "breaks_overlap": N_(
        "The breaks of one choice overlap or are out of order. Enter them one after "
        "another."
    ),
    "breaks_unequal": N_(
        "The choices of breaks differ in length. Give all the same length."
    ),
    "break_short": N_(
        "The break of {given} is too short: the law asks for {needed} (Labour "
        "Standards Act art. 34). Make it longer."
    ),
    "visit_past_midnight": N_(
        "Visits of a date end by 24:00. Enter what comes after midnight as a line of "
        "its own, from 0:00."
    ),
    "visit_at_night": N_(
        "Visits from {visits} lie in the night band {band}. Whoever is out leaves the "
        "house: a second person must be awake then. If nobody is, move the visits out "
        "of the band."
    ),
    "standby_break_short": N_(
        "Nights on call are hours of work here, and their break of {given} is too "
        "short: the law asks for {needed} (Labour Standards Act art. 34). Make it "
        "longer, or clear the cell."
    ),
    "standby_break_long": N_(
        "A break of {given} is longer than the night on call itself, {whole}. Enter the"
        " break alone."
    ),
    "cut_outside": N_(
        "The cuts must lie inside the shift, one after another. Change them."
    ),
}

PEOPLE = {
    "planner_without_papers": N_(
        "{name} has the role of planning without licence (介護支援専門員) and training"
        " (計画作成担当者研修): these hours do not count as planning (A-11)."
    ),
    "short_time_week": N_(
        "Short hours count as full-time from {needed} a week on: {days} days of {given}"
        " are fewer. Correct hours a day or days a week, or enter no."
    ),
    "short_time_period": N_(
        "Short hours count as full-time from 30 hours a week on, {needed} in this"
        " period: at most {allowed} are agreed on. Correct the hours, or enter no."
    ),
    "duplicate_name": N_("The name “{value}” stands twice. Make them different."),
    "reserved_name": N_("“{name}” cannot be a name: it heads a row. Choose another."),
    "unknown_shift": N_("“{value}” is not in the shift table. {hint}"),
    "unknown_person": N_("“{value}” is not on the staff list. {hint}"),
    "unknown_qualification": N_(
        "No rule knows the qualification “{value}”; it counts for nothing. {hint}"
    ),
    "shift_without_role": N_(
        "None of the person's roles may be done in the shift “{symbol}”. Drop the "
        "shift, or add a role."
    ),
    "too_many_days_off": N_("More days off than the period has days ({days})."),
    "dates_reversed": N_("The last date is before the first. Exchange them."),
    "person_without_work": N_(
        "{name} has no shift and is not on call: nothing but days off can be planned."
    ),
    "nights_above_office": N_(
        "{name} may pass {own} nights by contract, more than the office's limit of"
        " {office} (Settings, “Nights of a person, most”). The contract holds for this"
        " person. If {office} is meant for everybody, lower it."
    ),
    "nobody_on_call": N_("Nobody may be on call. Mark who takes nights on call."),
}

DATES = {
    "date_outside": N_(
        "The date {date} lies outside the period {first} to {last}. Change or "
        "delete it."
    ),
    "dates_outside": N_(
        "The dates here are {from} to {to}; the period is {first} to {last}. Enter the "
        "dates of the period. The workbook of the next month is best made with "
        "“shotaki init --previous”, which takes over staff, settings and last month."
    ),
    "duplicate_date": N_("The date {value} stands twice. Keep one line."),
    "unknown_profile": N_("“{value}” is no day profile. {hint}"),
    "forecast_empty": N_(
        "The forecast is empty. Enter day users, guests and visits for every date."
    ),
    "forecast_incomplete": N_("The forecast lacks dates: {dates}. Add them."),
    "day_users_above_registered": N_(
        "On {dates} dates more people are expected for day use (up to {planned}) than"
        " are registered ({registered}). Check the numbers, unless it is short use."
    ),
    "overnight_above_registered": N_(
        "On {dates} dates more people are expected to stay (up to {planned}) than are"
        " registered ({registered}). Check the numbers, unless it is short use."
    ),
    "forecast_above_capacity": N_(
        "{planned} at most are above the capacity {limit}. Lower the numbers, or give"
        " the reason on each date."
    ),
    "duplicate_request": N_("The same request stands twice. Keep one."),
    "cover_limits": N_("A cover rule needs “at least”, “at most” or both."),
    "pair_of_one": N_("A pair is two people. Enter another name."),
    "pair_both": N_(
        "{first} and {second} are to be kept apart and to work together. Keep one line."
    ),
    "duplicate_pair": N_("The same pair stands twice. Keep one line."),
    "nobody_guides": N_(
        "There are newcomers (group “{newcomers}”), but nobody is in the group "
        "“{mentors}”, so that no mentor is asked for. Enter who guides them under "
        "“Groups” of the staff list, or do not use the rule."
    ),
    "nobody_has": N_("Nobody on the staff list has “{value}”. {hint}"),
    "duplicate_rule": N_(
        "Two cover rules are called “{value}”, so that messages and exceptions cannot "
        "tell them apart. Give one another name."
    ),
    "tail_in_period": N_(
        "The date {date} is not before the period, which begins on {first}."
    ),
    "tail_of_other_dates": N_(
        "The dates here are {from} to {to}; needed are those right before the period, "
        "which begins on {first}. The workbook of the next month is best made with "
        "“shotaki init --previous”, which fills them in."
    ),
    "tail_dates_missing": N_(
        "Last month's tail must reach to the eve of the period without a gap. Enter "
        "the duties of {dates}."
    ),
    "tail_far": N_("The date {date} is more than {limit} days before the period."),
    "duplicate_duties": N_("Two duties stand for one person and date. Keep one."),
    "duplicate_on_call": N_("Two people are on call in one night. Keep one."),
    "duty_unclear": N_("A duty is either a shift or a kind of day off."),
    "duty_roles": N_("The duty needs {segments} roles, one for each segment."),
    "duty_breaks": N_("A break lies outside the shift."),
    "duplicate_account": N_("{value} has two lines in the ledger. Keep one."),
    "granted_more": N_(
        "More wishes were granted ({granted}) than asked for ({asked}). Check both."
    ),
    "tail_short": N_(
        "Last month's tail is shorter than {wanted} dates. Rest and holidays across "
        "the turn of the month cannot be judged in full."
    ),
    "tail_gap": N_("{name} has empty dates in last month's tail: {dates}."),
}

WISHES = {
    "many_wishes": N_(
        "{name} wishes for {count} days off; the office's limit is {limit}. Talk it "
        "over, or solve as it is."
    ),
    "many_wish_date": N_(
        "{on}: {count} people wish for the day off ({names}); the office's limit is "
        "{limit}. Talk it over, or solve as it is."
    ),
    "pile_up": N_(
        "{on}: {count} people ask to be free ({names}). Even if the other {others} all "
        "work their longest shifts there are {given} of care by day; {needed} are "
        "required, {missing} are missing (A-03). Not all of them can be free."
    ),
}

PINS = {
    "pin_not_employed": N_(
        "{name} is not employed on the date. Enter ・ or delete the pin."
    ),
    "pin_not_away": N_("{name} is employed on the date. Enter 休, or delete the pin."),
    "pin_symbol": N_(
        "{name} is not given the shift “{symbol}”. Change the pin, or add the shift on "
        "the staff list."
    ),
    "pin_weekday": N_(
        "By contract {name} does not work on this weekday. Change the pin, or the "
        "weekdays on the staff list."
    ),
    "pin_public_holiday": N_(
        "By contract {name} does not work on public holidays. Change the pin, or the "
        "staff list."
    ),
    "pin_roles": N_(
        "{name} cannot do this role in the shift “{symbol}”. Change the pin, or the "
        "roles of the person or the shift."
    ),
    "pin_on_call": N_(
        "{name} takes no nights on call. Change the pin, or the staff list."
    ),
}

AGREEMENTS = {
    "not_exception": N_(
        "“{value}” cannot be agreed on. Choose from the list on the right of the "
        "sheet; near to it: {choices}."
    ),
    "never_gives_way": N_(
        "{value} is law, or no limit: there are no exceptions to it. Delete the line."
    ),
    "agreement_needs_staff": N_("This exception is one person's. Enter the name."),
    "agreement_needs_date": N_("This exception is for one date. Enter the date."),
    "agreement_needs_name": N_(
        "This exception needs the cover rule, the shift or 宿直. Enter which."
    ),
    "agreement_without_staff": N_(
        "This exception is the office's, not one person's. Delete the name."
    ),
    "agreement_without_date": N_(
        "This exception is for the whole period. Delete the date."
    ),
    "agreement_without_name": N_(
        "This exception speaks of no cover rule and no shift. Delete it."
    ),
    "agreement_not_employed": N_(
        "{name} is not employed on the date; nothing can be agreed on for it."
    ),
    "agreement_in_week": N_(
        "The limit is on a week. Enter the first date of it in the period: {first}."
    ),
    "agreement_idle": N_(
        "There is no such limit, wish or pin, so that the exception changes nothing. "
        "Check the line, or delete it."
    ),
    "duplicate_agreement": N_(
        "The same exception stands in two lines. Put both amounts into one."
    ),
    "unknown_cover_rule": N_(
        "“{value}” is no cover rule of this kind that is a must. {hint}"
    ),
    "overtime_unknown": N_(
        "Overtime needs an agreement of article 36. Enter its hours in the settings, "
        "or delete the line."
    ),
    "overtime_above": N_(
        "{agreed} are more than the overtime that the settings allow ({allowed}). "
        "Lower it."
    ),
}

ROSTERS = {
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

SUBSTITUTES = {
    "shift_of_several": N_(
        "{on}: {names} have {symbol}. Say who is to be released: --for NAME."
    ),
    "shift_of_nobody": N_(
        "{on}: nobody has {symbol}, so {name} cannot be released from it. Without "
        "--for, one more person is looked for."
    ),
    "shift_of_another": N_(
        "{on}: {name} does not have {symbol}; it is {names}. Check the name."
    ),
    "shift_uncounted": N_(
        "{symbol} counts for no cover, so nobody need take it. Name the shift that is "
        "to be filled."
    ),
    "shift_with_leave": N_(
        "Half a day of leave goes with {symbol}, so nobody can be asked to take it. "
        "Name the shift that is to be filled."
    ),
}

SCENARIOS = {
    "scenario_empty": N_(
        "Nothing is said to have changed. Say what has: --absent, --leave, --join, "
        "--shift, --overnight, --day-users or --visits."
    ),
    "not_told": N_("“{value}” is not understood. Write it as in {example}."),
    "not_asked": N_(
        "“{value}” cannot be asked for. Write one of {choices}; whoever is ill goes "
        "as an absence (--absent)."
    ),
    "name_unclear": N_(
        "“{value}” is the beginning of several names: {known}. Write more of the one "
        "you mean."
    ),
    "two_values": N_(
        "Another number was given for this date: {first} and {second}. Keep one."
    ),
    "date_past": N_(
        "The date {date} is past: plans begin on {now}. Change the date, or from when "
        "the month may change (--from)."
    ),
    "no_scenario_sheet": N_(
        "The workbook has no sheet “{sheet}”. Make the roster anew, or name another "
        "workbook with such a sheet: --scenarios-from."
    ),
    "no_scenarios": N_(
        "No what-if is entered: grey lines are examples and do not count. Fill in a "
        "line, save, and close the workbook."
    ),
    "not_of_event": N_("“{heading}” says nothing of “{event}”. Clear the cell."),
    "two_starts": N_(
        "This what-if has two first dates that may change: {first} and {second}. Keep "
        "one."
    ),
    "absence_twice": N_("{name} is absent twice on the same date. Keep one."),
    "asked_twice": N_("Two duties are asked of one person on one date. Keep one."),
    "asked_while_absent": N_(
        "{name} is absent on the date, and cannot be given a duty. Drop one of the two."
    ),
    "asked_not_employed": N_("{name} is not employed then. Check name and date."),
    "asked_symbol": N_(
        "{name} is not given the shift “{symbol}”. Choose one of the person's own."
    ),
    "asked_weekday": N_(
        "By contract {name} does not work on this weekday. Choose another date or "
        "person."
    ),
    "asked_public_holiday": N_(
        "By contract {name} does not work on public holidays. Choose another date or "
        "person."
    ),
    "asked_roles": N_(
        "{name} cannot do this role in the shift “{symbol}”. Choose another role."
    ),
}

MESSAGES = {
    **FILE,
    **SHEETS,
    **CELLS,
    **OFFICE,
    **SHIFTS,
    **PEOPLE,
    **DATES,
    **WISHES,
    **PINS,
    **AGREEMENTS,
    **ROSTERS,
    **SCENARIOS,
    **SUBSTITUTES,
}
"""What each code says; the facts of the mistake fill it."""

MOST_MISTAKES = 100
"""Mistakes that are written out."""

LENGTHS = frozenset({"given", "needed", "missing", "agreed", "allowed", "whole"})
"""Facts in minutes."""

CLOCKS = frozenset({"leave", "arrive", "depart", "back"})
"""Facts that are clock times."""

MOMENTS = frozenset({"on"})
"""Facts that are dates, to be written with their weekday."""

EXAMPLES: dict[str, int | str] = {"example": "2026/12/10", "until": "2026/12/20"}
"""Dates where nothing is known of the period; the reader gives its own."""

WITH_EXAMPLES = frozenset({"not_date", "not_date_span"})
"""Codes whose words have dates as examples."""


def examples(period: Period) -> dict[str, str]:
    """Return the facts that give a message dates of the period as examples."""
    dates = period.dates
    ends = {"example": dates[len(dates) // 3], "until": dates[2 * len(dates) // 3]}
    return {name: f"{date.year}/{date.month}/{date.day}" for name, date in ends.items()}


LENGTH_FIELDS = frozenset({"minutes_min", "rest_least"})
"""Fields whose limits are in minutes."""


def mistake_texts(mistakes: Sequence[Mistake]) -> list[str]:
    """Write mistakes, and how many more there are where nobody would read them all."""
    texts = [mistake_text(mistake) for mistake in mistakes[:MOST_MISTAKES]]
    more = len(mistakes) - len(texts)
    if more:
        texts.append(_("and {count} more mistakes").format(count=more))
    return texts


def mistake_text(mistake: Mistake) -> str:
    """Write a mistake: sheet and cell (or path in the JSON), what, and what instead."""
    text = _(MESSAGES[mistake.code]).format(**_facts(mistake))
    where = places_text((mistake, *mistake.more))
    return f"{where}: {text}" if where else text


def _facts(mistake: Mistake) -> dict[str, int | str]:
    all_lengths = bool(mistake.loc) and mistake.loc[-1] in LENGTH_FIELDS
    facts = {**EXAMPLES, **mistake.facts, "shotaki": command_line([])}
    facts["hint"] = _hint(facts)
    for key, fact in facts.items():
        if isinstance(fact, int) and (key in LENGTHS or all_lengths):
            facts[key] = duration_text(fact)
        if isinstance(fact, int) and key in CLOCKS:
            facts[key] = clock_text(fact)
        if key in MOMENTS:
            facts[key] = date_text(dt.date.fromisoformat(str(fact)))
    return facts


def _hint(facts: dict[str, int | str]) -> str:
    """Say what may have been meant by a name that is none, or what there is."""
    if facts.get("near"):
        return _("Did you mean {near}?").format(near=facts["near"])
    if facts.get("known"):
        return _("Known are: {known}.").format(known=facts["known"])
    return _("Check the spelling.")
