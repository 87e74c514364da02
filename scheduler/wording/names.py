"""Names of the values of the domain's types, and numbers with their units."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR
from scheduler.domain.events import Circle
from scheduler.domain.finding import Stance
from scheduler.domain.forecast import ProfileEvent
from scheduler.domain.kinds import Extent
from scheduler.domain.ledger import Burden, BurdenKind
from scheduler.domain.limits import Counted, Per
from scheduler.domain.office import (
    FteDenominator,
    Hold,
    HolidayReading,
    HouseRatio,
    StaffingReading,
    UsersMethod,
    UsersReading,
)
from scheduler.domain.office_kind import OfficeKind, Support
from scheduler.domain.problem import Problem
from scheduler.domain.registrants import CareLevel, ChangeReason
from scheduler.domain.requests import MetBy, PairKind, Strength
from scheduler.domain.scenario import Event
from scheduler.domain.shifts import OffKind, Role, ShiftKind
from scheduler.wording.translation import N_, _, ngettext

NAMES: dict[type[StrEnum], dict[str, str]] = {
    Role: {
        Role.CARE: N_("care"),
        Role.NURSE: N_("nursing"),
        Role.PLANNER: N_("planning"),
        Role.MANAGER: N_("management"),
    },
    ShiftKind: {
        ShiftKind.EARLY: N_("early"),
        ShiftKind.DAY: N_("day"),
        ShiftKind.LATE: N_("late"),
        ShiftKind.NIGHT: N_("night"),
    },
    OffKind: {
        OffKind.DAY_OFF: N_("day off"),
        OffKind.PAID_LEAVE: N_("paid leave"),
        OffKind.AFTER_NIGHT: N_("morning after a night"),
        OffKind.ABSENT: N_("absent"),
        OffKind.AWAY: N_("not employed"),
        OffKind.LONG_LEAVE: N_("leave of absence"),
        OffKind.SPECIAL_LEAVE: N_("special leave"),
    },
    Extent: {
        Extent.DAY: N_("a whole day"),
        Extent.HALF: N_("half a day"),
        Extent.CLOCK: N_("from-to"),
        Extent.PERIOD: N_("a period, days off included"),
    },
    Strength: {
        Strength.MUST: N_("by all means"),
        Strength.STRONG: N_("wish"),
        Strength.WEAK: N_("if possible"),
    },
    Stance: {
        Stance.ENFORCED: N_("always kept"),
        Stance.PINNED: N_("pinned cells"),
        Stance.STATUTORY: N_("statutory staffing"),
        Stance.MUST: N_("musts of the office"),
        Stance.CONTRACT: N_("contracts"),
        Stance.WISH: N_("wishes"),
        Stance.FAIR: N_("evenness"),
        Stance.GUIDELINE: N_("guidelines"),
        Stance.COMFORT: N_("comfort"),
        Stance.REPORT: N_("for information"),
    },
    OfficeKind: {
        OfficeKind.MAIN: N_("small multifunctional care"),
        OfficeKind.SATELLITE: N_("small multifunctional care, satellite"),
        OfficeKind.KANTAKI: N_("nursing multifunctional care"),
        OfficeKind.KANTAKI_SATELLITE: N_("nursing multifunctional care, satellite"),
    },
    Support: {
        Support.VISITS: N_("visits supported"),
        Support.ON_CALL: N_("night on call"),
        Support.NURSE: N_("nurse’s care"),
        Support.PLANNING: N_("home-service plans"),
        Support.MANAGER: N_("manager"),
    },
    UsersMethod: {
        UsersMethod.PREVIOUS_YEAR: N_("average of the previous fiscal year"),
        UsersMethod.ESTIMATE_90: N_("new office: 90 % of the capacity"),
        UsersMethod.LAST_6_MONTHS: N_("last 6 months"),
        UsersMethod.LAST_12_MONTHS: N_("last 12 months"),
        UsersMethod.REDUCED: N_("since the capacity was reduced"),
    },
    UsersReading: {
        UsersReading.AVERAGE: N_("average on record"),
        UsersReading.FORECAST: N_("forecast of the date"),
        UsersReading.LARGER: N_("the larger of both"),
    },
    StaffingReading: {
        StaffingReading.DAILY: N_("every date"),
        StaffingReading.MONTHLY: N_("whole month"),
    },
    HolidayReading: {
        HolidayReading.WEEKLY: N_("one in every week"),
        HolidayReading.FOUR_WEEKS: N_("four in four weeks"),
    },
    HouseRatio: {
        HouseRatio.MUST: N_("must"),
        HouseRatio.GUIDELINE: N_("guideline"),
        HouseRatio.REPORT: N_("only shown"),
    },
    Hold: {
        Hold.MUST: N_("by all means"),
        Hold.GUIDELINE: N_("guideline"),
        Hold.COMFORT: N_("if possible"),
        Hold.OFF: N_("not used"),
    },
    Event: {
        Event.ABSENCE: N_("absence"),
        Event.LEAVING: N_("leaving"),
        Event.JOINING: N_("joining"),
        Event.DUTY: N_("change of shift"),
        Event.DAY_USERS: N_("number of day users"),
        Event.OVERNIGHT: N_("number of overnight guests"),
        Event.VISITS: N_("number of visits"),
    },
    ProfileEvent: {
        ProfileEvent.ARRIVAL: N_("arrival"),
        ProfileEvent.DEPARTURE: N_("departure"),
        ProfileEvent.GUESTS_LEAVE: N_("guests leave"),
        ProfileEvent.GUESTS_RETURN: N_("guests return"),
        ProfileEvent.VISITS: N_("visit window"),
    },
    Circle: {
        Circle.NOBODY: N_("nobody beside"),
        Circle.FULL_TIMERS: N_("full-timers"),
        Circle.EVERYBODY: N_("everybody"),
    },
    MetBy: {
        MetBy.PRESENT: N_("those present"),
        MetBy.ON_TOP: N_("on top, in the house"),
        MetBy.OUT: N_("on top, out of it"),
    },
    CareLevel: {
        CareLevel.SUPPORT_1: N_("support 1"),
        CareLevel.SUPPORT_2: N_("support 2"),
        CareLevel.CARE_1: N_("care 1"),
        CareLevel.CARE_2: N_("care 2"),
        CareLevel.CARE_3: N_("care 3"),
        CareLevel.CARE_4: N_("care 4"),
        CareLevel.CARE_5: N_("care 5"),
    },
    ChangeReason: {
        ChangeReason.OTHER_USE: N_("other use"),
        ChangeReason.ABSENT: N_("no use"),
        ChangeReason.HOSPITAL: N_("in hospital"),
    },
    PairKind: {
        PairKind.APART: N_("apart"),
        PairKind.TOGETHER: N_("together"),
    },
    Counted: {
        Counted.ON_CALL: N_("On call"),
        Counted.EARLY: N_("early shifts"),
        Counted.DAY: N_("day shifts"),
        Counted.LATE: N_("late shifts"),
        Counted.EARLY_AFTER_LATE: N_("early after late"),
        Counted.CARE_DAY: N_("whole days of care"),
        Counted.PLANNING_DAY: N_("whole days of planning"),
        Counted.PLANNING_MORNING: N_("mornings of planning"),
        Counted.MANAGING_DAY: N_("whole days of management"),
        Counted.DAYS_IN_A_ROW: N_("days of work in a row"),
    },
    Per: {
        Per.MONTH: N_("month"),
        Per.WEEK: N_("week"),
    },
    BurdenKind: {
        BurdenKind.NIGHT: N_("Nights"),
        BurdenKind.ON_CALL: N_("On call"),
        BurdenKind.REST_DAY: N_("Weekends, holidays"),
        BurdenKind.EARLY: N_("Early"),
        BurdenKind.LATE: N_("Late"),
    },
    FteDenominator: {
        FteDenominator.PRESCRIBED: N_("prescribed hours of the month"),
        FteDenominator.WEEK_X_DAYS_OVER_7: N_("hours of the week x days / 7"),
        FteDenominator.FOUR_WEEKS: N_("four weeks"),
    },
}
"""Names by type, as values of different types may be equal strings."""


def name_of(value: StrEnum) -> str:
    """Return the name of a value of one of the types in `NAMES`."""
    return _(NAMES[type(value)][value])


def role_name(role: Role) -> str:
    """Return the name of a role: 介護, 看護, 計画作成, 管理."""
    return name_of(role)


def burden_name(burden: Burden) -> str:
    """Return the name of a burden; the symbol if it is a named shift."""
    return burden.shift or _(NAMES[BurdenKind][burden.kind])


def counted_name(name: str) -> str:
    """Return what a personal limit counts, as a spot names it; symbols stay as such."""
    counted = name in tuple(Counted)
    return name_of(Counted(name)) if counted else name


def kind_name(kind: ShiftKind) -> str:
    """Return the name of a kind of shift: 早番, 日勤, 遅番, 夜勤."""
    return name_of(kind)


def off_name(off: OffKind) -> str:
    """Return the name of a kind of day without a shift."""
    return name_of(off)


def day_kind_name(problem: Problem, symbol: str) -> str:
    """Return the name of one of the office's kinds of day, or else its symbol."""
    names = {str(kind.symbol): kind.name for kind in problem.kinds}
    return names.get(symbol) or symbol


