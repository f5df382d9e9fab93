"""What the physiotherapist says to the engine, and what is closed with the signature."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client

from assessment import decisions, services
from assessment.cells import Cell
from assessment.choices import Decision
from assessment.decisions import Choice
from assessment.drafts import AssessmentClosed
from assessment.models import Assessment, AssessmentAddendum, FlagDecision, PlannedMuscle
from audit.choices import Action
from audit.models import AuditEvent
from clinical.segments import SegmentReport
from clinical.vocabulary import Side
from people.models import Practitioner
from tests import factories
from tests.conftest import client_of


@pytest.fixture
def physio(practitioner: Practitioner) -> Client:
    return client_of(practitioner.user)


def report_of(assessment: Assessment) -> SegmentReport:
    return services.examine(assessment).report


def decide(assessment: Assessment, decision: Decision, **more: str) -> FlagDecision:
    choice = Choice("C6", "right", decision, **more)
    by = assessment.practitioner.user
    decisions.decide_flags(assessment=assessment, by=by, choices=[choice])
    return assessment.decisions.get(root="C6", side="right")


def sign(assessment: Assessment, **more: object) -> Assessment:
    by = assessment.practitioner.user
    found = list(assessment.decisions.all())
    return services.sign_assessment(assessment=assessment, by=by, decisions=found, **more)  # type: ignore[arg-type]


def test_a_decision_leaves_what_the_engine_said_as_it_is(examined: Assessment) -> None:
    before = report_of(examined).to_json()
    decide(examined, Decision.AMENDED, reason="Old", amended_root="C7", amended_side="right")
    assert decisions.undecided(report_of(examined), examined.decisions.all()) == []
    signed = sign(examined)
    flag = signed.flags.get(root="C6")
    assert signed.report is not None
    assert signed.report["levels"] == before["levels"]
    assert (flag.side, flag.label, flag.is_accepted) == ("right", "strong", False)
    assert signed.decisions.get().level == ("C7", "right")


def test_a_later_decision_takes_the_place_of_an_earlier_one(examined: Assessment) -> None:
    decide(examined, Decision.REJECTED, reason="Old injury")
    assert decide(examined, Decision.ACCEPTED).reason == ""
    assert examined.decisions.count() == 1
    lines = AuditEvent.objects.filter(subject="assessment_assessment", action=Action.CHANGE)
    assert [line.detail for line in lines.order_by("id")] == [
        "decided: C6 right rejected",
        "decided: C6 right accepted",
    ]


def test_nothing_decided_writes_nothing(physio: Client, examined: Assessment) -> None:
    decide(examined, Decision.ACCEPTED)
    accepted = {"C6-right-decision": "accepted"}
    assert physio.post(f"/assessments/{examined.pk}/decisions/", accepted).status_code == 302
    lines = AuditEvent.objects.filter(subject="assessment_assessment", action=Action.CHANGE)
    assert lines.count() == 1


def test_a_decision_against_the_engine_has_a_reason(examined: Assessment) -> None:
    with pytest.raises(ValidationError, match="Write why you reject or amend the flag"):
        decide(examined, Decision.REJECTED)
    with pytest.raises(ValidationError, match="Choose the root and the side"):
        decide(examined, Decision.AMENDED, reason="Old")
    assert examined.decisions.count() == 0


def test_every_flag_with_a_pattern_is_decided_before_the_signature(examined: Assessment) -> None:
    with pytest.raises(services.CannotSign, match="Decide on every flag first: C6 right"):
        sign(examined)
    decide(examined, Decision.REJECTED, reason="Old injury")
    assert not sign(examined).flags.get(root="C6").is_accepted


def test_the_plan_lists_the_segment_on_both_sides_and_ticks_nothing(
    physio: Client, examined: Assessment
) -> None:
    factories.make_screening(examined.patient, alerts=["Anticoagulant: apixaban"])
    address = f"/assessments/{examined.pk}/sign/"
    assert "the muscles of its segment are listed here" in physio.get(address).content.decode()
    decide(examined, Decision.ACCEPTED)
    page = physio.get(address).content.decode()
    for side in ("right", "left"):
        assert f'name="planned" value="brachioradialis|{side}|C6">' in page
    assert "beside the spine" in page
    assert "tone 3" in page
    assert "Precautions: Anticoagulant: apixaban" in page


def test_ticked_muscles_are_closed_with_the_signature(physio: Client, examined: Assessment) -> None:
    decide(examined, Decision.ACCEPTED)
    address = f"/assessments/{examined.pk}/sign/"
    seen = physio.get(address).context["form"]["seen"].value()
    physio.post(address, {"seen": seen, "planned": ["brachioradialis|right|C6"]})
    assert [(one.muscle, one.side) for one in examined.plan.all()] == [("brachioradialis", "right")]
    page = physio.get(f"/assessments/{examined.pk}/").content.decode()
    assert "Brachioradialis, right (C6)" in page


def test_unclear_decisions_come_back_with_what_is_missing(
    physio: Client, examined: Assessment
) -> None:
    address = f"/assessments/{examined.pk}/decisions/"
    page = physio.post(address, {"C6-right-decision": "rejected"}).content.decode()
    assert "Write why." in page
    assert examined.decisions.count() == 0
    assert physio.post(address, {"C6-right-decision": "accepted"}).status_code == 302


def test_a_decision_after_a_signature_is_answered_in_words(
    physio: Client, examined: Assessment
) -> None:
    decide(examined, Decision.ACCEPTED)
    sign(examined)
    late = {"C6-right-decision": "rejected", "C6-right-reason": "late"}
    answer = physio.post(f"/assessments/{examined.pk}/decisions/", late, follow=True)
    assert "Your decisions were not saved. This assessment is signed" in answer.content.decode()
    assert examined.decisions.get().decision == Decision.ACCEPTED


def test_what_was_written_and_ticked_stays_when_decisions_are_saved(
    physio: Client, examined: Assessment
) -> None:
    decide(examined, Decision.ACCEPTED)
    written = {"note": "Half a note", "planned": ["brachioradialis|left|C6", "soleus|left|S1"]}
    address = f"/assessments/{examined.pk}/decisions/"
    unclear = physio.post(address, {**written, "C6-right-decision": "rejected"})
    assert unclear.context["form"]["note"].value() == "Half a note"
    assert physio.post(address, written).status_code == 302
    form = physio.get(f"/assessments/{examined.pk}/sign/").context["form"]
    assert form["note"].value() == "Half a note"
    assert form["planned"].value() == ["brachioradialis|left|C6"]


def test_a_decision_that_comes_with_the_signature_is_saved_and_not_yet_signed(
    physio: Client, examined: Assessment
) -> None:
    address = f"/assessments/{examined.pk}/sign/"
    seen = physio.get(address).context["form"]["seen"].value()
    answer = physio.post(address, {"seen": seen, "note": "x", "C6-right-decision": "accepted"})
    assert answer["Location"] == f"{address}#plan-title"
    examined.refresh_from_db()
    assert (examined.is_signed, examined.note) == (False, "x")
    sent = {"seen": seen, "note": "x", "C6-right-decision": "accepted"}
    assert physio.post(address, sent)["Location"] == f"/assessments/{examined.pk}/"


def test_a_red_flag_blocks_the_signature_and_not_the_typing(examined: Assessment) -> None:
    services.save_cells(pk=examined.pk, cells=[Cell("umn_signs", "hoffmann", Side.LEFT, 1)])  # type: ignore[arg-type]
    services.save_cells(pk=examined.pk, cells=[Cell("tenderness", "deltoid", Side.LEFT, 2)])  # type: ignore[arg-type]
    with pytest.raises(services.CannotSign, match="There is a red flag"):
        sign(examined, red_flag_action=" ")
    signed = sign(examined, red_flag_action="Called the doctor, sent to emergency.")
    assert signed.red_flag_action == "Called the doctor, sent to emergency."


def test_the_database_refuses_an_unreviewed_red_flag_too(examined: Assessment) -> None:
    examined.report, examined.signed_at = {"pattern": "red_flag"}, examined.created_at
    with pytest.raises(DatabaseError, match="signed_red_flag_was_reviewed"), transaction.atomic():
        examined.save()


def test_nothing_below_a_signed_assessment_can_be_changed(examined: Assessment) -> None:
    decide(examined, Decision.ACCEPTED)
    signed = sign(examined, planned=[("brachioradialis", "right", "C6")])
    by = signed.practitioner.user
    addendum = decisions.add_addendum(assessment=signed, by=by, text="Left, not right.")
    with pytest.raises(AssessmentClosed):
        decide(signed, Decision.REJECTED, reason="late")
    ways = (
        lambda: FlagDecision.objects.create(
            assessment=signed, root="C5", side="right", decision="accepted", decided_by=by
        ),
        lambda: FlagDecision.objects.update(reason="late"),
        lambda: FlagDecision.objects.all().delete(),
        lambda: PlannedMuscle.objects.create(
            assessment=signed, muscle="soleus", side="left", root="S1"
        ),
        lambda: PlannedMuscle.objects.update(side="left"),
        lambda: PlannedMuscle.objects.all().delete(),
        lambda: AssessmentAddendum.objects.filter(pk=addendum.pk).update(text="other"),
        addendum.delete,
    )
    for way in ways:
        with pytest.raises(DatabaseError), transaction.atomic():
            way()


def test_an_addendum_stands_below_what_was_signed(physio: Client, examined: Assessment) -> None:
    address = f"/assessments/{examined.pk}/addenda/"
    assert physio.post(address, {"text": "Too early"}).status_code == 404
    with pytest.raises(decisions.NotSigned, match="is a draft"):
        decisions.add_addendum(assessment=examined, by=examined.practitioner.user, text="Early")
    sign_all = services.sign_assessment(
        assessment=examined, by=examined.practitioner.user, note="Signed words."
    )
    assert "Write what is to be corrected." in physio.post(address, {"text": " "}).content.decode()
    assert physio.post(address, {"text": "The left hand, not the right."}).status_code == 302
    page = physio.get(f"/assessments/{sign_all.pk}/").content.decode()
    assert "Signed words." in page
    assert "The left hand, not the right." in page
