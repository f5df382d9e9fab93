"""Everything that writes an assessment: started, filled in, signed."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessment.cells import Cell, Place, Rows, rows_by_place, state_of
from assessment.choices import Battery, Decision
from assessment.decisions import plan_muscles, undecided
from assessment.drafts import locked_draft, locked_draft_with_reasons
from assessment.inference import Examination, examine
from assessment.models import Assessment, Finding, FlagDecision, MuscleNote, SegmentFlag
from assessment.notes import Note, notes_of, write_notes
from assessment.notes import unseen as unseen_notes
from audit.choices import Action
from audit.services import record
from clinical.grades import check_value
from clinical.reference import reference
from clinical.segments import FindingError, Pattern
from clinical.vocabulary import Side
from people.models import Patient, Practitioner, User
from scheduling.models import Appointment

Held = dict[Place, Finding | MuscleNote | None]


class Conflict(Exception):
    """Cells that somebody else changed since the page was read, with what stands there now."""

    def __init__(self, held: Held) -> None:
        super().__init__("Somebody else changed these findings. Choose a value for each.")
        self.held = held


class CannotSign(Exception):
    """Signing was refused, with the sentence why."""


@transaction.atomic
def start_assessment(
    *,
    patient: Patient,
    practitioner: Practitioner,
    battery: str,
    groups: Collection[str] = (),
    appointment: Appointment | None = None,
) -> Assessment:
    """The open draft of this battery, or a new one. One audit line when it is new.

    ``groups`` are the picked ones of a selection of one's own, also for a draft that is open.
    """
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    drafts = Assessment.objects.filter(patient=patient, battery=Battery(battery), signed_at=None)
    draft = drafts.order_by("-id").first()
    if draft is not None:
        if groups:
            draft.groups = list(groups)
            draft.save(update_fields=["groups"])
        return draft
    assessment = Assessment.objects.create(
        patient=patient,
        practitioner=practitioner,
        appointment=appointment,
        battery=Battery(battery),
        groups=list(groups),
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
def save_cells(
    *, pk: int, cells: Iterable[Cell], filled: str = "", notes: Collection[Note] = ()
) -> Assessment:
    """Store values and notes, delete those that are empty, all or none. Returns the locked draft.

    Raises Assessment.DoesNotExist, AssessmentClosed, Conflict when one would replace what its
    page did not know, or FindingError with a sentence. Row history keeps every value; cells that
    were filled together (``filled`` says how) leave an audit line.
    """
    assessment = locked_draft(pk)
    _save(assessment, cells, filled, notes)
    return assessment


@transaction.atomic
def save_and_examine(
    *, pk: int, cells: Iterable[Cell], filled: str = "", notes: Collection[Note] = ()
) -> tuple[Assessment, Examination]:
    """As ``save_cells``, with what the engine says of the rows after it, without fragility."""
    assessment, reasons = locked_draft_with_reasons(pk)
    rows = _save(assessment, cells, filled, notes)
    return assessment, examine(assessment, with_fragility=False, rows=rows, reasons=reasons)


def _save(
    assessment: Assessment, cells: Iterable[Cell], filled: str, notes: Collection[Note]
) -> list[Finding] | None:
    """The rows after the change where they were read before it, else None."""
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
    noted = notes_of(assessment) if notes else {}
    rows = _rows_to_ask(assessment, wanted)
    _refuse_unseen(rows or {}, wanted, unseen_notes(notes, noted))
    write_notes(assessment, notes, noted)
    _delete(assessment, [cell for cell in wanted.values() if cell.value is None])
    stored = _store(assessment, wanted.values())
    if filled and wanted:
        detail = f"{len(wanted)} filled together: {filled}"
        record(Action.CHANGE, assessment, patient_id=assessment.patient_id, detail=detail)
    if rows is None:
        return None
    return [*(row for place, row in rows.items() if place not in wanted), *stored]


def _rows_to_ask(
    assessment: Assessment, wanted: Mapping[Place, Cell]
) -> dict[Place, Finding] | None:
    """What stands, when a cell may not replace just anything; None when nothing is asked."""
    if not any(cell.is_fill or cell.known is not None for cell in wanted.values()):
        return None
    return rows_by_place(assessment.findings.all())


def _refuse_unseen(
    rows: Rows,
    wanted: Mapping[Place, Cell],
    notes: Mapping[Place, MuscleNote | None],
) -> None:
    """Raise Conflict, or FindingError when a filling would replace what somebody found.

    The same value again is a repeated request, not another finding. ``notes`` are those that
    would replace other words.
    """
    held = {place: rows.get(place) for place in wanted}
    unseen: Held = {p: row for p, row in held.items() if not wanted[p].may_replace(state_of(row))}
    unseen |= notes
    if unseen:
        raise Conflict(unseen)
    for place, row in held.items():
        if row is not None and wanted[place].is_fill and row.value != wanted[place].value:
            name = reference().signs[row.sign].name
            raise FindingError(f"{name}, {row.side}: tested in the meantime. Reload the page.")


def _delete(assessment: Assessment, cells: list[Cell]) -> None:
    places = Q()
    for cell in cells:
        places |= Q(sign=cell.sign, site=cell.site, side=cell.side)
    if places:
        assessment.findings.filter(places).delete()


def _store(assessment: Assessment, cells: Iterable[Cell]) -> list[Finding]:
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
    return rows


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
    decisions: Collection[FlagDecision] | None = None,
    planned: Iterable[tuple[str, str, str]] = (),
    red_flag_action: str = "",
    note: str | None = None,
    seen: str | None = None,
) -> Assessment:
    """Close the draft: flags, plan, the report with its ladder and version, signature, audit.

    Every flag with a pattern needs one of the ``decisions``, None accepts all; a red flag needs
    ``red_flag_action``, what was done about it. ``planned`` are muscle, side and root; ``seen`` is
    the fingerprint of what the signer read. Raises AssessmentClosed or CannotSign.
    """
    draft = locked_draft(assessment.pk)
    examination = examine(draft)
    _refuse_unready(examination, decisions, red_flag_action, seen)
    _store_flags(draft, examination, decisions)
    plan_muscles(draft, planned)
    draft.red_flag_action = red_flag_action
    draft.report = report_json(examination)
    draft.model_version = examination.report.model_version
    draft.note = draft.note if note is None else note
    draft.signed_at, draft.signed_by = timezone.now(), by
    draft.save()
    record(Action.SIGN, draft, patient_id=draft.patient_id)
    return draft


def _refuse_unready(
    examination: Examination,
    decisions: Collection[FlagDecision] | None,
    red_flag_action: str,
    seen: str | None,
) -> None:
    """Raise CannotSign with the sentence what is missing."""
    if not examination.rows:
        raise CannotSign("Nothing was tested yet. Record at least one finding, then sign.")
    if seen is not None and seen != fingerprint(examination):
        raise CannotSign("The findings changed while you read them. Read them again, then sign.")
    if examination.report.pattern is Pattern.RED_FLAG and not red_flag_action.strip():
        raise CannotSign("There is a red flag. Write what you did about it, then sign.")
    missing = [] if decisions is None else undecided(examination.report, decisions)
    if missing:
        names = ", ".join(" ".join(level) for level in missing)
        raise CannotSign(f"Decide on every flag first: {names}.")


def _store_flags(
    draft: Assessment, examination: Examination, decisions: Collection[FlagDecision] | None
) -> None:
    accepted = [(d.root, d.side) for d in decisions or () if d.decision == Decision.ACCEPTED]
    SegmentFlag.objects.bulk_create(
        SegmentFlag(
            assessment=draft,
            root=level.root,
            side=level.side,
            label=level.label,
            letters="".join(level.letters),
            score=round(Decimal(level.score), 2),
            is_accepted=decisions is None or (level.root, level.side) in accepted,
        )
        for level in examination.report.levels
    )