def stance_name(stance: Stance) -> str:
    """Return the name of a stance, and so of a level of the objective."""
    return name_of(stance)


def strength_name(strength: Strength) -> str:
    """Return the name of a request's strength."""
    return name_of(strength)


def duration_text(minutes: int) -> str:
    """Write a length of time: 7時間30分."""
    hours, rest = divmod(abs(minutes), HOUR)
    sign = "-" if minutes < 0 else ""
    if not hours:
        return sign + _("{minutes} min").format(minutes=rest)
    if not rest:
        return sign + _("{hours} h").format(hours=hours)
    return sign + _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def people_text(number: int) -> str:
    """Write a number of people: 3人."""
    return ngettext("{number} person", "{number} people", number).format(number=number)


def days_text(number: int) -> str:
    """Write a number of days: 3日."""
    return ngettext("{number} day", "{number} days", number).format(number=number)


def cells_text(number: int) -> str:
    """Write a number of cells: 3セル."""
    return ngettext("{number} cell", "{number} cells", number).format(number=number)


def times_text(number: int) -> str:
    """Write a number of times: 3回."""
    return ngettext("{number} time", "{number} times", number).format(number=number)


def share_text(thousandths: int) -> str:
    """Write a number of times in thousandths, such as a fair share: 3.33回."""
    times = f"{thousandths / 1000:.2f}".rstrip("0").rstrip(".")
    text = ngettext("{number} time", "{number} times", thousandths // 1000)
    return text.format(number=times)


def yen_text(yen: int) -> str:
    """Write an amount of money: 2,460,000円."""
    return _("{yen} yen").format(yen=f"{yen:,}")


def short_names(names: Iterable[StaffId]) -> dict[StaffId, str]:
    """Return a short name for each person: a prefix that no other name has.

    It is the family name, if a blank follows it, or longer where people share it.
    """
    everybody = tuple(names)
    return {name: _short(name, everybody) for name in everybody}


def _short(name: StaffId, everybody: tuple[StaffId, ...]) -> str:
    family = len(name.replace("\u3000", " ").split(" ")[0])
    for length in range(max(1, family), len(name)):
        begun = name[:length]
        if not begun.isspace() and not begun.endswith((" ", "\u3000")):
            alike = sum(other.startswith(begun) for other in everybody)
            if alike == 1:
                return begun
    return name


def file_left_text(path: object) -> str:
    """Write that a file was left as it is, so that the new one has another name."""
    text = _("({path} was open, protected or edited by hand, and was left as it is.)")
    return text.format(path=path)
