from people.models import Practitioner
from sessions.choices import AlertUrgency
from sessions.inbox import open_alerts_for, unsigned_sessions_for
from sessions.models import Alert, TreatmentSession
from tests import factories
from tests.sessions.conftest import finish


def make_alert(treatment: TreatmentSession, urgency: AlertUrgency) -> Alert:
    return Alert.objects.create(
        patient=treatment.patient,
        practitioner=treatment.practitioner,
        follow_up=treatment.follow_ups.first(),
        urgency=urgency,
        reasons=[],
    )


def test_an_alert_that_cannot_wait_is_seen_by_every_physiotherapist(
    signed: TreatmentSession, practitioner: Practitioner
) -> None:
    others = finish(factories.make_treatment())
    mine = make_alert(signed, AlertUrgency.CONTACT_CLINIC)
    make_alert(others, AlertUrgency.CONTACT_CLINIC)
    grave = make_alert(others, AlertUrgency.EMERGENCY)
    assert set(open_alerts_for(practitioner.user)) == {mine, grave}


def test_a_closed_alert_waits_for_nobody(
    signed: TreatmentSession, practitioner: Practitioner
) -> None:
    alert = make_alert(signed, AlertUrgency.EMERGENCY)
    Alert.objects.filter(pk=alert.pk).update(closed_at=alert.opened_at, action_taken="Phoned.")
    assert list(open_alerts_for(practitioner.user)) == []


def test_only_the_own_unsigned_sessions_wait(
    treatment: TreatmentSession, practitioner: Practitioner
) -> None:
    factories.make_treatment()
    finish(factories.make_treatment(practitioner=practitioner))
    assert list(unsigned_sessions_for(practitioner.user)) == [treatment]
