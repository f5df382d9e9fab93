"""The session page after the needles, and the clinic's exercises, as a browser asks for them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Practitioner
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment
from sessions.care import join_plan, start_plan
from sessions.models import CarePlan, Exercise, PrescribedExercise, TreatmentSession
from sessions.programme import prescribe
from tests import factories
from tests.sessions.conftest import finish, needle

HTMX = {"HX-Request": "true"}


def address(name: str, pk: int) -> str:
    return reverse(f"sessions:{name}", args=[pk])


def page_of(client: Client, treatment: TreatmentSession) -> str:
    return client.get(address("detail", treatment.pk)).content.decode()


@pytest.fixture
def calf(practitioner: Practitioner) -> Exercise:
    return factories.make_exercise(practitioner.user, name="Calf stretch", muscles=["soleus"])


@pytest.fixture
def row(treatment: TreatmentSession, calf: Exercise) -> PrescribedExercise:
    return prescribe(treatment=treatment, exercise=calf, sets=3)


ACTS = [
    "tell",
    "add-exercise",
    "repeat-exercises",
    "change-exercise",
    "remove-exercise",
    "restore-exercise",
    "set-plan",
    "change-plan",
    "book-next",
]


@pytest.mark.parametrize("name", ACTS)
def test_only_a_physiotherapist_writes_what_goes_home(
    treatment: TreatmentSession, desk_client: Client, name: str
) -> None:
    assert desk_client.post(address(name, treatment.pk)).status_code == 404


@pytest.mark.parametrize("name", [one for one in ACTS if one != "book-next"])
def test_a_signed_session_says_that_it_is_closed(
    signed: TreatmentSession, physio: Client, name: str
) -> None:
    answer = physio.post(address(name, signed.pk), headers=HTMX)
    assert answer.headers["HX-Redirect"] == address("detail", signed.pk)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_exercise_is_added_changed_removed_and_put_back(
    treatment: TreatmentSession, physio: Client, calf: Exercise, headers: dict[str, str]
) -> None:
    def post(name: str, **data: Any) -> None:
        physio.post(address(name, treatment.pk), data, headers=headers)

    post("add-exercise", exercise=calf.pk)
    row = treatment.home_exercises.get()
    post("change-exercise", row=row.pk, sets="5", times_a_day="2")
    row.refresh_from_db()
    assert (row.sets, row.repetitions, row.times_a_day) == (5, 10, 2)
    post("remove-exercise", row=row.pk)
    assert not treatment.home_exercises.exists()
    dose = {"sets": 5, "repetitions": 10, "hold_seconds": 0, "times_a_day": 2, "position": 1}
    post("restore-exercise", exercise=calf.pk, **dose)
    assert treatment.home_exercises.get().dose == "5 sets of 10, 2 times a day"


def test_a_wrong_dose_is_refused_in_words(
    treatment: TreatmentSession, physio: Client, row: PrescribedExercise
) -> None:
    for sets in ("", "0", "11", "many"):
        data = {"row": row.pk, "sets": sets}
        answer = physio.post(address("change-exercise", treatment.pk), data, headers=HTMX)
        assert answer.status_code == 422
        assert "Enter the sets, 1 to 10." in answer.content.decode()
    row.refresh_from_db()
    assert row.sets == 3


def test_a_row_of_another_session_is_a_404(
    treatment: TreatmentSession, physio: Client, row: PrescribedExercise
) -> None:
    other = factories.make_treatment()
    for name in ("change-exercise", "remove-exercise"):
        for pk in (row.pk, "nothing", ""):
            assert physio.post(address(name, other.pk), {"row": pk}).status_code == 404


def test_exercises_are_suggested_and_found(
    treatment: TreatmentSession, physio: Client, calf: Exercise
) -> None:
    assert "Needle a muscle to see what suits it" in page_of(physio, treatment)
    needle(treatment, "soleus")
    assert f'name="exercise" value="{calf.pk}"' in page_of(physio, treatment)
    found = physio.get(address("find-exercise", treatment.pk), {"e": "calf"}).content.decode()
    assert 'Add<span class="visually-hidden"> Calf stretch' in found
    nothing = physio.get(address("detail", treatment.pk), {"e": "xyz"}).content.decode()
    assert "No exercise holds “xyz”" in nothing


def test_the_last_programme_comes_with_one_tap_and_says_what_is_retired(
    treatment: TreatmentSession, physio: Client, row: PrescribedExercise
) -> None:
    finish(treatment)
    Exercise.objects.update(retired_at=timezone.now())
    again = factories.make_treatment(treatment.patient, practitioner=treatment.practitioner)
    repeat = address("repeat-exercises", again.pk)
    assert repeat in page_of(physio, again)
    assert (
        "Left out, retired since: Calf stretch."
        in physio.post(repeat, headers=HTMX).content.decode()
    )
    assert (
        "Left out, retired since: Calf stretch."
        in physio.post(repeat, follow=True).content.decode()
    )


def test_advice_is_ticked_with_one_tap_and_stands_in_the_note(
    treatment: TreatmentSession, physio: Client
) -> None:
    tell = address("tell", treatment.pk)
    part = physio.post(tell, {"told": "heat"}, headers=HTMX).content.decode()
    assert 'name="not_told" value="heat" aria-pressed="true"' in part
    assert physio.post(tell, {"told": "drink"}, headers=HTMX).status_code == 422
    physio.post(tell, {"not_told": "heat"})
    assert not treatment.advice_given.exists()
    physio.post(tell, {"told": "all"})
    review = physio.get(address("sign", treatment.pk)).content.decode()
    assert "Heat: Heat or ice are both fine" in review
    assert "Warning signs: New shortness of breath" in review


def test_a_course_is_started_numbered_left_and_joined(
    treatment: TreatmentSession, physio: Client
) -> None:
    set_plan, numbers = address("set-plan", treatment.pk), address("change-plan", treatment.pk)
    refusal = physio.post(numbers, {"interval_days": "7"}, headers=HTMX)
    assert "This session is in no plan." in refusal.content.decode()
    physio.post(set_plan, {"problem": "Right shoulder"}, headers=HTMX)
    part = physio.post(numbers, {"sessions_proposed": "8"}, headers=HTMX).content.decode()
    assert "Session 1 of 8, reassessment due at 6" in part
    too_many = physio.post(numbers, {"sessions_proposed": "61"}, headers=HTMX)
    assert "Enter the sessions proposed, 1 to 60." in too_many.content.decode()
    plan = CarePlan.objects.get()
    physio.post(set_plan, {"leave": "1"})
    assert not plan.sessions.exists()
    physio.post(set_plan, {"plan": plan.pk})
    assert plan.sessions.get().treatment == treatment
    foreign = factories.make_treatment()
    assert physio.post(address("set-plan", foreign.pk), {"plan": plan.pk}).status_code == 404
    for problem in ("", "x" * 161, "a\x00b"):
        assert physio.post(set_plan, {"problem": problem}, headers=HTMX).status_code == 422


def test_a_due_reassessment_is_said_and_never_blocks(
    treatment: TreatmentSession, physio: Client
) -> None:
    plan = start_plan(treatment=treatment, problem="Hip", by=treatment.practitioner.user)
    CarePlan.objects.update(reassess_every=1)
    plan.refresh_from_db()
    join_plan(treatment=treatment, plan=plan)
    page = page_of(physio, treatment)
    assert "Session 1, reassessment due now" in page
    assert f"{reverse('clinic:patient', args=[treatment.patient_id])}#battery" in page
    assert finish(treatment).is_signed


def test_the_patient_page_shows_closes_and_reopens_a_course(
    treatment: TreatmentSession, physio: Client, desk_client: Client
) -> None:
    plan = start_plan(treatment=treatment, problem="Right shoulder", by=treatment.practitioner.user)
    CarePlan.objects.update(reassess_every=2)
    plan.refresh_from_db()
    join_plan(treatment=treatment, plan=plan)
    patient_page = reverse("clinic:patient", args=[treatment.patient_id])
    page = physio.get(patient_page).content.decode()
    assert "Session 1, reassessment due at 2" in page
    assert "Reassess at the next session" in page
    assert "Right shoulder" not in desk_client.get(patient_page).content.decode()
    end = address("end-plan", plan.pk)
    assert "Undo" in physio.post(end, follow=True).content.decode()
    assert not CarePlan.objects.open().exists()
    physio.post(end, {"is_undo": "1"})
    assert CarePlan.objects.open().get() == plan
    assert desk_client.post(end).status_code == 404


@pytest.fixture
def working(treatment: TreatmentSession) -> TreatmentSession:
    factories.make_availability(treatment.practitioner)
    factories.make_type()
    return treatment


def test_the_next_visit_is_booked_in_two_taps_and_undone(
    working: TreatmentSession, physio: Client
) -> None:
    times = physio.get(address("detail", working.pk)).context["next_times"]
    assert len(times) == 3
    data = {"start": times[1].start_key, "next": address("detail", working.pk)}
    answer = physio.post(address("book-next", working.pk), data, follow=True)
    booked = Appointment.objects.get()
    assert (booked.patient, booked.practitioner) == (working.patient, working.practitioner)
    assert "Undo" in answer.content.decode()
    assert answer.context["next_booked"] == booked
    undo = {"status": "cancelled", "version": f"{booked.version}", "is_undo": "1"}
    physio.post(reverse("scheduling:status", args=[booked.pk]), undo)
    booked.refresh_from_db()
    assert booked.status == AppointmentStatus.CANCELLED


def test_a_taken_time_is_answered_with_the_nearest_free_ones(
    working: TreatmentSession, physio: Client
) -> None:
    wanted = physio.get(address("detail", working.pk)).context["next_times"][1]
    factories.make_appointment(practitioner=working.practitioner, starts_at=wanted.starts_at)
    data = {"start": wanted.start_key}
    answer = physio.post(address("book-next", working.pk), data, follow=True).content.decode()
    free = physio.get(address("detail", working.pk)).context["next_times"]
    nearest = "; ".join(one.words for one in free)
    assert len(free) == 3
    assert f"already has an appointment at that time. Next free: {nearest}." in answer


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        ("", "Choose a time."),
        ("tomorrow", "Choose a time of the list."),
        ("2026-12-01T23:30", "does not work at that time."),
    ],
)
def test_a_wrong_time_is_refused_in_words(
    working: TreatmentSession, physio: Client, start: str, sentence: str
) -> None:
    answer = physio.post(address("book-next", working.pk), {"start": start}, follow=True)
    assert sentence in answer.content.decode()
    assert not Appointment.objects.exists()


def test_the_page_asks_as_many_queries_with_three_exercises_as_with_one(
    treatment: TreatmentSession, physio: Client, practitioner: Practitioner
) -> None:
    counts = []
    for made in (1, 2):
        for _ in range(made):
            exercise = factories.make_exercise(practitioner.user)
            prescribe(treatment=treatment, exercise=exercise)
        for name in ("detail", "sign"):
            with CaptureQueriesContext(
                connection,
            ) as held:
                physio.get(address(name, treatment.pk))
            counts.append(len(held))
    assert counts[:2] == counts[2:]


def test_the_library_is_begun_with_the_starters_and_searched(physio: Client, db: None) -> None:
    page = physio.get(reverse("sessions:exercises")).content.decode()
    assert "No exercises yet" in page
    answer = physio.post(reverse("sessions:add-starters"), follow=True).content.decode()
    assert "29 exercises added." in answer
    found = physio.get(reverse("sessions:exercises"), {"q": "piriformis"})
    assert [one.name for one in found.context["active"]] == ["Figure-four stretch"]
    assert (
        "No exercise found"
        in physio.get(reverse("sessions:exercises"), {"q": "nothing like it"}).content.decode()
    )


def test_an_exercise_is_written_changed_retired_and_brought_back(physio: Client, db: None) -> None:
    data = {
        "name": "Wall slide",
        "instructions": "Slide your arms up.",
        "sets": "2",
        "repetitions": "10",
        "hold_seconds": "0",
        "times_a_day": "1",
        "muscles": ["serratus_anterior", "trapezius_lower"],
        "source": "own wording",
    }
    physio.post(reverse("sessions:exercise-create"), data)
    one = Exercise.objects.get()
    assert one.muscles == ["serratus_anterior", "trapezius_lower"]
    edit, retire = address("exercise-edit", one.pk), address("exercise-retire", one.pk)
    physio.post(edit, {**data, "instructions": "Slide both arms up."})
    assert Exercise.objects.get().version == 2
    refusal = physio.post(edit, {**data, "name": "", "sets": "0"}).content.decode()
    assert "Enter a name." in refusal
    assert "Enter the sets, 1 to 10." in refusal
    assert "Undo" in physio.post(retire, follow=True).content.decode()
    assert "Retired" in physio.get(reverse("sessions:exercises")).content.decode()
    physio.post(retire, {"is_undo": "1"})
    assert Exercise.objects.active().get().name == "Wall slide"


def test_a_name_that_is_taken_is_refused_on_the_form(physio: Client, calf: Exercise) -> None:
    data = {
        "name": "Calf stretch",
        "instructions": "As the other.",
        "sets": "1",
        "repetitions": "3",
        "hold_seconds": "30",
        "times_a_day": "2",
        "source": "own wording",
    }
    answer = physio.post(reverse("sessions:exercise-create"), data)
    assert "An exercise of this name is in the library already." in answer.content.decode()


def test_the_library_asks_as_many_queries_for_three_as_for_one(
    physio: Client, practitioner: Practitioner
) -> None:
    counts = []
    for made in (1, 2):
        for _ in range(made):
            factories.make_exercise(practitioner.user)
        with CaptureQueriesContext(connection) as held:
            physio.get(reverse("sessions:exercises"))
        counts.append(len(held))
    assert counts[0] == counts[1]


def test_a_session_that_was_treated_last_week_wants_the_same_weekday(
    working: TreatmentSession, physio: Client
) -> None:
    times = physio.get(address("detail", working.pk)).context["next_times"]
    wanted = working.started_at + timedelta(days=7)
    assert min(abs(one.starts_at - wanted) for one in times) <= timedelta(hours=16)
