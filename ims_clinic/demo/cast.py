"""Who comes to the demo clinic, and with what: 80 people, most of them in treatment."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from clinical.vocabulary import Side
from ims_clinic.demo.answers import BLOOD_THINNER, PACED, PREGNANT, SADDLE, WEIGHT
from ims_clinic.demo.case import Case, IntakePlan
from ims_clinic.demo.clinic import HOURS
from ims_clinic.demo.diary import Diary, Slot
from ims_clinic.demo.names import Person, patient_of
from ims_clinic.demo.stage import Stage
from ims_clinic.demo.stories import STORIES
from intake.choices import ReviewDecision
from people.choices import SexRecorded

FIFTEEN = timedelta(days=15 * 365 + 100)
DAY, WEEK, LAST_DAY = timedelta(days=1), timedelta(days=7), timedelta(days=41)
# Patients who come today, by the weeks since their first visit.
HERE_TODAY = (0, 0, 0, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5)
ELSEWHEN, FINISHED, SERIES = 19, 5, 9

SUITABLE = IntakePlan(decision=ReviewDecision.SUITABLE)
CAREFUL = (
    IntakePlan(
        yes=BLOOD_THINNER,
        decision=ReviewDecision.WITH_PRECAUTIONS,
        note="Apixaban: superficial muscles only, pressure afterwards, lie down the first time.",
    ),
    IntakePlan(
        yes=PACED,
        decision=ReviewDecision.WITH_PRECAUTIONS,
        note="Pacemaker: manual needling only, nothing near the device.",
    ),
)
MINOR = IntakePlan(
    is_minor=True,
    is_drawn=True,
    decision=ReviewDecision.SUITABLE,
    note="Spoke with both on the phone: they agree, and the parent comes along.",
)
# Days from today and how far the intake is. The first two come late today.
NEWCOMERS: tuple[tuple[int, IntakePlan], ...] = (
    (0, IntakePlan(is_started=False)),
    (0, IntakePlan(pages=7, is_chased=True)),
    (1, IntakePlan(yes=SADDLE)),
    (1, IntakePlan(language="fr", is_drawn=True)),
    (1, MINOR),
    (2, IntakePlan(pages=3, is_chased=True)),
    (2, CAREFUL[0]),
    (2, IntakePlan(yes=WEIGHT)),
    (3, IntakePlan(is_started=False)),
    (
        3,
        IntakePlan(
            yes=PREGNANT,
            decision=ReviewDecision.POSTPONE,
            note="Second trimester: talk it over first, no needling before.",
        ),
    ),
    (4, IntakePlan()),
    (4, IntakePlan(pages=11)),
    (6, IntakePlan(is_withdrawn=True, decision=ReviewDecision.SUITABLE)),
    (7, CAREFUL[1]),
    (8, IntakePlan(is_started=False)),
    (9, IntakePlan(is_started=False)),
)


@dataclass
class Casting:
    """Gives each invented person a story and free times, densest today."""

    stage: Stage
    today: date
    people: list[Person]
    diary: Diary
    cases: list[Case] = field(default_factory=list)

    def everybody(self) -> list[Case]:
        """All cases; whoever is left in ``people`` is on file only."""
        for days, plan in NEWCOMERS:
            day = self.today + timedelta(days=days)
            self._cast(self._series(day, 1, latest=not days), plan)
        self._cast(self._hours_with(0, self.today - DAY, SERIES), SUITABLE)
        for weeks in HERE_TODAY:
            self._regular(self.today - WEEK * weeks, SERIES)
        for _ in range(ELSEWHEN):
            self._regular(self._weekday(4, 26), SERIES - self.stage.random.randint(1, 4))
        for _ in range(FINISHED):
            self._regular(self._weekday(34, 41), 4)
        return self.cases

    def _weekday(self, least: int, most: int) -> date:
        """A past weekday whose weekly series does not fall on today."""
        while True:
            days = self.stage.random.randint(least, most)
            day = self.today - timedelta(days=days)
            if days % 7 and day.weekday() < 5:
                return day

    def _regular(self, first: date, visits: int) -> None:
        """A patient who comes weekly, cleared for needling."""
        careful = len(self.cases) % 6 == 5
        self._cast(self._series(first, visits), CAREFUL[0] if careful else SUITABLE)

    def _series(self, first: date, visits: int, *, latest: bool = False) -> tuple[Slot, ...]:
        """An hour on the first day and half hours in the weeks after it, with one practitioner."""
        for practitioner in self._by_room(first):
            slots = self._hours_with(practitioner, first, visits, latest=latest)
            if slots:
                return slots
        raise LookupError(f"No hour is free on {first}.")

    def _hours_with(
        self, practitioner: int, first: date, visits: int, *, latest: bool = False
    ) -> tuple[Slot, ...]:
        """The series with this practitioner; empty when no hour is free on the first day."""
        start = self.diary.take(practitioner, first, 2, latest=latest)
        if start is None:
            return ()
        days = [first + WEEK * number for number in range(1, visits)]
        taken = [self.diary.take(practitioner, d, 1) for d in days if d <= self.today + LAST_DAY]
        return (start, *(slot for slot in taken if slot is not None))

    def _by_room(self, first: date) -> list[int]:
        """The practitioners, those with the most room first: today, when the series meets it."""
        meets_today = (self.today - first).days % 7 == 0
        day = self.today if meets_today else first
        return sorted(range(len(HOURS)), key=lambda n: -self.diary.free_on(n, day))

    def _cast(self, slots: tuple[Slot, ...], plan: IntakePlan) -> None:
        number, random = len(self.cases), self.stage.random
        person = self._person_for(plan)
        self.cases.append(
            Case(
                stage=self.stage,
                patient=patient_of(person, plan.language),
                person=person,
                story=STORIES[number % len(STORIES)],
                side=random.choice((Side.RIGHT, Side.LEFT)),
                pain=random.randint(6, 8),
                slots=slots,
                intake=plan,
                is_brief=number % 5 == 3,
            )
        )

    def _person_for(self, plan: IntakePlan) -> Person:
        if plan.yes is PREGNANT:
            return self._expectant()
        person = self.people.pop()
        return replace(person, born_on=self.today - FIFTEEN) if plan.is_minor else person

    def _expectant(self) -> Person:
        born_after = self.today - timedelta(days=40 * 365)
        chosen = next(
            person
            for person in self.people
            if person.sex_recorded == SexRecorded.FEMALE and person.born_on > born_after
        )
        self.people.remove(chosen)
        return chosen
