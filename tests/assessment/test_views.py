from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessment.choices import Battery
from assessment.models import Assessment
from assessment.services import sign_assessment
from audit.choices import Action
from audit.models import AuditEvent
from people.models import Practitioner
from tests import factories
from tests.assessment.conftest import c6_cells
from tests.conftest import client_of

TRANSACTION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@pytest.fixture
def physio(practitioner: Practitioner) -> Client:
    return client_of(practitioner.user)


def save(client: Client, assessment: Assessment, *cells: str, **more: str) -> HttpResponse:
    """As the script does it."""
    answer: HttpResponse = client.post(
        f"/assessments/{assessment.pk}/findings/",
        {"cell": list(cells), **more},
        headers={"HX-Request": "true"},
    )
    return answer


def statements(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        act()
    return [q["sql"] for q in queries if not q["sql"].startswith(TRANSACTION)]


def viewed(assessment: Assessment) -> list[AuditEvent]:
    lines = AuditEvent.objects.filter(action=Action.VIEW, subject="assessment_assessment")
    return list(lines.filter(subject_id=str(assessment.pk)))


def test_only_a_physiotherapist_sees_an_assessment(
    examined: Assessment, physio: Client, desk_client: Client, admin_client_: Client
) -> None:
    addresses = [
        f"/assessments/{examined.pk}/",
        f"/assessments/{examined.pk}/sign/",
        f"/assessments/{examined.pk}/chart/deep/",
        f"/patients/{examined.patient_id}/assessments/new/",
    ]
    for address in addresses:
        assert desk_client.get(address).status_code == 404
        assert admin_client_.get(address).status_code == 404
        assert Client().get(address).status_code == 302
        assert physio.get(address).status_code == 200


def test_what_does_not_exist_is_404(physio: Client) -> None:
    for address in ("/assessments/99/", "/assessments/99/sign/", "/patients/99/assessments/new/"):
        assert physio.get(address).status_code == 404
    assert physio.post("/assessments/99/findings/").status_code == 404
    assert physio.post("/assessments/99/findings/", headers={"HX-Request": "1"}).status_code == 404


def test_a_region_is_chosen_and_an_open_draft_continued(
    physio: Client, practitioner: Practitioner
) -> None:
    appointment = factories.make_appointment()
    address = f"/patients/{appointment.patient_id}/assessments/new/"
    data = {"battery": Battery.LOW_BACK_LEG, "appointment": appointment.pk}
    first = physio.post(address, data)
    draft = Assessment.objects.get()
    assert first.headers["Location"] == f"/assessments/{draft.pk}/"
    assert (draft.practitioner, draft.appointment) == (practitioner, appointment)
    assert physio.post(address, data).headers["Location"] == first.headers["Location"]
    assert "Continue the open draft" in physio.get(address).content.decode()


def test_a_start_without_a_region_asks_for_one(physio: Client, draft: Assessment) -> None:
    answer = physio.post(f"/patients/{draft.patient_id}/assessments/new/")
    assert "Choose a region to examine." in answer.content.decode()


def test_the_form_shows_what_stands_and_what_is_not_tested(
    physio: Client, examined: Assessment
) -> None:
    page = physio.get(f"/assessments/{examined.pk}/").content.decode()
    chosen = 'value="strength_mrc|pronator_teres|right|4" class="v3" aria-pressed="true"'
    assert chosen in page
    assert 'aria-label="Deltoid, tone, left"' in page
    assert "not tested" in page
    assert "Summary of findings, not a diagnosis" in page
    assert 'data-muscle="brachioradialis" data-side="right"' in page
    assert [line.patient_number for line in viewed(examined)] == [examined.patient_id]


@pytest.mark.parametrize("battery", Battery.values)
def test_every_battery_has_its_page(physio: Client, battery: str) -> None:
    assessment = factories.make_assessment(battery=battery)
    assert physio.get(f"/assessments/{assessment.pk}/").status_code == 200


def test_the_page_asks_as_often_for_three_findings_as_for_one(
    physio: Client, draft: Assessment
) -> None:
    counts = []
    for number in (1, 3):
        for grade in range(number):
            save(physio, draft, f"tenderness|deltoid|{'right' if grade else 'left'}|{grade}")
        counts.append(len(statements(lambda: physio.get(f"/assessments/{draft.pk}/"))))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_the_last_assessment_stands_beside_the_new_one(
    physio: Client, examined: Assessment
) -> None:
    sign_assessment(assessment=examined, by=examined.practitioner.user)
    again = factories.make_assessment(examined.patient, practitioner=examined.practitioner)
    page = physio.get(f"/assessments/{again.pk}/").content.decode()
    assert "compared with" in page
    assert 'aria-label="Pronator teres, strength, right, last time 4"' in page
    assert "was strong" in page
    assert "Only changed since" in page


def test_a_saved_cell_brings_the_ladder_the_messages_and_the_grades(
    physio: Client, draft: Assessment
) -> None:
    cells = [f"{c.sign}|{c.site}|{c.side}|{c.value}" for c in c6_cells()]
    answer = save(physio, draft, *cells)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "C6 right: strong pattern" in html
    assert 'id="alerts"' in html
    assert "brachioradialis|right&quot;:3" in html
    assert draft.findings.count() == len(cells)


def test_the_fragment_stays_small(physio: Client, examined: Assessment) -> None:
    assert len(save(physio, examined, "tenderness|deltoid|right|0").content) <= 6_000


def test_a_save_takes_at_most_eight_statements(physio: Client, examined: Assessment) -> None:
    right = "tenderness|deltoid|right"
    save(physio, examined, "tenderness|deltoid|left|1", known="")
    assert len(statements(lambda: save(physio, examined, f"{right}|2", known=""))) <= 8
    assert len(statements(lambda: save(physio, examined, f"{right}|", known="2"))) <= 8


def test_what_somebody_else_changed_is_shown_and_not_overwritten(
    physio: Client, draft: Assessment
) -> None:
    place = "tenderness|deltoid|right"
    assert save(physio, draft, f"{place}|3", known="").status_code == 200
    answer = save(physio, draft, f"{place}|1", known="")
    (one,) = answer.json()["conflicts"]
    assert (answer.status_code, one["place"], one["theirs"]) == (412, place, "3")
    assert [row.value for row in draft.findings.all()] == [3]
    assert save(physio, draft, f"{place}|1", known="3").status_code == 200
    gone = save(physio, draft, f"{place}|2", known="3|4")
    assert gone.json()["conflicts"][0]["theirs"] == "1"


def test_a_change_sent_twice_is_no_conflict(physio: Client, draft: Assessment) -> None:
    cell = "strength_mrc|deltoid|right|4.33|pain"
    assert save(physio, draft, cell, known="").status_code == 200
    assert save(physio, draft, cell, known="").status_code == 200
    other = "strength_mrc|deltoid|right|4"
    assert save(physio, draft, other, known="4.33").status_code == 412
    assert save(physio, draft, other, known="|4.33 pain").status_code == 200


def test_a_change_that_does_not_say_what_it_replaces_is_refused(
    physio: Client, draft: Assessment
) -> None:
    cells = ("tenderness|deltoid|right|3", "tenderness|deltoid|left|3")
    assert save(physio, draft, *cells, known="").status_code == 400
    assert draft.findings.count() == 0


def test_a_red_flag_is_shown_as_an_alert(physio: Client, draft: Assessment) -> None:
    html = save(physio, draft, "umn_signs|hoffmann|right|1").content.decode()
    assert "Do not needle; refer on the myelopathy pathway." in html
    assert "ims-say is-danger" in html


def test_a_value_off_the_scale_is_refused_with_a_sentence(
    physio: Client, draft: Assessment
) -> None:
    answer = save(physio, draft, "tenderness|deltoid|right|9")
    assert (answer.status_code, draft.findings.count()) == (400, 0)
    assert "9 is not on the scale" in answer.content.decode()
    assert save(physio, draft, "nonsense").status_code == 400


def test_a_signed_assessment_answers_409_with_a_sentence(
    physio: Client, examined: Assessment
) -> None:
    sign_assessment(assessment=examined, by=examined.practitioner.user)
    answer = save(physio, examined, "tenderness|deltoid|right|1")
    assert answer.status_code == 409
    assert "is signed: nothing in it can be changed" in answer.content.decode()


def test_without_script_a_press_is_a_form(physio: Client, draft: Assessment) -> None:
    address = f"/assessments/{draft.pk}/findings/"
    answer = physio.post(address, {"toggle": "tenderness|deltoid|right|2"})
    assert answer.headers["Location"] == f"/assessments/{draft.pk}/"
    assert draft.findings.get().value == 2
    physio.post(address, {"toggle": "tenderness|deltoid|right|2"})
    assert draft.findings.count() == 0
    physio.post(address, {"fill": "reflexes-0"})
    assert draft.findings.count() == 10


def test_without_script_a_refusal_is_a_message(physio: Client, draft: Assessment) -> None:
    answer = physio.post(
        f"/assessments/{draft.pk}/findings/", {"toggle": "tenderness|deltoid|right|9"}, follow=True
    )
    assert "9 is not on the scale" in answer.content.decode()


def test_the_last_assessment_is_copied_where_nothing_stands(
    physio: Client, examined: Assessment
) -> None:
    sign_assessment(assessment=examined, by=examined.practitioner.user)
    again = factories.make_assessment(examined.patient, practitioner=examined.practitioner)
    physio.post(f"/assessments/{again.pk}/findings/", {"copy": "last"})
    assert again.findings.count() == examined.findings.count()


def test_another_layer_of_the_chart(physio: Client, examined: Assessment) -> None:
    answer = physio.get(f"/assessments/{examined.pk}/chart/spine/")
    assert 'id="back-spine-' in answer.content.decode()
    assert physio.get(f"/assessments/{examined.pk}/chart/bones/").status_code == 404
    page = physio.get(f"/assessments/{examined.pk}/?layer=deep").content.decode()
    assert 'id="front-deep-' in page
    assert (
        'id="front-surface-' in physio.get(f"/assessments/{examined.pk}/?layer=x").content.decode()
    )


def test_the_review_shows_flags_what_is_abnormal_and_what_is_not_tested(
    physio: Client, examined: Assessment
) -> None:
    examined.findings.exclude(sign__in=("reflex", "pinprick")).delete()
    page = physio.get(f"/assessments/{examined.pk}/sign/").content.decode()
    assert 'name="C6-right-decision" value="accepted"' in page
    assert " checked" not in page
    assert "Depends on" in page
    assert "Brachioradialis reflex" in page
    assert "Not tested is not normal" in page


def seen_on(physio: Client, assessment: Assessment) -> str:
    answer = physio.get(f"/assessments/{assessment.pk}/sign/")
    return str(answer.context["form"]["seen"].value())


def test_signing_closes_with_the_decided_flags(physio: Client, examined: Assessment) -> None:
    address = f"/assessments/{examined.pk}/sign/"
    data = {"seen": seen_on(physio, examined), "note": "Seen together."}
    refused = physio.post(address, data).content.decode()
    assert "Decide on every flag first: C6 right." in refused
    accepted = {"C6-right-decision": "accepted"}
    assert physio.post(f"/assessments/{examined.pk}/decisions/", accepted).status_code == 302
    answer = physio.post(address, data)
    assert answer.headers["Location"] == f"/assessments/{examined.pk}/"
    examined.refresh_from_db()
    assert (examined.is_signed, examined.note) == (True, "Seen together.")
    accepted = examined.flags.filter(is_accepted=True)
    assert [(flag.root, flag.side) for flag in accepted] == [("C6", "right")]
    assert physio.get(address).status_code == 302


def test_signing_what_changed_meanwhile_is_refused(physio: Client, examined: Assessment) -> None:
    seen = seen_on(physio, examined)
    save(physio, examined, "tenderness|deltoid|right|4")
    answer = physio.post(f"/assessments/{examined.pk}/sign/", {"seen": seen})
    assert "The findings changed while you read them" in answer.content.decode()
    examined.refresh_from_db()
    assert not examined.is_signed


def test_an_empty_assessment_has_nothing_to_sign(physio: Client, draft: Assessment) -> None:
    page = physio.get(f"/assessments/{draft.pk}/sign/").content.decode()
    assert "Nothing was tested yet" in page
    assert "Sign and close" not in page


def test_a_signed_assessment_is_a_report_without_controls(
    physio: Client, examined: Assessment
) -> None:
    sign_assessment(assessment=examined, by=examined.practitioner.user, note="Seen together.")
    page = physio.get(f"/assessments/{examined.pk}/").content.decode()
    assert "Signed by" in page
    assert "Seen together." in page
    assert "C6 right: strong pattern" in page
    assert 'name="toggle"' not in page
    assert f"/documents/assessment/{examined.pk}.pdf" in page


def test_the_banner_shows_the_alerts_of_the_intake(physio: Client, examined: Assessment) -> None:
    factories.make_screening(examined.patient, alerts=["Anticoagulant: apixaban"])
    for page in ("", "sign/"):
        html = physio.get(f"/assessments/{examined.pk}/{page}").content.decode()
        assert "Anticoagulant: apixaban" in html
