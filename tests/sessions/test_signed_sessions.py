"""What a signed session still allows: addenda, and closing the alerts of its checks."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from sessions.drafts import AlreadySigned
from sessions.models import Alert, TreatmentSession
from sessions.needling import (
    add_muscle,
    change_muscle,
    remove_muscle,
    save_details,
    step_insertions,
)
from sessions.services import add_addendum, close_alert, sign_session
from tests import factories


def test_a_signed_session_refuses_every_change_in_words(signed: TreatmentSession) -> None:
    row = signed.muscles.get()
    user = signed.practitioner.user
    for act in (
        lambda: add_muscle(treatment=signed, muscle="infraspinatus", side="right"),
        lambda: change_muscle(row=row, insertions=2),
        lambda: step_insertions(row=row, by=1),
        lambda: remove_muscle(row=row),
        lambda: save_details(treatment=signed, plan="More"),
        lambda: sign_session(treatment=signed, by=user),
    ):
        with pytest.raises(AlreadySigned, match="Add an addendum instead"):
            act()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE treatment_sessions_treatmentsession SET plan = 'x' WHERE id = {treatment}",
        "UPDATE treatment_sessions_treatmentsession SET signed_at = NULL WHERE id = {treatment}",
        "DELETE FROM treatment_sessions_treatmentsession WHERE id = {treatment}",
        "UPDATE treatment_sessions_needledmuscle SET insertions = 9 WHERE id = {row}",
        "DELETE FROM treatment_sessions_needledmuscle WHERE id = {row}",
        "UPDATE treatment_sessions_addendum SET text = 'x' WHERE id = {addendum}",
        "DELETE FROM treatment_sessions_addendum WHERE id = {addendum}",
        (
            "INSERT INTO treatment_sessions_needledmuscle (treatment_id, muscle, side, segment, "
            "needle_gauge_mm, needle_length_mm, insertions, twitch, note) VALUES "
            "({treatment}, 'soleus', 'left', '', 0.30, 40, 1, 'none', '')"
        ),
    ],
)
def test_the_database_itself_keeps_a_signed_session_closed(
    signed: TreatmentSession, statement: str
) -> None:
    addendum = add_addendum(treatment=signed, text="Called.", by=signed.practitioner.user)
    places = {"treatment": signed.pk, "row": signed.muscles.get().pk, "addendum": addendum.pk}
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(**places))


def test_an_addendum_is_kept_with_its_author(signed: TreatmentSession) -> None:
    user = factories.make_user()
    addendum = add_addendum(treatment=signed, text=" Patient called. ", by=user)
    assert (addendum.text, addendum.written_by) == ("Patient called.", user)


def test_an_open_session_takes_no_addendum(treatment: TreatmentSession) -> None:
    with pytest.raises(ValueError, match="needs a signed one"):
        add_addendum(treatment=treatment, text="x", by=treatment.practitioner.user)


def make_alert(treatment: TreatmentSession) -> Alert:
    return Alert.objects.create(
        patient=treatment.patient,
        practitioner=treatment.practitioner,
        follow_up=treatment.follow_ups.first(),
        urgency="same_day",
        reasons=[],
    )


def test_an_alert_is_closed_only_with_what_was_done_and_once(signed: TreatmentSession) -> None:
    alert, user = make_alert(signed), signed.practitioner.user
    with pytest.raises(ValidationError, match="Write what was done"):
        close_alert(alert=alert, by=user, action_taken="  ")
    close_alert(alert=alert, by=user, action_taken="Phoned, all well.")
    close_alert(alert=alert, by=factories.make_user(), action_taken="Again.")
    alert.refresh_from_db()
    assert (alert.action_taken, alert.closed_by) == ("Phoned, all well.", user)
    assert list(Alert.objects.open()) == []
