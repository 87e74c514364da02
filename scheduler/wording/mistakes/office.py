"""Messages of mistakes in the office: settings, shifts and people."""

from __future__ import annotations

from scheduler.wording.translation import N_

OFFICE = {
    # Settings of the office.
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
    "no_satellite": N_(
        "Only a satellite has, and leaves anything to, a main office. Clear the cell, "
        "or choose a satellite as the kind of office."
    ),
    "same_premises": N_(
        "A satellite may not stand in the same building or on the same premises as "
        "its main office (A-12). Ask the municipality which kind of office it is."
    ),
    "group_home_night": N_(
        "Only the night of small multifunctional care may be shared with a group home "
        "(art. 63(6)). Enter no."
    ),
    "group_home_night_open": N_(
        "That the night worker of the group home is awake for your guests too has to "
        "be confirmed with the municipality: one unit, next door on the same floor, "
        "residents and guests together nine at most. Nobody of your own is planned "
        "awake at night; somebody is on call as always."
    ),
    # Houses planned together.
    "joint_houses": N_(
        "A main office and one or two satellites are planned together; named are "
        "{mains} main offices and {satellites} satellites."
    ),
    "joint_same_name": N_(
        "Two of the workbooks are of offices called “{name}”. Give each its own name."
    ),
    "joint_period": N_(
        "“{office}” has another period than the main office. Enter the same first and "
        "last date in both workbooks."
    ),
    "joint_other_main": N_(
        "“{office}” names “{name}” as its main office, but the workbook of “{main}” "
        "was given. Name the workbook of the main office, or change the cell."
    ),
    "joint_kind": N_(
        "“{office}” is a satellite of nursing multifunctional care; its main office "
        "must be one too (art. 171)."
    ),
    "joint_own_on_call": N_(
        "“{office}” does not leave nights on call to the main office, so it has its "
        "own. Plan it by itself, or enter 宿直 as left to the main office."
    ),
    "joint_no_home": N_(
        "{name} stands in the workbook of “{office}” as belonging to “{home}”, where "
        "nobody of that name belongs. Enter the person there, or clear the cell."
    ),
    "joint_two_homes": N_(
        "{name} stands in several workbooks as one of its own. Enter in all but one to "
        "which office the person belongs; of two people of one name, change a name."
    ),
    "joint_two_services": N_(
        "{name} is named in “{office}” and for the other kind of service. Nobody can "
        "be counted for 小規模多機能 and 看護小規模多機能 both; take the line out of "
        "one."
    ),
    "joint_wish_abroad": N_(
        "Wishes of {name} stand in the workbook of “{office}”. Enter them in that of "
        "“{home}”, where the person belongs."
    ),
    "beside_pin": N_(
        "{name}, {on}: the pin says otherwise than the main office's roster, which "
        "holds. Clear the pin, or change that roster."
    ),
    "beside_no_call": N_(
        "{on}: guests stay in the satellite, and the main office's roster has nobody "
        "on call (A-06). Enter somebody there."
    ),
    "nurses_of_its_own": N_(
        "A satellite of nursing multifunctional care has nurses of its own, one "
        "full-timer’s hours. Take the nurse’s care out of this cell."
    ),
    "no_rules_for_period": N_(
        "The rulebook does not hold throughout this period. Choose another period."
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
    # The shift table.
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
    # The staff list.
    "planner_without_papers": N_(
        "{name} has the role of planning without licence (介護支援専門員) and training"
        " (計画作成担当者研修): these hours do not count as planning."
    ),
    "day_too_long": N_(
        "A usual day of {given} is for people who do nothing but nights. Enter 12 hours"
        " or less, or only nights under the shifts the person does."
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
    "unknown_kind": N_("“{value}” is not on the sheet of kinds of day. {hint}"),
    "kind_work_and_off": N_(
        "“{symbol}” counts as hours and as a day off. Choose one of the two."
    ),
    "kind_work_by_period": N_(
        "“{symbol}” is work: it takes a whole day, half a day, or from one time to "
        "another."
    ),
    "kind_one_time": N_("“{symbol}” has one time. Enter both, or none."),
    "kind_nobody_there": N_(
        "Nobody works on a date of “{symbol}”, so nobody counts as present. Clear the "
        "cell, or let it count as hours."
    ),
    "kind_leave_in_part": N_(
        "A leave such as “{symbol}” takes whole days or a period. Half a day of leave "
        "is a line of the shift table."
    ),
    "kind_leave_with_times": N_(
        "“{symbol}” does not count as hours and has no times. Clear the cell."
    ),
    "unknown_person": N_(
        "“{value}” is not on the staff list. {hint} What is entered for somebody who "
        "has left can be deleted."
    ),
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
