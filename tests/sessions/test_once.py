"""A change is done once however often it arrives, and replaces only what its page knew."""

import json
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from sessions.models import NeedledMuscle, SavedChange, TreatmentSession
from sessions.services import CannotSign, sign_session
from tests.sessions.conftest import finish, needle

pytestmark = pytest.mark.django_db
INSERT = """INSERT INTO treatment_sessions_savedchange (treatment_id, key, saved_at)
VALUES (%s, %s, now())"""


def send(client: Client, name: str, pk: int, data: dict[str, str], key: UUID | str) -> int:
    """As the queue of the page does it; the status of the answer."""
    headers = {"HX-Request": "true", "Idempotency-Key": f"{key}"}
    answer = client.post(reverse(f"sessions:{name}", args=[pk]), data, headers=headers)
    return answer.status_code


def known(**values: str) -> dict[str, str]:
    return {"known": json.dumps(values)}


def test_an_insertion_that_arrives_three_times_is_counted_once(
    treatment: TreatmentSession, physio: Client
) -> None:
    row, key = needle(treatment, insertions=2), uuid4()
    answers = [send(physio, "change-muscle", row.pk, {"step": "1"}, key) for _ in range(3)]
    row.refresh_from_db()
    assert (answers, row.insertions) == ([200, 200, 200], 3)
    send(physio, "change-muscle", row.pk, {"step": "1"}, uuid4())
    row.refresh_from_db()
    assert row.insertions == 4


def test_a_muscle_that_arrives_twice_is_there_once_and_no_mistake(
    treatment: TreatmentSession, physio: Client
) -> None:
    key = uuid4()
    pick = {"pick": "deltoid:left:C5,soleus:right:S1"}
    answers = [send(physio, "add-muscle", treatment.pk, pick, key) for _ in range(2)]
    assert (answers, treatment.muscles.count()) == ([200, 200], 2)


def test_a_late_repetition_does_not_bring_an_old_value_back(
    treatment: TreatmentSession, physio: Client
) -> None:
    first = uuid4()
    for value, key in (("6", first), ("4", uuid4()), ("6", first)):
        assert send(physio, "save", treatment.pk, {"pain_before": value}, key) == 200
    treatment.refresh_from_db()
    assert treatment.pain_before == 4


def test_a_refusal_is_not_remembered_as_done(treatment: TreatmentSession, physio: Client) -> None:
    row, key = needle(treatment), uuid4()
    pick = {"pick": "deltoid:right:C5"}
    assert send(physio, "add-muscle", treatment.pk, pick, key) == 422
    NeedledMuscle.objects.filter(pk=row.pk).delete()
    assert send(physio, "add-muscle", treatment.pk, pick, key) == 200
    assert treatment.muscles.count() == 1


def test_one_key_in_two_sessions_is_two_changes(treatment: TreatmentSession) -> None:
    other = TreatmentSession.objects.get(pk=treatment.pk)
    other.pk = None
    other.save()
    key = uuid4()
    for one in (treatment, other):
        SavedChange.objects.create(treatment=one, key=key)
    assert SavedChange.objects.filter(key=key).count() == 2


@pytest.mark.parametrize(
    ("held", "said", "wanted", "expected"),
    [
        (None, "", "6", 200),  # as the page showed it
        (4, "4", "6", 200),
        (4, "", "6", 412),  # somebody entered 4 meanwhile
        (None, "4", "6", 412),  # somebody took it away
        (6, "", "6", 200),  # somebody entered the same
    ],
)
def test_a_value_replaces_only_what_the_page_knew(
    treatment: TreatmentSession,
    physio: Client,
    held: int | None,
    said: str,
    wanted: str,
    expected: int,
) -> None:
    TreatmentSession.objects.filter(pk=treatment.pk).update(pain_before=held)
    data = {"pain_before": wanted, **known(pain_before=said)}
    assert send(physio, "save", treatment.pk, data, uuid4()) == expected
    treatment.refresh_from_db()
    assert treatment.pain_before == (6 if expected == 200 else held)


@pytest.mark.parametrize(
    ("name", "wanted", "held"),
    [
        ("twitch", "weak", "strong"),
        ("segment", "C6", "C5"),
        ("note", "superficial", "deep"),
        ("needle", "0.25x30", "0.30x40"),
    ],
)
def test_each_value_of_a_row_says_what_stands_there_instead(
    treatment: TreatmentSession, physio: Client, name: str, wanted: str, held: str
) -> None:
    row = needle(treatment, segment="C5", note="deep")
    address = reverse("sessions:change-muscle", args=[row.pk])
    answer = physio.post(address, {name: wanted, **known(**{name: "0.16x13"})})
    assert (answer.status_code, answer.json()) == (412, {"held": {name: held}})
    assert physio.post(address, {name: wanted, **known(**{name: held})}).status_code == 302


def test_lines_and_spaces_around_a_text_are_no_difference(
    treatment: TreatmentSession, physio: Client
) -> None:
    TreatmentSession.objects.filter(pk=treatment.pk).update(plan="Heat.\r\nRest.")
    data = {"plan": "Heat.\nRest.\nWalk.", **known(plan="Heat.\nRest. ")}
    assert send(physio, "save", treatment.pk, data, uuid4()) == 200


@pytest.mark.parametrize("text", ["{", "[]", "7"])
def test_what_is_no_list_of_known_values_is_refused(
    treatment: TreatmentSession, physio: Client, text: str
) -> None:
    data = {"pain_before": "6", "known": text}
    assert send(physio, "save", treatment.pk, data, uuid4()) == 400


def test_a_key_that_is_none_is_refused(treatment: TreatmentSession, physio: Client) -> None:
    assert send(physio, "save", treatment.pk, {"pain_before": "6"}, "again") == 400


def test_a_change_that_comes_after_the_signature_is_told_so(
    treatment: TreatmentSession, physio: Client
) -> None:
    row = finish(treatment).muscles.get()
    assert send(physio, "save", treatment.pk, {"plan": "late"}, uuid4()) == 409
    assert send(physio, "change-muscle", row.pk, {"step": "1"}, uuid4()) == 409


def test_keys_go_with_the_signature_and_none_can_be_added_after_it(
    treatment: TreatmentSession,
) -> None:
    SavedChange.objects.create(treatment=treatment, key=uuid4())
    finish(treatment)
    assert treatment.saved_changes.count() == 0
    with (
        pytest.raises(IntegrityError, match="signed record"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(INSERT, [treatment.pk, uuid4()])


def test_a_refused_signature_keeps_the_keys(treatment: TreatmentSession) -> None:
    SavedChange.objects.create(treatment=treatment, key=uuid4())
    with pytest.raises(CannotSign, match="pain before"):
        sign_session(treatment=treatment, by=treatment.practitioner.user)
    assert treatment.saved_changes.count() == 1
