"""A mistake in the input: where, what is wrong, what would be right."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.i18n import N_, _
from scheduler.wording.names import duration_text
from scheduler.wording.times import date_text

if TYPE_CHECKING:
    from scheduler.domain.errors import Mistake

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
    "other_format": N_(
        "This is a file of another program. Save it as “Excel workbook (*.xlsx)”."
    ),
    "too_much_inside": N_(
        "Unpacked, the workbook has {megabytes} MB; at most {limit} MB are read. "
        "Start from a new workbook (shotaki init)."
    ),
    "not_json": N_("This is no JSON: {reason}"),
    "wrong_shape": N_(
        "The value does not fit: {reason}. “shotaki schema problem” shows the form."
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
    "huge_sheet": N_(
        "The sheet reaches to {reach}; at most {limit} is read. Delete the empty rows "
        "and columns at its end."
    ),
    "merged_cells": N_("The cells {range} are merged. Unmerge them."),
    "missing_column": N_("The column “{heading}” is missing. Add its heading."),
    "missing_line": N_("The line “{heading}” is missing. Add it in column A."),
    "duplicate_column": N_("The heading “{heading}” stands twice. Keep one of them."),
    "missing_dates": N_("No dates stand in the heading row. Enter them from column B."),
}

CELLS = {
    "missing_value": N_("“{heading}” is empty. Enter a value."),
    "no_value": N_("There is no value. Enter one."),
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
    "not_date": N_("“{value}” is no date. Enter one, such as 2026/12/24."),
    "not_date_span": N_(
        "“{value}” is no stretch of dates. Enter one, such as "
        "2026/12/10～2026/12/20 or 2026/12/10～."
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
    "cut_outside": N_(
        "The cuts must lie inside the shift, one after another. Change them."
    ),
}

PEOPLE = {
    "duplicate_name": N_("The name “{value}” stands twice. Make them different."),
    "reserved_name": N_("“{name}” cannot be a name: it heads a row. Choose another."),
    "unknown_shift": N_("“{value}” is not in the shift table. Known are: {known}."),
    "unknown_person": N_("“{value}” is not on the staff list. Known are: {known}."),
    "shift_without_role": N_(
        "None of the person's roles may be done in the shift “{symbol}”. Drop the "
        "shift, or add a role."
    ),
    "too_many_days_off": N_("More days off than the period has days ({days})."),
    "dates_reversed": N_("The last date is before the first. Exchange them."),
    "person_without_work": N_(
        "{name} has no shift and is not on call: nothing but days off can be planned."
    ),
    "nobody_on_call": N_("Nobody may be on call. Mark who takes nights on call."),
}

DATES = {
    "date_outside": N_(
        "The date {date} lies outside the period {first} to {last}. Change or "
        "delete it."
    ),
    "duplicate_date": N_("The date {value} stands twice. Keep one line."),
    "unknown_profile": N_("“{value}” is no day profile. Known are: {known}."),
    "forecast_empty": N_(
        "The forecast is empty. Enter day users, guests and visits for every date."
    ),
    "forecast_incomplete": N_("The forecast lacks dates: {dates}. Add them."),
    "forecast_above_capacity": N_(
        "{planned} are above the capacity {limit}. Lower it, or give the reason."
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
    "nobody_has": N_("Nobody on the staff list has “{value}”. Check the spelling."),
    "tail_in_period": N_(
        "The date {date} is not before the period, which begins on {first}."
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
        "“{value}” is no cover rule of this kind that is a must. Known are: {known}."
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
        "file that “shotaki roster” wrote, or a copy of it."
    ),
    "plan_damaged": N_(
        "The plan kept inside the workbook was changed or is incomplete. Make the "
        "roster anew, or take an older copy of the file."
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

LENGTHS = frozenset({"given", "needed", "missing", "agreed", "allowed"})
"""Facts in minutes."""

MOMENTS = frozenset({"on"})
"""Facts that are dates, to be written with their weekday."""

LENGTH_FIELDS = frozenset({"minutes_min", "rest_least"})
"""Fields whose limits are in minutes."""


def mistake_text(mistake: Mistake) -> str:
    """Write a mistake: sheet and cell (or path in the JSON), what, and what instead."""
    text = _(MESSAGES[mistake.code]).format(**_facts(mistake))
    where = _where(mistake)
    return f"{where}: {text}" if where else text


def _where(mistake: Mistake) -> str:
    if mistake.sheet:
        return f"{mistake.sheet} {mistake.cell}".rstrip()
    return "".join(
        f"[{step}]" if isinstance(step, int) else f".{step}" for step in mistake.loc
    ).lstrip(".")


def _facts(mistake: Mistake) -> dict[str, int | str]:
    all_lengths = bool(mistake.loc) and mistake.loc[-1] in LENGTH_FIELDS
    facts = dict(mistake.facts)
    for key, fact in facts.items():
        if isinstance(fact, int) and (key in LENGTHS or all_lengths):
            facts[key] = duration_text(fact)
        if key in MOMENTS:
            facts[key] = date_text(dt.date.fromisoformat(str(fact)))
    return facts
