import threading
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment import services
from assessment.cells import Cell
from assessment.choices import Battery
from assessment.drafts import AssessmentClosed
from assessment.inference import examine
from assessment.models import Assessment, Finding, SegmentFlag
from audit.choices import Action
from audit.models import AuditEvent
from clinical.batteries import batteries
from clinical.grades import scale_of
from clinical.reference import reference
from clinical.segments import FindingError
from clinical.vocabulary import Side
from people.models import Practitioner
from tests import factories
from tests.assessment.conftest import c6_cells

TONE = ("muscle_tone", "deltoid")


def save(draft: Assessment, value: str | None, side: str = "right", **more: bool) -> None:
    number = None if value is None else Decimal(value)
    services.save_finding(
        assessment=draft, sign=TONE[0], site=TONE[1], side=side, value=number, **more
    )


def values(draft: Assessment) -> dict[str, Decimal]:
    return {row.side: row.value for row in draft.findings.all()}


def acts(action: Action) -> list[AuditEvent]:
    found = AuditEvent.objects.filter(action=action, subject="assessment_assessment")
    return list(found.order_by("id"))


def test_starting_makes_a_draft_and_leaves_a_line(practitioner: Practitioner) -> None:
    patient = factories.make_patient()
    draft = services.start_assessment(
        patient=patient, practitioner=practitioner, battery=Battery.MID_BACK
    )
    assert (draft.battery, draft.is_signed) == (Battery.MID_BACK, False)
    assert [line.patient_number for line in acts(Action.CREATE)] == [patient.pk]


def test_an_open_draft_of_the_same_region_is_continued(examined: Assessment) -> None:
    def start(battery: str) -> Assessment:
        return services.start_assessment(
            patient=examined.patient, practitioner=examined.practitioner, battery=battery
        )

    assert start("neck_arm") == examined
    assert start("low_back_leg") != examined
    services.sign_assessment(assessment=examined, by=examined.practitioner.user)
    assert start("neck_arm") != examined


def test_a_value_is_stored_replaced_and_deleted(draft: Assessment) -> None:
    save(draft, "2")
    save(draft, "3")
    save(draft, "1", side="left")
    assert values(draft) == {"right": 3, "left": 1}
    save(draft, None)
    assert values(draft) == {"left": 1}


def test_row_history_keeps_every_value(draft: Assessment) -> None:
    save(draft, "2")
    save(draft, "3")
    save(draft, None)
    lines = AuditEvent.objects.filter(subject="assessment_finding").order_by("id")
    assert [line.action for line in lines] == [Action.INSERT, Action.UPDATE, Action.DELETE]


def test_pain_is_kept_with_the_strength(draft: Assessment) -> None:
    services.save_finding(
        assessment=draft,
        sign="strength_mrc",
        site="deltoid",
        side="left",
        value=Decimal("4.33"),
        is_pain_inhibited=True,
    )
    row = draft.findings.get()
    assert (row.value, row.is_pain_inhibited) == (Decimal("4.33"), True)


def test_a_value_off_the_scale_is_refused_and_nothing_is_stored(draft: Assessment) -> None:
    cells = [
        Cell(*TONE, Side.LEFT, Decimal(1)),
        Cell(*TONE, Side.RIGHT, Decimal(7)),
    ]
    with pytest.raises(FindingError, match="7 is not on the scale"):
        services.save_cells(pk=draft.pk, cells=cells)
    assert values(draft) == {}


def test_cells_filled_together_leave_a_line_that_says_how(draft: Assessment) -> None:
    services.save_cells(pk=draft.pk, cells=c6_cells(), filled="Forearm as normal")
    services.save_cells(pk=draft.pk, cells=[], filled="nothing")
    details = [line.detail for line in acts(Action.CHANGE)]
    assert details == ["16 filled together: Forearm as normal"]


def test_the_answer_to_a_save_is_what_the_engine_says_of_the_stored_rows(
    examined: Assessment,
) -> None:
    factories.make_screening(
        examined.patient, reasons=[{"question_id": "rf_fever", "answer": "yes"}]
    )
    unknown = frozenset({(None, False)})
    cells = [
        Cell("strength_mrc", "deltoid", Side.LEFT, Decimal(4), known=unknown),
        Cell("pinprick", "C6", Side.RIGHT, None, known=frozenset({(Decimal(1), False)})),
    ]
    saved, examination = services.save_and_examine(pk=examined.pk, cells=cells)
    stored = examine(Assessment.objects.get(pk=examined.pk), with_fragility=False)
    assert saved == examined
    assert examination.report == stored.report
    assert examination.ladder == stored.ladder
    assert {(r.site, r.side, r.value) for r in examination.rows} == {
        (r.site, r.side, r.value) for r in stored.rows
    }


