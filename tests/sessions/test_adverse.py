"""Adverse events: none is an answer, an event waits until a person closes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit.models import AuditEvent
from sessions.adverse import answer_none, close_event, open_adverse_for, record_event, remove_event
from sessions.counting import gaps_before_signing
from sessions.drafts import AlreadySigned
from sessions.models import AdverseEvent, TreatmentSession
from tests import factories
from tests.sessions.conftest import finish


def happen(treatment: TreatmentSession, kind: str = "bruise", **fields: Any) -> AdverseEvent:
    values: dict[str, Any] = {
        "grade": "mild",
        "happened_at": timezone.now(),
        "action_taken": "Pressed.",
        "outcome": "ongoing",
        "is_patient_told": True,
        "by": treatment.practitioner.user,
    }
    return record_event(treatment=treatment, kind=kind, **{**values, **fields})


def answer_of(treatment: TreatmentSession) -> str:
    treatment.refresh_from_db()
    return treatment.adverse_answer


def test_not_asked_is_a_gap_and_none_is_an_answer(treatment: TreatmentSession) -> None:
    assert "adverse" in [gap.place for gap in gaps_before_signing(treatment, [])]
    told = answer_none(treatment=treatment)
    assert "adverse" not in [gap.place for gap in gaps_before_signing(told, [])]
    answer_none(treatment=treatment, is_none=False)
    assert answer_of(treatment) == ""


def test_an_event_answers_the_session_and_none_is_refused(treatment: TreatmentSession) -> None:
    answer_none(treatment=treatment)
    happen(treatment, muscle="deltoid", side="right")
    assert answer_of(treatment) == "some"
    with pytest.raises(ValidationError, match="Remove it first"):
        answer_none(treatment=treatment)


def test_a_mistaken_event_is_removed_while_the_session_is_open(treatment: TreatmentSession) -> None:
    remove_event(event=happen(treatment))
    assert (answer_of(treatment), AdverseEvent.objects.count()) == ("", 0)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("nothing", {}),
        ("other", {}),
        ("bruise", {"action_taken": ""}),
        ("bruise", {"grade": "dire"}),
        ("bruise", {"muscle": "deltoid"}),
        ("bruise", {"muscle": "nothing", "side": "left"}),
        ("pneumothorax", {"grade": "significant"}),
        ("bruise", {"happened_at": timezone.now() + timedelta(days=400)}),
    ],
)
def test_a_wrong_event_is_refused(
    treatment: TreatmentSession, kind: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        happen(treatment, kind, **fields)
    assert answer_of(treatment) == ""


def test_a_late_event_changes_nothing_of_the_signed_session(signed: TreatmentSession) -> None:
    event = happen(signed)
    assert (event.is_late, answer_of(signed)) == (True, "none")
    with pytest.raises(AlreadySigned):
        remove_event(event=event)
    with pytest.raises(AlreadySigned):
        answer_none(treatment=signed)


COLUMNS = (
    "(treatment_id, kind, words, grade, happened_at, muscle, side, action_taken, outcome, "
    "is_patient_told, recorded_by_id, recorded_at)"
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE treatment_sessions_adverseevent SET grade = 'mild' WHERE id = {event}",
        "DELETE FROM treatment_sessions_adverseevent WHERE id = {event}",
        "UPDATE treatment_sessions_adverseclosing SET done = 'x' WHERE event_id = {event}",
        "DELETE FROM treatment_sessions_adverseclosing WHERE event_id = {event}",
        "UPDATE treatment_sessions_treatmentsession SET adverse_answer = '' WHERE id = {treatment}",
        (
            f"INSERT INTO treatment_sessions_adverseevent {COLUMNS} SELECT treatment_id, kind, "
            "words, grade, happened_at, muscle, side, action_taken, outcome, is_patient_told, "
            "recorded_by_id, happened_at FROM treatment_sessions_adverseevent WHERE id = {event}"
        ),
    ],
)
def test_the_database_itself_keeps_what_was_recorded(
    treatment: TreatmentSession, statement: str
) -> None:
    event = happen(treatment)
    close_event(event=event, by=treatment.practitioner.user, done="Called.", outcome="resolved")
    finish(treatment)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(event=event.pk, treatment=treatment.pk))


@pytest.mark.parametrize("answer", ["none", ""])
def test_no_session_is_signed_with_an_answer_that_its_events_contradict(
    treatment: TreatmentSession, answer: str
) -> None:
    happen(treatment)
    TreatmentSession.objects.filter(pk=treatment.pk).update(adverse_answer=answer)
    with pytest.raises(DatabaseError), transaction.atomic():
        TreatmentSession.objects.filter(pk=treatment.pk).update(signed_at=timezone.now())


def test_an_event_is_closed_once_and_only_with_what_was_done(treatment: TreatmentSession) -> None:
    event, user = happen(treatment), treatment.practitioner.user
    with pytest.raises(ValidationError):
        close_event(event=event, by=user, done="  ", outcome="resolved")
    first = close_event(event=event, by=user, done=" Called. ", outcome="resolved")
    again = close_event(event=event, by=factories.make_user(), done="Again.", outcome="ongoing")
    assert (again, again.done, again.closed_by) == (first, "Called.", user)
    assert list(AdverseEvent.objects.open()) == []
    with pytest.raises(ValidationError, match="closed and stays"):
        remove_event(event=event)


def test_recording_and_closing_leave_an_audit_line_each(treatment: TreatmentSession) -> None:
    event = happen(treatment)
    close_event(event=event, by=treatment.practitioner.user, done="Called.", outcome="resolved")
    lines = AuditEvent.objects.filter(
        subject="treatment_sessions_adverseevent",
        subject_id=event.pk,
        action__in=("create", "change"),
    )
    assert list(lines.order_by("pk").values_list("action", "detail")) == [
        ("create", "mild"),
        ("change", "closed"),
    ]


def test_the_inbox_holds_my_events_and_every_serious_one_gravest_first(
    treatment: TreatmentSession,
) -> None:
    mild, serious = happen(treatment), happen(treatment, "pneumothorax", grade="serious")
    other = factories.make_practitioner().user
    assert list(open_adverse_for(treatment.practitioner.user)) == [serious, mild]
    assert list(open_adverse_for(other)) == [serious]
    assert list(open_adverse_for(None)) == [serious, mild]
