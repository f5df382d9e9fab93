"""The checks after a session: planned at signing, sent by link, answered, turned into alerts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.choices import Action
from audit.services import record
from clinical.soreness import CheckReason, assess_check, score_of, silence
from clinical.soreness_questions import (
    MAIN_PAIN,
    SORENESS,
    CheckQuestion,
    Treated,
    questions,
    treated,
)
from clinical.vocabulary import Urgency
from notifications.jobs import schedule
from notifications.quiet_hours import next_allowed
from notifications.services import enqueue
from people.choices import LinkPurpose
from people.language import address_for, speaking_to
from people.links import about, make_link, public_address
from scheduling.models import Location
from sessions.check_times import due_at, last_needle_out
from sessions.check_words import words_of
from sessions.choices import CheckHours
from sessions.models import (
    Alert,
    CheckDraft,
    FollowUpAnswer,
    NeedledMuscle,
    SorenessFollowUp,
    TreatmentSession,
)

LINK_LASTS = timedelta(days=7)
# A check that could not be sent for so long is not sent any more: it would ask about another day.
LATEST = timedelta(hours=24)
LATEST_EVENING = timedelta(hours=12)
# A note that waits so long for its signature does not keep the patient's checks waiting.
UNSIGNED_FOR = timedelta(hours=1)
SILENCE_LOOKS_BACK = timedelta(days=3)

SUBJECT = _("A few short questions from {clinic}")
BODY = _(
    "Hello {name},\n\n"
    "please answer a few short questions after your appointment at {clinic}. It takes less than "
    "a minute.\n\n"
    "Questions? Call us: {phone}. In an emergency call {emergency}."
)
EVENING_BODY = _(
    "Hello {name},\n\n"
    "how are you this evening? Please answer a few short questions after your appointment at "
    "{clinic}, before you go to bed. It takes less than a minute.\n\n"
    "Questions? Call us: {phone}. In an emergency call {emergency}."
)
STAFF_SUBJECT = "An answer waits in your inbox"
STAFF_BODY = "Hello {name},\n\na patient's answer needs you today. Please open your inbox."


def plan_checks(treatment: TreatmentSession) -> list[SorenessFollowUp]:
    """Create the checks of a session and put off the jobs that send them; once for each time.

    They count from the last needle out and wait for the end of the quiet hours. After needling
    over the lung there is one more on the first evening, unless the session was signed too late
    for it. Raises ValueError for a session that is neither signed nor has its needles out.
    """
    out_at = last_needle_out(treatment)
    held = {check.hours: check for check in treatment.follow_ups.all()}
    for hours in CheckHours:
        due = due_at(hours, out_at, settings.CLINIC_TIME_ZONE)
        if hours in held:
            continue
        if hours is CheckHours.FIRST_EVENING and not _wants_evening(treatment, due):
            continue
        check = SorenessFollowUp.objects.create(treatment=treatment, hours=hours, due_at=due)
        key = f"soreness-check-{check.pk}"
        schedule("sessions.send_check", at=due, key=key, follow_up_id=check.pk)
        held[hours] = check
    return [held[hours] for hours in sorted(held)]


def _wants_evening(treatment: TreatmentSession, due: datetime) -> bool:
    """Only muscles over the lung are asked about so early."""
    is_over_lung = treated(treatment.muscles.values_list("muscle", "side"), on="").over_lung
    return is_over_lung and timezone.now() - due < LATEST_EVENING


@transaction.atomic
def plan_unsigned(now: datetime) -> list[SorenessFollowUp]:
    """Plan the checks of sessions whose needles are out for an hour and that nobody has signed."""
    waiting = TreatmentSession.objects.select_for_update(of=("self",), skip_locked=True).filter(
        Exists(NeedledMuscle.objects.filter(treatment=OuterRef("pk"))),
        ~Exists(SorenessFollowUp.objects.filter(treatment=OuterRef("pk"))),
        signed_at=None,
        needles_out_at__lte=now - UNSIGNED_FOR,
        needles_out_at__gt=now - UNSIGNED_FOR - LATEST,
    )
    return [check for treatment in waiting for check in plan_checks(treatment)]


def checks_to_send(now: datetime) -> list[SorenessFollowUp]:
    """Checks that are due and were not sent, to patients who can be written to."""
    due = SorenessFollowUp.objects.filter(
        sent_at=None, answered_at=None, due_at__lte=now, due_at__gt=now - LATEST
    )
    too_late = Q(hours=CheckHours.FIRST_EVENING, due_at__lte=now - LATEST_EVENING)
    return list(due.exclude(too_late).exclude(treatment__patient__email=""))


@transaction.atomic
def send_check(follow_up: SorenessFollowUp) -> SorenessFollowUp:
    """Send the link once; a second call, or a patient without an e-mail address, sends nothing.

    Makes the link, queues the message, audits.
    """
    locked = SorenessFollowUp.objects.select_for_update().get(pk=follow_up.pk)
    patient, clinic = locked.treatment.patient, Location.objects.order_by("pk").first()
    if locked.sent_at is not None or not patient.email or clinic is None:
        return locked
    now = timezone.now()
    locked.sent_at = now
    is_evening = locked.hours == CheckHours.FIRST_EVENING
    write_to_patient(
        locked, clinic, SUBJECT, EVENING_BODY if is_evening else BODY, ends_at=now + LINK_LASTS
    )
    record(Action.SEND, locked, patient_id=patient.pk)
    return locked


def write_to_patient(
    follow_up: SorenessFollowUp,
    clinic: Location,
    subject: object,
    body: object,
    *,
    ends_at: datetime,
) -> None:
    """Give the check a new link, save it and queue the message; the caller locks and audits.

    ``subject`` and ``body`` are put into the patient's language here.
    """
    patient = follow_up.treatment.patient
    follow_up.link, token = make_link(
        patient, LinkPurpose.SORENESS_CHECK, expires_at=ends_at, about=about(follow_up)
    )
    follow_up.save(update_fields=["link", "sent_at", "reminded_at"])
    words = {
        "name": patient.given_name,
        "clinic": clinic.name,
        "phone": clinic.phone,
        "emergency": clinic.emergency_number,
    }
    with speaking_to(patient):
        enqueue(
            address=patient.email,
            recipient=patient.full_name,
            subject=str(subject).format(**words),
            body=str(body).format(**words),
            secret_link=address_for(patient, reverse("sessions:check", args=[token])),
        )


def treated_of(follow_up: SorenessFollowUp) -> Treated:
    """The session of a check as the clinical rules see it."""
    treatment = follow_up.treatment
    day = treatment.started_at.astimezone(ZoneInfo(settings.CLINIC_TIME_ZONE)).date()
    first = SorenessFollowUp.objects.filter(treatment=treatment, hours=CheckHours.DAY_ONE).first()
    out_at = treatment.needles_out_at or treatment.signed_at
    since = (follow_up.answered_at or timezone.now()) - out_at if out_at else None
    return treated(
        treatment.muscles.values_list("muscle", "side"),
        on=f"{day.day} {day:%B %Y}",
        pain_before=treatment.pain_before,
        soreness_on_day_one=first.soreness if first else None,
        hours_since=since / timedelta(hours=1) if since is not None else None,
    )


def questions_of(follow_up: SorenessFollowUp) -> tuple[CheckQuestion, ...]:
    """What this check asks."""
    return questions(follow_up.hours, treated_of(follow_up))


def answers_of(follow_up: SorenessFollowUp) -> dict[str, str]:
    """The stored answers by question, gaps left out."""
    return {row.question: row.value for row in follow_up.answers.all() if row.value}


@transaction.atomic
def answer_check(*, follow_up: SorenessFollowUp, answers: Mapping[str, str]) -> list[Alert]:
    """Store or correct the answers, weigh them, open an alert when one asks for a person.

    A correction replaces answers (row history keeps the old ones) and never closes an alert. What
    was typed and not sent is forgotten.
    Raises ValueError for a word that is no answer. Returns the alerts opened or made graver.
    """
    locked = SorenessFollowUp.objects.select_for_update().get(pk=follow_up.pk)
    locked.answered_at = timezone.now()
    session = treated_of(locked)
    outcome = assess_check(answers, hours=locked.hours, session=session)
    _store_answers(locked, questions(locked.hours, session), answers)
    CheckDraft.objects.filter(follow_up=locked).delete()
    locked.soreness = score_of(answers, SORENESS)
    locked.pain = score_of(answers, MAIN_PAIN)
    locked.urgency = outcome.urgency
    locked.save(update_fields=["answered_at", "soreness", "pain", "urgency"])
    record(Action.SUBMIT, locked, patient_id=locked.treatment.patient_id)
    return open_alert(locked, outcome.reasons)


def _store_answers(
    follow_up: SorenessFollowUp, asked: tuple[CheckQuestion, ...], answers: Mapping[str, str]
) -> None:
    FollowUpAnswer.objects.bulk_create(
        [
            FollowUpAnswer(
                follow_up=follow_up,
                question=question.id,
                wording=question.wording,
                value=answers.get(question.id, "").strip(),
            )
            for question in asked
        ],
        update_conflicts=True,
        unique_fields=["follow_up", "question"],
        update_fields=["wording", "value"],
    )


def open_alert(
    follow_up: SorenessFollowUp, reasons: tuple[CheckReason, ...], *, remark: str = ""
) -> list[Alert]:
    """Open an alert for the reasons, or add the new ones to the alert that is still open.

    An open alert loses no reason by a correction: only a person closes it. A grave alert also
    sends the physiotherapist a message that says nothing of the patient. ``remark`` stands before
    what each new reason asks for.
    """
    if not reasons:
        return []
    treatment = follow_up.treatment
    held = follow_up.alerts.select_for_update().filter(closed_at=None).first()
    alert = held or Alert(
        patient=treatment.patient,
        practitioner=treatment.practitioner,
        follow_up=follow_up,
        urgency=Urgency.CONTACT_CLINIC,
        reasons=[],
    )
    known = {(reason["question"], reason["answer"]) for reason in alert.reasons}
    new = [one for one in reasons if (one.question, one.answer) not in known]
    if not new:
        return []
    gravest = max(one.urgency for one in new)
    is_graver = held is None or gravest > Urgency(held.urgency)
    alert.reasons = sorted(
        [*alert.reasons, *(_as_shown(one, remark) for one in new)], key=_gravest_first
    )
    alert.urgency = max(gravest, Urgency(alert.urgency))
    alert.save()
    record(Action.CREATE, alert, patient_id=treatment.patient_id, detail=alert.urgency)
    if is_graver and alert.urgency >= Urgency.SAME_DAY:
        _tell_physiotherapist(alert)
    return [alert]


def _as_shown(reason: CheckReason, remark: str) -> dict[str, object]:
    return {
        "question": reason.question,
        "wording": reason.wording,
        "answer": reason.answer,
        "words": words_of(reason.question, reason.answer),
        "urgency": reason.urgency.value,
        "text": reason.text,
        "action": f"{remark} {reason.action}".strip(),
        "sources": list(reason.sources),
    }


def _gravest_first(reason: Mapping[str, str]) -> int:
    return -Urgency(reason["urgency"]).rank


def _tell_physiotherapist(alert: Alert) -> None:
    user = alert.practitioner.user
    enqueue(
        address=user.email,
        recipient=user.full_name,
        subject=STAFF_SUBJECT,
        body=STAFF_BODY.format(name=user.full_name),
        secret_link=public_address(reverse("sessions:alert", args=[alert.pk])),
    )


@transaction.atomic
def alert_silence(now: datetime) -> list[Alert]:
    """Open an alert where needling over the lung was followed by no answer to the first check.

    The hours count from the message, or from when it was due where none could be sent.
    """
    silent = SorenessFollowUp.objects.filter(
        hours=CheckHours.DAY_ONE,
        answered_at=None,
        alerts=None,
        due_at__lte=now,
        due_at__gt=now - SILENCE_LOOKS_BACK,
    ).select_related("treatment__patient", "treatment__practitioner__user")
    opened = []
    for check in silent:
        since = check.sent_at or next_allowed(check.due_at, settings.CLINIC_TIME_ZONE)
        waited = (now - since) / timedelta(hours=1)
        reason = silence(treated_of(check), hours=check.hours, waited_hours=waited)
        if reason is not None:
            opened += open_alert(check, (reason,))
    return opened
