"""Everything that writes an assessment: started, filled in, signed."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessment.cells import Cell, Place
from assessment.choices import Battery
from assessment.inference import Examination, examine
from assessment.models import Assessment, Finding, SegmentFlag
from audit.choices import Action
from audit.services import record
from clinical.grades import check_value
from clinical.reference import reference
from clinical.segments import FindingError
from clinical.vocabulary import Side
from people.models import Patient, Practitioner, User
from scheduling.models import Appointment

Accepted = Collection[tuple[str, str]]


class AssessmentClosed(Exception):
    """A signed assessment was to be changed."""

    def __init__(self) -> None:
        super().__init__(
            "This assessment is signed: nothing in it can be changed. Start a new assessment."
        )


class CannotSign(Exception):
    """Signing was refused, with the sentence why."""


@transaction.atomic
def start_assessment(
    *,
    patient: Patient,
    practitioner: Practitioner,
    battery: str,
    appointment: Appointment | None = None,
) -> Assessment:
    """The open draft of this battery, or a new one. One audit line when it is new."""
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    drafts = Assessment.objects.filter(patient=patient, battery=Battery(battery), signed_at=None)
    draft = drafts.order_by("-id").first()
    if draft is not None:
        return draft
    assessment = Assessment.objects.create(
        patient=patient,
        practitioner=practitioner,
        appointment=appointment,
        battery=Battery(battery),
    )
    record(Action.CREATE, assessment, patient_id=patient.pk, detail=battery)
    return assessment


def save_finding(
    *,
    assessment: Assessment,
    sign: str,
    site: str,
    side: str,
    value: Decimal | None,
    is_pain_inhibited: bool = False,
) -> None:
    """Store one value, or delete it with None (not tested). See ``save_cells``."""
    cell = Cell(sign, site, Side(side), value, is_pain_inhibited)
    save_cells(pk=assessment.pk, cells=[cell])


@transaction.atomic
def save_cells(*, pk: int, cells: Iterable[Cell], filled: str = "") -> Assessment:
    """Store values and delete those that are None, all or none. Returns the locked draft.

    Raises Assessment.DoesNotExist, AssessmentClosed, or FindingError with a sentence. Row history
    keeps every value; cells that were filled together (``filled`` says how) leave an audit line.
    """
    wanted = {cell.place: cell for cell in cells}
    for cell in wanted.values():
        check_value(
            cell.sign,
            cell.site,
            cell.side,
            cell.value,
            is_pain_inhibited=cell.is_pain_inhibited,
            reference=reference(),
        )
    assessment = _locked(pk)
    _refuse_over_findings(assessment, wanted)
    _delete(assessment, [cell for cell in wanted.values() if cell.value is None])
    _store(assessment, wanted.values())
    if filled and wanted:
        detail = f"{len(wanted)} filled together: {filled}"
        record(Action.CHANGE, assessment, patient_id=assessment.patient_id, detail=detail)
    return assessment


def _locked(pk: int) -> Assessment:
    """The draft under a row lock, so that nothing is saved beside a signature."""
    drafts = Assessment.objects.select_related("patient").select_for_update(of=("self",))
    assessment = drafts.get(pk=pk)
    if assessment.is_signed:
        raise AssessmentClosed
    return assessment


def _refuse_over_findings(assessment: Assessment, wanted: Mapping[Place, Cell]) -> None:
    """Raise FindingError when a filling would replace what somebody found since the page was read.

    The same value again is a repeated request, not another finding.
    """
    fills = {place: cell.value for place, cell in wanted.items() if cell.is_fill}
    rows = assessment.findings.all() if fills else []
    for row in rows:
        if fills.get((row.sign, row.site, row.side), row.value) != row.value:
            name = reference().signs[row.sign].name
            raise FindingError(f"{name}, {row.side}: tested in the meantime. Reload the page.")


def _delete(assessment: Assessment, cells: list[Cell]) -> None:
    places = Q()
    for cell in cells:
        places |= Q(sign=cell.sign, site=cell.site, side=cell.side)
    if places:
        assessment.findings.filter(places).delete()


def _store(assessment: Assessment, cells: Iterable[Cell]) -> None:
    now = timezone.now()
    rows = [
        Finding(
            assessment=assessment,
            sign=cell.sign,
            site=cell.site,
            side=cell.side,
            value=cell.value,
            is_pain_inhibited=cell.is_pain_inhibited,
            entered_at=now,
        )
        for cell in cells
        if cell.value is not None
    ]
    Finding.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["assessment", "sign", "site", "side"],
        update_fields=["value", "is_pain_inhibited", "entered_at"],
    )


def report_json(examination: Examination) -> dict[str, object]:
    """The report as it is stored: with the ladder, so that an old one is never drawn anew."""
    ladder = [asdict(cell) for cell in examination.ladder]
    return {**examination.report.to_json(), "ladder": ladder}


def fingerprint(examination: Examination) -> str:
    """Changes when anything changes that a signature would close."""
    found = [(f.sign, f.site, f"{f.right}", f"{f.left}") for f in examination.findings]
    pain = [(f.pain_inhibited_right, f.pain_inhibited_left) for f in examination.findings]
    text = json.dumps([sorted(zip(found, pain, strict=True)), examination.report.to_json()])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@transaction.atomic
def sign_assessment(
    *,
    assessment: Assessment,
    by: User,
    accepted: Accepted | None = None,
    note: str | None = None,
    seen: str | None = None,
) -> Assessment:
    """Close the draft: flags, the report with its ladder and version, signature, audit.

    ``accepted`` holds (root, side) of the flags that are accepted, None accepts all; ``seen`` is
    the fingerprint of what the signer read. Raises AssessmentClosed or CannotSign.
    """
    draft = _locked(assessment.pk)
    examination = examine(draft)
    if not examination.rows:
        raise CannotSign("Nothing was tested yet. Record at least one finding, then sign.")
    if seen is not None and seen != fingerprint(examination):
        raise CannotSign("The findings changed while you read them. Read them again, then sign.")
    _store_flags(draft, examination, accepted)
    draft.report = report_json(examination)
    draft.model_version = examination.report.model_version
    draft.note = draft.note if note is None else note
    draft.signed_at, draft.signed_by = timezone.now(), by
    draft.save(update_fields=["report", "model_version", "note", "signed_at", "signed_by"])
    record(Action.SIGN, draft, patient_id=draft.patient_id)
    return draft


def _store_flags(draft: Assessment, examination: Examination, accepted: Accepted | None) -> None:
    SegmentFlag.objects.bulk_create(
        SegmentFlag(
            assessment=draft,
            root=level.root,
            side=level.side,
            label=level.label,
            letters="".join(level.letters),
            score=round(Decimal(level.score), 2),
            is_accepted=accepted is None or (level.root, level.side) in accepted,
        )
        for level in examination.report.levels
    )
