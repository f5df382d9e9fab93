"""What the clinic can learn from its own sessions, in groups that point at nobody."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from clinical.pain_duration import Duration
from clinical.rates import hidden_groups
from reports.adverse_events import AdverseEvents, adverse_events
from reports.treated import STRONGEST, Treated, durations_of, treated_between
from sessions.choices import Twitch
from sessions.counting import muscle_name

WINDOW = timedelta(days=730)
DOSES = ((20, "20 or more"), (10, "10 to 19"), (5, "5 to 9"), (0, "1 to 4"))
DOSE_WORDS = tuple(words for _least, words in reversed(DOSES))
TWITCHES = ("Strong", "Weak", "None", "Not noted")
TOO_FEW = "too few"


Value = Callable[[Treated], float | None]
Sample = tuple[str, int, float]


@dataclass(frozen=True)
class Column:
    """A mean for each group; None where the group is too small to be shown or has no answer."""

    title: str
    means: Mapping[str, float | None]
    hidden: frozenset[str]

    def cell(self, group: str) -> str:
        if group in self.hidden:
            return TOO_FEW
        mean = self.means.get(group)
        return "–" if mean is None else f"{mean:+.1f}" if "change" in self.title else f"{mean:.1f}"


@dataclass(frozen=True)
class Table:
    """Groups with their columns, in order."""

    name: str
    heading: str
    groups: tuple[str, ...]
    columns: tuple[Column, ...]
    note: str = ""

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple((one, *(column.cell(one) for column in self.columns)) for one in self.groups)

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns)


@dataclass(frozen=True)
class Learning:
    """The whole page; ``tables`` are empty while too few patients were treated."""

    since: datetime
    until: datetime
    least: int
    needles: int
    adverse_events: AdverseEvents | None
    tables: tuple[Table, ...]


def column(title: str, samples: Iterable[Sample], least: int) -> Column:
    """The mean of the patients' means by group: one patient, one vote, however often treated.

    A group is counted by the patients who have a value, so that a column of few answers is hidden
    also where the group itself is large.
    """
    values: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for group, patient, value in samples:
        values[group][patient].append(value)
    hidden = hidden_groups({group: len(people) for group, people in values.items()}, least)
    means = {
        group: fmean(map(fmean, people.values()))
        for group, people in values.items()
        if group not in hidden
    }
    return Column(title, means, hidden)


def learning() -> Learning:
    """Signed sessions of two years up to the end of last week; five queries however many.

    The running week is left out, so that the page does not change from one patient to the next.
    """
    until = _start_of_week()
    since, least = until - WINDOW, settings.SMALLEST_GROUP
    treated = list(treated_between(since, until))
    patients = {one.patient for one in treated}
    needles = sum(one.insertions for one in treated)
    is_shown = len(patients) >= least
    return Learning(
        since=since,
        until=until,
        least=least,
        needles=needles if is_shown else 0,
        adverse_events=adverse_events(treated, least),
        tables=_tables(treated, durations_of(patients), least) if is_shown else (),
    )


def _start_of_week() -> datetime:
    now = timezone.localtime(timezone=ZoneInfo(settings.CLINIC_TIME_ZONE))
    monday = now - timedelta(days=now.weekday())
    return monday.replace(hour=0, minute=0, second=0, microsecond=0)


def _tables(
    treated: Sequence[Treated], durations: Mapping[int, Duration], least: int
) -> tuple[Table, ...]:
    by_dose = _soreness(treated, dose_of, least)
    by_twitch = _soreness(treated, twitch_of, least)
    return (
        Table("dose", "Soreness by dose (insertions)", DOSE_WORDS, by_dose),
        Table("twitch", "Soreness by strongest twitch", TWITCHES, by_twitch),
        _by_muscle(treated, least),
        _by_duration(treated, durations, least),
    )


def dose_of(one: Treated) -> str:
    """The group of a session by its insertions."""
    return next(words for least, words in DOSES if one.insertions >= least)


def twitch_of(one: Treated) -> str:
    """The group of a session by the strongest twitch noted."""
    return TWITCHES[STRONGEST.index(Twitch(one.twitch))]


def _soreness(
    treated: Sequence[Treated], group: Callable[[Treated], str], least: int
) -> tuple[Column, ...]:
    return (
        column("24 h", _samples(treated, group, lambda one: one.soreness_24), least),
        column("48 h", _samples(treated, group, lambda one: one.soreness_48), least),
    )


def _samples(
    treated: Iterable[Treated], group: Callable[[Treated], str], value: Value
) -> Iterator[Sample]:
    for one in treated:
        number = value(one)
        if number is not None:
            yield group(one), one.patient, number


def _by_muscle(treated: Sequence[Treated], least: int) -> Table:
    """Only muscles that are shown are named; how many are not is said."""

    def samples(value: Value) -> Iterator[Sample]:
        for one in treated:
            number = value(one)
            if number is not None:
                yield from ((muscle, one.patient, number) for muscle in one.muscles)

    columns = (
        column("Pain change in the session", samples(lambda one: one.change), least),
        column("Pain change until the next", samples(lambda one: one.next_change), least),
    )
    named = {name for one in columns for name in one.means}
    everything = {muscle for one in treated for muscle in one.muscles}
    left = len(everything - named)
    return _renamed(
        Table(
            "muscle",
            "Response by muscle",
            tuple(sorted(named, key=muscle_name)),
            columns,
            f"{left} more muscle{'' if left == 1 else 's'} with too few patients." if left else "",
        )
    )


def _renamed(table: Table) -> Table:
    """The groups by the muscles' names."""
    names = {muscle: muscle_name(muscle) for muscle in table.groups}
    columns = tuple(
        Column(
            one.title,
            {names[key]: mean for key, mean in one.means.items()},
            frozenset(names[key] for key in one.hidden if key in names),
        )
        for one in table.columns
    )
    return Table(table.name, table.heading, tuple(names.values()), columns, table.note)


def _by_duration(
    treated: Sequence[Treated], durations: Mapping[int, Duration], least: int
) -> Table:
    """From the first to the last session of each patient, and how many sessions that took."""
    courses: dict[int, list[Treated]] = defaultdict(list)
    for one in treated:
        courses[one.patient].append(one)
    sessions, changes = [], []
    for patient, course in courses.items():
        group = str(durations.get(patient, Duration.UNKNOWN))
        sessions.append((group, patient, float(len(course))))
        pains = [one.pain_before for one in course if one.pain_before is not None]
        if len(pains) > 1:
            changes.append((group, patient, pains[-1] - pains[0]))
    columns = (
        column("Sessions so far", sessions, least),
        column("Pain change, first to last session", changes, least),
    )
    return Table("duration", "Response by duration of pain", tuple(map(str, Duration)), columns)