def test_signing_stores_flags_report_version_and_signature(examined: Assessment) -> None:
    by = examined.practitioner.user
    signed = services.sign_assessment(assessment=examined, by=by, note="Compared on 2 days.")
    signed.refresh_from_db()
    flag = signed.flags.get(root="C6")
    assert (flag.side, flag.label, flag.letters, flag.is_accepted) == (
        "right",
        "strong",
        "MPSR",
        True,
    )
    assert signed.model_version == reference().model.version
    assert signed.report["model_version"] == signed.model_version
    assert {
        "root": "C6",
        "side": "right",
        "label": "strong",
        "letters": "MPSR",
        "tested": True,
    } in (signed.report["ladder"])
    assert (signed.signed_by, signed.note) == (by, "Compared on 2 days.")
    assert [line.patient_number for line in acts(Action.SIGN)] == [signed.patient_id]


def test_an_empty_assessment_cannot_be_signed(draft: Assessment) -> None:
    with pytest.raises(services.CannotSign, match="Nothing was tested yet"):
        services.sign_assessment(assessment=draft, by=draft.practitioner.user)


def test_nothing_is_signed_that_changed_while_it_was_read(examined: Assessment) -> None:
    seen = services.fingerprint(examine(examined))
    save(examined, "2")
    with pytest.raises(services.CannotSign, match="changed while you read"):
        services.sign_assessment(assessment=examined, by=examined.practitioner.user, seen=seen)
    seen = services.fingerprint(examine(examined))
    signed = services.sign_assessment(assessment=examined, by=examined.practitioner.user, seen=seen)
    assert signed.is_signed


def test_a_signed_assessment_refuses_every_change_with_a_sentence(examined: Assessment) -> None:
    by = examined.practitioner.user
    services.sign_assessment(assessment=examined, by=by)
    with pytest.raises(AssessmentClosed, match="is signed: nothing in it can be changed"):
        save(examined, "2")
    with pytest.raises(AssessmentClosed):
        save(examined, None)
    with pytest.raises(AssessmentClosed):
        services.sign_assessment(assessment=examined, by=by)


def test_the_database_refuses_it_too(examined: Assessment) -> None:
    signed = services.sign_assessment(assessment=examined, by=examined.practitioner.user)
    row, flag = signed.findings.first(), signed.flags.first()
    assert row is not None
    assert flag is not None
    acts = (
        lambda: Finding.objects.filter(pk=row.pk).update(value=4),
        row.delete,
        lambda: Finding.objects.create(
            assessment=signed, sign="tenderness", site="soleus", side="left", value=1
        ),
        lambda: SegmentFlag.objects.filter(pk=flag.pk).update(is_accepted=False),
        lambda: Assessment.objects.filter(pk=signed.pk).update(report={}),
    )
    for act in acts:
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


PLACES = [
    (sign, site)
    for sign, site in batteries()["neck_arm"].places()
    if scale_of(sign, reference()).grades and sign != "umn_signs"
]


@st.composite
def examinations(draw: st.DrawFn) -> list[Cell]:
    places = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=12, unique=True))
    cells = []
    for sign, site in places:
        grades = [grade.value for grade in scale_of(sign, reference()).grades if grade.short != "4"]
        for side in Side:
            value = draw(st.none() | st.sampled_from(grades))
            cells.append(Cell(sign, site, side, value))
    return cells


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(examinations())
def test_swapping_the_sides_swaps_the_flags(cells: list[Cell]) -> None:
    mirrored = [Cell(c.sign, c.site, c.side.other, c.value) for c in cells]
    one, other = factories.make_assessment(), factories.make_assessment()
    services.save_cells(pk=one.pk, cells=cells)
    services.save_cells(pk=other.pk, cells=mirrored)
    if not one.findings.exists():
        return
    flags = []
    for assessment in (one, other):
        signed = services.sign_assessment(assessment=assessment, by=assessment.practitioner.user)
        fields = signed.flags.values_list("root", "side", "label", "letters", "score")
        flags.append({tuple(row) for row in fields})
    swapped = {(r, str(Side(side).other), *rest) for r, side, *rest in flags[1]}
    assert swapped == flags[0]


@pytest.mark.django_db(transaction=True)
def test_two_who_start_at_once_share_one_draft() -> None:
    patient, practitioner = factories.make_patient(), factories.make_practitioner()
    found: list[int] = []

    def start() -> None:
        draft = services.start_assessment(
            patient=patient, practitioner=practitioner, battery="neck_arm"
        )
        found.append(draft.pk)
        connection.close()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_a_filling_never_replaces_a_finding_that_another_device_made(draft: Assessment) -> None:
    save(draft, "3")
    fills = [
        Cell(*TONE, Side.RIGHT, Decimal(0), is_fill=True),
        Cell(*TONE, Side.LEFT, Decimal(0), is_fill=True),
    ]
    with pytest.raises(FindingError, match="right: tested in the meantime"):
        services.save_cells(pk=draft.pk, cells=fills, filled="Muscles as normal")
    assert values(draft) == {"right": Decimal(3)}
    services.save_cells(pk=draft.pk, cells=fills[1:], filled="Muscles as normal")
    services.save_cells(pk=draft.pk, cells=fills[1:], filled="Muscles as normal")  # sent twice
    assert values(draft) == {"right": Decimal(3), "left": Decimal(0)}
