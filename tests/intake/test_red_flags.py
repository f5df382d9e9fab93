"""A red-flag answer reaches the physiotherapist when it is given."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.form_pages import form_pages
from intake.models import Intake, IntakeAlert
from intake.red_flags import close_red_flags, note_red_flags, open_red_flags
from intake.services import save_answers, status_badges
from intake.status import OPEN_FLAG, needling_obstacles
from notifications.models import Message
from people.choices import Role
from people.models import Practitioner, User
from scheduling.models import Appointment
from tests.factories import make_appointment, make_intake, make_practitioner, make_user

Submitted = Callable[..., Intake]


def page_of(question: str) -> object:
    return next(page for page in form_pages() if question in {q.id for q in page.questions})


def answer(intake: Intake, question: str, value: str) -> IntakeAlert | None:
    """Save one answer as the page does."""
    saved = save_answers(intake, {question: (value, "")})
    return note_red_flags(intake, page_of(question), saved)  # type: ignore[arg-type]


def messages_to_staff() -> list[Message]:
    return list(Message.objects.filter(subject="An answer waits in your inbox"))


def badge(intake: Intake) -> str:
    booked = Appointment.objects.with_people().filter(pk=intake.appointment_id)
    return status_badges(booked)[intake.appointment_id].words


def close(alert: IntakeAlert) -> IntakeAlert:
    by = make_user(Role.PHYSIOTHERAPIST)
    return close_red_flags(alert=alert, by=by, note="Called: sent to emergency.")


def test_the_alert_opens_with_the_answer_not_with_the_submitting(intake: Intake) -> None:
    alert = answer(intake, "rf_saddle", "yes")
    assert alert is not None
    assert (alert.urgency, alert.patient, alert.intake) == ("emergency", intake.patient, intake)
    (held,) = alert.questions
    assert (held["question"], held["answer"], held["now"]) == ("rf_saddle", "yes", "yes")
    assert held["wording"].startswith("Have you noticed numbness or tingling")


def test_the_message_says_nothing_of_the_patient_and_is_sent_once(intake: Intake) -> None:
    answer(intake, "rf_saddle", "yes")
    answer(intake, "rf_bladder", "yes")
    (message,) = messages_to_staff()
    said = message.subject + message.body
    assert message.address == intake.appointment.practitioner.user.email  # type: ignore[union-attr]
    assert intake.patient.family_name not in said
    assert "numb" not in said


def test_a_graver_answer_raises_the_alert_and_tells_again(intake: Intake) -> None:
    assert answer(intake, "rf_weight_loss", "maybe").urgency == "urgent"  # type: ignore[union-attr]
    assert answer(intake, "rf_fever", "yes").urgency == "same_day"  # type: ignore[union-attr]
    alert = answer(intake, "rf_saddle", "not_sure")
    assert alert is not None
    assert [one["question"] for one in alert.questions] == [
        "rf_saddle",
        "rf_fever",
        "rf_weight_loss",
    ]
    assert alert.urgency == "emergency"
    assert IntakeAlert.objects.count() == 1
    assert len(messages_to_staff()) == 3
    assert answer(intake, "rf_gait_hands", "yes").urgency == "emergency"  # type: ignore[union-attr]
    assert len(messages_to_staff()) == 3


def test_a_corrected_answer_is_noted_and_closes_nothing(intake: Intake) -> None:
    answer(intake, "rf_saddle", "yes")
    assert answer(intake, "rf_saddle", "no") is None
    alert = IntakeAlert.objects.open().get()
    assert [(one["answer"], one["now"]) for one in alert.questions] == [("yes", "no")]
    assert answer(intake, "rf_saddle", "yes") is None
    alert.refresh_from_db()
    assert [(one["answer"], one["now"]) for one in alert.questions] == [("yes", "yes")]


def test_harmless_and_routine_answers_alert_nobody(intake: Intake) -> None:
    for question, value in (("rf_saddle", "no"), ("rf_morning_stiffness", "yes")):
        assert answer(intake, question, value) is None
    assert IntakeAlert.objects.count() == 0


def test_a_closed_alert_opens_again_for_a_new_flag_only(intake: Intake) -> None:
    close(answer(intake, "rf_weight_loss", "yes"))  # type: ignore[arg-type]
    assert answer(intake, "rf_weight_loss", "yes") is None
    second = answer(intake, "rf_fever", "yes")
    assert second is not None
    assert [one["question"] for one in second.questions] == ["rf_fever"]
    assert IntakeAlert.objects.count() == 2


def test_closing_asks_what_was_done(intake: Intake) -> None:
    alert = answer(intake, "rf_saddle", "yes")
    assert alert is not None
    by = make_user(Role.PHYSIOTHERAPIST)
    with pytest.raises(ValidationError, match="Write what was done"):
        close_red_flags(alert=alert, by=by, note="  ")
    assert close_red_flags(alert=alert, by=by, note=" Called. ").note == "Called."
    assert close_red_flags(alert=alert, by=by, note="Again.").note == "Called."
    with pytest.raises(IntegrityError, match="closed_red_flag"), transaction.atomic():
        IntakeAlert.objects.update(note="")


def test_the_desk_is_asked_to_call_until_the_alert_is_closed(intake: Intake) -> None:
    alert = answer(intake, "rf_weight_loss", "not_sure")
    assert badge(intake) == "Physiotherapist asks you to call"
    close(alert)  # type: ignore[arg-type]
    assert badge(intake) == "Intake started 0 %"


def test_an_open_red_flag_stands_against_needling(submitted: Submitted, intake: Intake) -> None:
    alert = answer(intake, "rf_fever", "yes")
    submitted(rf_fever="yes")
    day = intake.appointment.wall_date  # type: ignore[union-attr]
    assert OPEN_FLAG in needling_obstacles(intake.patient, day)
    close(alert)  # type: ignore[arg-type]
    assert OPEN_FLAG not in needling_obstacles(intake.patient, day)


def flagged(urgency: str, practitioner: Practitioner | None = None) -> IntakeAlert:
    starts_at = timezone.now() + timedelta(hours=IntakeAlert.objects.count())
    booked = (
        make_appointment(practitioner=practitioner, starts_at=starts_at) if practitioner else None
    )
    intake = make_intake(appointment=booked) if booked else make_intake()
    return IntakeAlert.objects.create(
        intake=intake, patient=intake.patient, urgency=urgency, questions=[]
    )


def test_each_sees_their_own_what_cannot_wait_and_what_is_nobodys(db: None) -> None:
    me, other = make_practitioner(), make_practitioner()
    mine, nobodys = flagged("urgent", me), flagged("urgent")
    grave, others = flagged("same_day", other), flagged("urgent", other)
    user: User = me.user
    assert set(open_red_flags(user)) == {mine, nobodys, grave}
    assert set(open_red_flags(None)) == {mine, nobodys, grave, others}
