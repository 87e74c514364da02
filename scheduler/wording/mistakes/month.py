"""Messages of mistakes in a month's input, and in what-ifs."""

from __future__ import annotations

from scheduler.wording.translation import N_

MONTH = {
    # Forecast, requests, rules and last month.
    "not_weekly": N_(
        "“{value}” is no use of a week. Write weekdays and times, such as 月水金 "
        "9:30-16:00、土 10:00-15:00."
    ),
    "visit_without_time": N_(
        "A visit needs its time. Write it behind the weekdays: 火日 10:00-10:30."
    ),
    "use_past_midnight": N_(
        "Day use and visits end by 24:00, and begin before they end. Nights go in the "
        "column of nights."
    ),
    "stay_by_day": N_(
        "A night begins on its date and ends on the next morning: 木 17:00-翌9:00."
    ),
    "duplicate_user": N_("“{value}” stands twice among the users. Rename one."),
    "unknown_user": N_("“{value}” is not on the sheet of users. {hint}"),
    "change_reversed": N_("The change ends before it begins. Check both dates."),
    "change_unclear": N_(
        "A change names a service if there is another use, and none for absence or "
        "hospital. Enter the services of the date, or choose the other change."
    ),
    "change_twice": N_(
        "{name} has two changes for {on}. Put into one line all that happens then."
    ),
    "typed_not_planned": N_(
        "The number typed is not the one that users' plans give (in brackets). The "
        "typed one counts: {dates}. Clear the cell to take the plans' number."
    ),
    "registered_not_counted": N_(
        "{registered} are entered as registered, and the sheet of users has {counted} "
        "({on}). The number entered counts; check both."
    ),
    "users_above_capacity": N_(
        "{on}: {counted} users are registered, above the capacity {capacity}. Check "
        "the dates of registration."
    ),
    "has_no_satellites": N_(
        "A satellite has no satellites. Clear the cell, or choose a main office as the "
        "kind of office."
    ),
    "has_no_main": N_(
        "Only a satellite has a main office. Clear the cell, or choose a satellite as "
        "the kind of office."
    ),
    "more_than_all_guests": N_(
        "Satellites' guests here are part of the night's guests, who are {guests}. "
        "Lower one number or raise the other."
    ),
    "more_than_all_visits": N_(
        "Visits for satellites are part of the date's visits, which are {visits}. "
        "Lower one number or raise the other."
    ),
    "short_use_day_users": N_(
        "Short-use guest {name}: registrants come first, and with the guest there are "
        "more than {limit} in day use on {dates}. Refuse, or move the dates."
    ),
    "short_use_overnight": N_(
        "Short-use guest {name}: registrants come first, and with the guest more than "
        "{limit} stay on the nights of {dates}. Refuse, or move the dates."
    ),
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
    "task_days": N_(
        "The task ends on day {last} of the month, before it begins on day {first}."
        " For the month's end leave “To day” empty."
    ),
    "duplicate_task": N_("Two tasks are called “{value}”. Give one another name."),
    "task_nobody": N_(
        "There are tasks of the care manager, but nobody on the staff list is one, so"
        " that the hours for them are missing. Enter somebody with role, licence and"
        " training, or strike out the tasks."
    ),
    "unknown_stretch": N_(
        "“{value}” are no days of the month that begin and end with a task that is a"
        " must. {hint}"
    ),
    "event_time": N_("Enter from when to when the event lasts: 18:00-19:00."),
    "event_hours": N_("People can be asked to events between 5:00 and 22:00."),
    "event_weeks": N_("Enter 1 to 5: 3 for the third weekday of the month."),
    "event_dates": N_("Enter the dates of the event, or its weekdays: 12/16, or 水."),
    "duplicate_event": N_("Two events are called “{value}”. Give one another name."),
    "event_nobody": N_(
        "Nobody on the staff list is asked to “{event}”. Check whom it names."
    ),
    "unknown_event": N_(
        "“{value}” is no event that is a must and that people come to. {hint}"
    ),
    "task_limits": N_(
        "A cover rule that comes on top of the need by the clock has a clock band and "
        "“At least”: 10:00-11:30, 2."
    ),
    "cover_limits": N_("A cover rule needs “at least”, “at most” or both."),
    "pair_of_one": N_("A pair is two people. Enter another name."),
    "pair_both": N_(
        "{first} and {second} are to be kept apart and to work together. Keep one line."
    ),
    "duplicate_pair": N_("The same pair stands twice. Keep one line."),
    "agreement_dated": N_(
        "An exception on a date holds on that date only. Clear “valid until”."
    ),
    "agreement_ended": N_(
        "The exception was valid until {date}, and the period begins on {first}. Delete"
        " the line, or enter a later date."
    ),
    "limit_shape": N_(
        "A personal limit counts one thing, or one shift, and says “at least”, “at "
        "most” or both. Fill in this line."
    ),
    "limit_only_most": N_(
        "“{counted}” has no “at least”. Clear the cell, and enter “at most”."
    ),
    "limit_in_a_row_by_week": N_(
        "Days of work in a row are counted across weeks. Clear the cell."
    ),
    "limit_out_of_reach": N_(
        "The staff list leaves no “{counted}” to this person. Enter it there (shifts, "
        "roles or on call), or clear the number."
    ),
    "duplicate_limit": N_(
        "The same limit of this person stands twice. Enter both numbers on one line."
    ),
    "unknown_counted": N_("This person has no limit of “{value}”. {hint}"),
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
    "duty_worked": N_(
        "A duty that is planned has the times of its shift; leave “worked” out."
    ),
    "duplicate_account": N_("{value} has two lines in the ledger. Keep one."),
    "granted_more": N_(
        "More wishes were granted ({granted}) than asked for ({asked}). Check both."
    ),
    "tail_short": N_(
        "Last month's tail is shorter than {wanted} dates. Rest and holidays across "
        "the turn of the month cannot be judged in full."
    ),
    "tail_gap": N_("{name} has empty dates in last month's tail: {dates}."),
    # Wishes that pile up.
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
        "required, {missing} are missing. Not all of them can be free."
    ),
    # Pinned cells.
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
    # Spells of a kind of day.
    "spell_without_times": N_(
        "For “{symbol}” enter from when until when, such as 14:00-16:00."
    ),
    "spell_on_no_date": N_(
        "By contract {name} does not work on any of these dates. Change the dates, or "
        "weekdays and holidays on the staff list."
    ),
    "spells_overlap": N_(
        "{name} has two entries for one date: this line and line {number}. Change one."
    ),
    "spell_outside": N_(
        "These dates of {name} lie outside the period. They change nothing in it."
    ),
    # Agreed exceptions.
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
    # What-ifs.
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
        "workbook with such a sheet: --sheet."
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
    # Substitutes for a shift.
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
