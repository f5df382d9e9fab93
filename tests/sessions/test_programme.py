from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from people.models import Practitioner
from sessions.library import retire_exercise, save_exercise
from sessions.models import Exercise, TreatmentSession
from sessions.programme import (
    change_dose,
    move_up,
    prescribe,
    repeat_last,
    suggested,
    take_out,
)
from tests.factories import make_exercise
from tests.sessions.conftest import finish, needle


@pytest.fixture
def calf(practitioner: Practitioner) -> Exercise:
    return make_exercise(name="Calf stretch", muscles=["soleus"], sets=2, by=practitioner.user)


def names(treatment: TreatmentSession) -> list[str]:
    return [row.name for row in treatment.home_exercises.all()]


def test_a_prescribed_exercise_keeps_the_words_it_was_given_with(
    treatment: TreatmentSession, calf: Exercise, practitioner: Practitioner
) -> None:
    row = prescribe(treatment=treatment, exercise=calf)
    calf.instructions = "Something else."
    save_exercise(exercise=calf, by=practitioner.user)
    row.refresh_from_db()
    assert (row.instructions, row.version, row.sets) == ("Do it slowly.", 1, 2)


def test_the_dose_is_changed_for_this_patient_alone(
    treatment: TreatmentSession, calf: Exercise
) -> None:
    row = prescribe(treatment=treatment, exercise=calf)
    assert change_dose(row=row, sets=3, times_a_day=2).dose == "3 sets of 10, 2 times a day"
    calf.refresh_from_db()
    assert calf.sets == 2


@pytest.mark.parametrize("dose", [{"sets": 0}, {"repetitions": 101}, {"hold_seconds": 301}])
def test_a_dose_out_of_range_is_refused(
    treatment: TreatmentSession, calf: Exercise, dose: dict[str, int]
) -> None:
    row = prescribe(treatment=treatment, exercise=calf)
    with pytest.raises(ValidationError):
        change_dose(row=row, **dose)
    with pytest.raises(TypeError, match="Not a part of the dose: name"):
        change_dose(row=row, name=1)


def test_an_exercise_is_prescribed_once_and_never_when_retired(
    treatment: TreatmentSession, calf: Exercise, practitioner: Practitioner
) -> None:
    prescribe(treatment=treatment, exercise=calf)
    with pytest.raises(ValidationError, match="in the programme already"):
        prescribe(treatment=treatment, exercise=calf)
    bridge = make_exercise(name="Bridge", by=practitioner.user)
    retire_exercise(exercise=bridge, by=practitioner.user)
    with pytest.raises(ValidationError, match="Bridge is retired"):
        prescribe(treatment=treatment, exercise=bridge)


def test_exercises_stand_in_an_order_that_can_be_changed(
    treatment: TreatmentSession, practitioner: Practitioner
) -> None:
    rows = [
        prescribe(treatment=treatment, exercise=make_exercise(name=name, by=practitioner.user))
        for name in ("One", "Two", "Three")
    ]
    move_up(row=rows[2])
    assert names(treatment) == ["One", "Three", "Two"]
    move_up(row=rows[0])
    assert names(treatment) == ["One", "Three", "Two"]


def test_what_was_taken_out_comes_back_with_its_dose_at_its_place(
    treatment: TreatmentSession, calf: Exercise, practitioner: Practitioner
) -> None:
    row = prescribe(treatment=treatment, exercise=calf, sets=7)
    prescribe(treatment=treatment, exercise=make_exercise(by=practitioner.user))
    values = take_out(row=row)
    exercise = Exercise.objects.get(pk=values.pop("exercise_id"))
    prescribe(treatment=treatment, exercise=exercise, **values)
    assert (names(treatment)[0], treatment.home_exercises.first().sets) == ("Calf stretch", 7)


def test_the_last_programme_is_repeated_with_its_doses_in_the_words_of_now(
    make_signed: Callable[..., TreatmentSession],
    treatment: TreatmentSession,
    calf: Exercise,
    practitioner: Practitioner,
) -> None:
    assert repeat_last(treatment=treatment) == []
    assert names(treatment) == []
    gone = make_exercise(name="Gone", by=practitioner.user)
    earlier = TreatmentSession.objects.get(pk=treatment.pk)
    for exercise, dose in ((calf, {"sets": 5}), (gone, {})):
        prescribe(treatment=earlier, exercise=exercise, **dose)
    finish(earlier)
    calf.instructions = "Better words."
    save_exercise(exercise=calf, by=practitioner.user)
    retire_exercise(exercise=gone, by=practitioner.user)
    from_now = TreatmentSession.objects.create(
        patient=earlier.patient, practitioner=practitioner, consent=earlier.consent
    )
    assert repeat_last(treatment=from_now) == ["Gone"]
    assert repeat_last(treatment=from_now) == ["Gone"]
    row = from_now.home_exercises.get()
    assert (row.name, row.sets, row.instructions) == ("Calf stretch", 5, "Better words.")


def test_what_suits_the_needled_muscles_is_suggested_first(
    treatment: TreatmentSession, calf: Exercise, practitioner: Practitioner
) -> None:
    buttock = make_exercise(name="Bridge", muscles=["gluteus_maximus"], by=practitioner.user)
    arm = make_exercise(name="Arm", muscles=["deltoid"], by=practitioner.user)
    row = needle(treatment, "soleus", segment="S1")
    library = [arm, buttock, calf]
    assert suggested(library, [row], ()) == [calf, buttock]
    assert suggested(library, [row], {calf.pk}) == [buttock]
    assert suggested(library, [], ()) == []
