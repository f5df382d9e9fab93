"""What waits for a colleague can be taken over with a reason, by one person at a time."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.choices import Action
from audit.models import AuditEvent
from ims_clinic.inbox import count_for, inbox_of
from ims_clinic.waiting import KINDS, waiting
from intake.choices import IntakeStatus
from intake.models import IntakeAlert
from people.attention import ChangedHands, take_over
from people.models import Practitioner, TakeOver, User
from scheduling.models import Appointment
from sessions.choices import AlertUrgency
from sessions.models import Alert, CoSignature
from sessions.services import close_alert
from tests import factories
from tests.ims_clinic.test_inbox import make_alert

pytestmark = pytest.mark.django_db


def book(practitioner: Practitioner) -> Appointment:
    """An appointment at an hour of its own."""
    at = timezone.now() + timedelta(hours=next(factories.number))
    return factories.make_appointment(practitioner=practitioner, starts_at=at)


def make_red_flag(practitioner: Practitioner) -> int:
    booked = book(practitioner)
    intake = factories.make_intake(booked.patient, appointment=booked)
    alert = IntakeAlert.objects.create(
        intake=intake, patient=booked.patient, urgency="urgent", questions=[]
    )
    return alert.pk


def make_call(practitioner: Practitioner) -> int:
    signed = factories.make_treatment(practitioner=practitioner, signed_at=timezone.now())
    return make_alert(signed, AlertUrgency.CONTACT_CLINIC).pk


def make_to_review(practitioner: Practitioner) -> int:
    booked = book(practitioner)
    return factories.make_intake(
        booked.patient, appointment=booked, status=IntakeStatus.SUBMITTED
    ).pk


def make_co_signature(practitioner: Practitioner) -> int:
    signed = factories.make_treatment(signed_at=timezone.now())
    return CoSignature.objects.create(treatment=signed, asked_of=practitioner.user).pk


MAKERS: dict[str, Callable[[Practitioner], int]] = {
    "red-flag": make_red_flag,
    "alert": make_call,
    "session": lambda owner: factories.make_treatment(practitioner=owner).pk,
    "assessment": lambda owner: factories.make_assessment(practitioner=owner).pk,
    "intake": make_to_review,
    "co-signature": make_co_signature,
}


def address(kind: str, pk: int) -> str:
    return reverse("clinic:take-over", args=[kind, pk])


def user_of(client: Client) -> User:
    return client.user  # type: ignore[attr-defined,no-any-return]  # set by the fixture


def test_every_kind_has_a_maker_here() -> None:
    assert set(MAKERS) == set(KINDS)


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_taken_over_moves_to_me_and_the_colleague_sees_it(
    kind: str, physio_client: Client
) -> None:
    colleague, me = factories.make_practitioner().user, user_of(physio_client)
    pk = MAKERS[kind](Practitioner.objects.get(user=colleague))
    assert (count_for(colleague), count_for(me)) == (1, 0)
    page = physio_client.get(address(kind, pk)).content.decode()
    assert f"now with {colleague.full_name}" in page
    physio_client.post(address(kind, pk), {"reason": "On leave", "shown": colleague.pk})
    assert (count_for(colleague), count_for(me)) == (0, 1)
    taken = inbox_of(colleague).taken[0]
    assert (taken.taken_by, taken.reason) == (me, "On leave")
    line = AuditEvent.objects.get(action=Action.CHANGE, detail__startswith="taken over")
    assert line.detail == f"taken over from {colleague}: On leave"
    assert line.patient_number == taken.patient_id
    everyones = physio_client.get(reverse("clinic:inbox"), {"whose": "everyone"})
    assert f"taken over by {me.full_name}" in everyones.content.decode()


def test_taking_over_needs_a_reason(physio_client: Client) -> None:
    colleague = factories.make_practitioner()
    pk = make_call(colleague)
    data = {"reason": " ", "shown": colleague.user.pk}
    page = physio_client.post(address("alert", pk), data).content.decode()
    assert "Write why you take it over" in page
    assert TakeOver.objects.count() == 0


def test_the_page_of_what_is_mine_offers_nothing_to_take(physio_client: Client) -> None:
    pk = make_call(Practitioner.objects.get(user=user_of(physio_client)))
    page = physio_client.get(address("alert", pk)).content.decode()
    assert "It is yours already" in page


@pytest.mark.parametrize("kind", ["alert", "nothing"])
def test_what_does_not_wait_has_no_page(kind: str, physio_client: Client) -> None:
    pk = make_call(factories.make_practitioner())
    Alert.objects.update(closed_at=timezone.now(), action_taken="Phoned.")
    assert physio_client.get(address(kind, pk)).status_code == 404


def test_only_a_physiotherapist_takes_over(desk_client: Client, admin_client_: Client) -> None:
    pk = make_call(factories.make_practitioner())
    for client in (desk_client, admin_client_):
        assert client.post(address("alert", pk), {"reason": "x"}).status_code == 404


def test_an_alert_that_changed_hands_since_the_page_was_read_is_not_taken(
    physio_client: Client,
) -> None:
    colleague, third = factories.make_practitioner(), factories.make_practitioner()
    pk = make_call(colleague)
    take(pk, third.user, colleague.user)
    answer = physio_client.post(
        address("alert", pk), {"reason": "On leave", "shown": colleague.user.pk}, follow=True
    )
    assert f"{third.user.full_name} has it now." in answer.content.decode()
    assert TakeOver.objects.count() == 1


def take(pk: int, by: User, shown: User) -> TakeOver:
    kind = KINDS["alert"]
    return take_over(
        rows=kind.rows(), pk=pk, owner=kind.owner, by=by, reason="On leave", shown=shown.pk
    )


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at once, each with a connection of its own; what they returned or raised."""
    barrier, results = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results.append(act())
        except ChangedHands as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_of_six_who_take_over_at_once_one_gets_it() -> None:
    colleague = factories.make_practitioner().user
    pk = make_call(Practitioner.objects.get(user=colleague))
    others = [factories.make_practitioner().user for _ in range(6)]
    results = together(*[lambda user=user: take(pk, user, colleague) for user in others])
    assert sum(isinstance(one, TakeOver) for one in results) == 1
    assert TakeOver.objects.count() == 1
    assert sum(count_for(user) for user in others) == 1


