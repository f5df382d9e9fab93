"""The co-signature: asked at signing, given once, by the supervisor, never by oneself."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse

from audit.choices import Action
from audit.models import AuditEvent
from ims_clinic.inbox import count_for, inbox_of
from people.models import Practitioner
from sessions.co_signing import CannotCoSign, co_sign
from sessions.models import CoSignature, TreatmentSession
from sessions.services import add_addendum
from tests import factories
from tests.conftest import client_of
from tests.sessions.conftest import finish


@pytest.fixture
def supervisor(practitioner: Practitioner) -> Practitioner:
    """Supervises ``practitioner``."""
    other = factories.make_practitioner()
    practitioner.supervisor = other
    practitioner.save()
    return other


@pytest.fixture
def asked(supervisor: Practitioner, treatment: TreatmentSession) -> CoSignature:
    return CoSignature.objects.get(treatment=finish(treatment))


def address(asked: CoSignature) -> str:
    return reverse("sessions:co-sign", args=[asked.treatment_id])


def test_a_session_of_somebody_without_a_supervisor_asks_nobody(signed: TreatmentSession) -> None:
    assert CoSignature.objects.count() == 0


def test_a_supervised_signature_locks_the_session_and_waits_for_the_supervisor(
    asked: CoSignature, supervisor: Practitioner, practitioner: Practitioner
) -> None:
    assert asked.treatment.is_signed
    assert list(inbox_of(supervisor.user).co_signatures) == [asked]
    assert (count_for(supervisor.user), count_for(practitioner.user)) == (1, 0)


def test_the_supervisor_reads_and_co_signs(
    asked: CoSignature, supervisor: Practitioner, practitioner: Practitioner
) -> None:
    reader = client_of(supervisor.user)
    detail = reverse("sessions:detail", args=[asked.treatment_id])
    assert "Co-sign session" in reader.get(detail).content.decode()
    assert reader.post(address(asked)).headers["Location"] == detail
    page = reader.get(detail).content.decode()
    assert f"{supervisor.user.full_name} co-signed on" in page
    assert "Co-sign session" not in page
    line = AuditEvent.objects.get(action=Action.SIGN, subject=CoSignature._meta.db_table)
    assert line.patient_number == asked.treatment.patient_id
    assert count_for(supervisor.user) == 0


def test_nobody_else_can_co_sign(
    asked: CoSignature, physio: Client, physio_client: Client, desk_client: Client
) -> None:
    for client in (physio, physio_client, desk_client):
        assert client.post(address(asked)).status_code == 404
    assert CoSignature.objects.waiting().count() == 1


def test_nobody_co_signs_their_own_nor_under_supervision(
    asked: CoSignature, practitioner: Practitioner, supervisor: Practitioner
) -> None:
    with pytest.raises(CannotCoSign, match="of their own"):
        co_sign(treatment=asked.treatment, by=practitioner.user)
    learner = factories.make_practitioner(supervisor=supervisor)
    with pytest.raises(CannotCoSign, match="supervised"):
        co_sign(treatment=asked.treatment, by=learner.user)


def test_a_second_co_signature_changes_nothing(
    asked: CoSignature, supervisor: Practitioner
) -> None:
    first = co_sign(treatment=asked.treatment, by=supervisor.user)
    again = co_sign(treatment=asked.treatment, by=factories.make_practitioner().user)
    assert (again.signed_at, again.signed_by) == (first.signed_at, supervisor.user)


def test_the_supervisor_may_write_an_addendum_instead(
    asked: CoSignature, supervisor: Practitioner
) -> None:
    add_addendum(treatment=asked.treatment, text="Talked it over.", by=supervisor.user)
    assert CoSignature.objects.waiting().count() == 1


def run(statement: str, asked: CoSignature) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            statement.format(
                pk=asked.pk, signer=asked.treatment.signed_by_id, asked=asked.asked_of_id
            )
        )


TABLE = "treatment_sessions_cosignature"


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET signed_at = now(), signed_by_id = {{signer}} WHERE id = {{pk}}",
        f"UPDATE {TABLE} SET signed_at = now() WHERE id = {{pk}}",
        f"DELETE FROM {TABLE} WHERE id = {{pk}}",
    ],
)
def test_the_database_itself_refuses_ones_own_a_nameless_and_a_lost_co_signature(
    asked: CoSignature, statement: str
) -> None:
    with pytest.raises(DatabaseError):
        run(statement, asked)


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET signed_at = NULL, signed_by_id = NULL WHERE id = {{pk}}",
        f"UPDATE {TABLE} SET asked_of_id = {{signer}} WHERE id = {{pk}}",
        f"DELETE FROM {TABLE} WHERE id = {{pk}}",
    ],
)
def test_the_database_itself_keeps_a_given_co_signature(
    asked: CoSignature, supervisor: Practitioner, statement: str
) -> None:
    co_sign(treatment=asked.treatment, by=supervisor.user)
    with pytest.raises(DatabaseError):
        run(statement, asked)


def test_an_open_session_cannot_be_co_signed(
    supervisor: Practitioner, treatment: TreatmentSession
) -> None:
    with pytest.raises(DatabaseError, match="only a signed session"), transaction.atomic():
        CoSignature.objects.create(treatment=treatment, asked_of=supervisor.user)


def test_nobody_supervises_themselves(practitioner: Practitioner) -> None:
    practitioner.supervisor = practitioner
    with pytest.raises(IntegrityError, match="nobody_supervises"), transaction.atomic():
        practitioner.save()