@pytest.mark.django_db(transaction=True)
def test_an_alert_closed_and_taken_over_at_once_stays_closed_and_is_lost_by_nobody() -> None:
    colleague, me = factories.make_practitioner().user, factories.make_practitioner().user
    alert = Alert.objects.get(pk=make_call(Practitioner.objects.get(user=colleague)))
    together(
        lambda: close_alert(alert=alert, by=colleague, action_taken="Phoned."),
        lambda: take(alert.pk, me, colleague),
    )
    alert.refresh_from_db()
    assert (alert.closed_by, alert.action_taken) == (colleague, "Phoned.")
    assert waiting("alert", alert.pk) is None


@pytest.mark.parametrize("change", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}"])
def test_a_take_over_is_never_changed(change: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(TakeOver._meta.db_table))


@pytest.mark.parametrize("number", [1, 3])
def test_the_full_inbox_asks_as_often_for_three_of_each_as_for_one(
    number: int, physio_client: Client
) -> None:
    me = Practitioner.objects.get(user=user_of(physio_client))
    colleague = factories.make_practitioner()
    for _ in range(number):
        for make in MAKERS.values():
            make(me)
        take(make_call(colleague), me.user, colleague.user)
    physio_client.get(reverse("clinic:inbox"))
    with CaptureQueriesContext(connection) as queries:
        page = physio_client.get(reverse("clinic:inbox")).content.decode()
    assert f"{7 * number} waiting" in page
    assert len(queries) == 12


def test_the_number_in_the_bar_is_asked_without_touching_the_sign_in(
    physio_client: Client, desk_client: Client
) -> None:
    make_call(Practitioner.objects.get(user=user_of(physio_client)))
    before = list(Session.objects.order_by("pk").values())
    answer = physio_client.get(reverse("clinic:inbox-count"))
    assert (answer.content, "Set-Cookie" in answer.headers) == (b"1", False)
    assert list(Session.objects.order_by("pk").values()) == before
    assert desk_client.get(reverse("clinic:inbox-count")).status_code == 404
