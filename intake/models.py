from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from clinical.screening_status import is_grave
from clinical.vocabulary import Urgency
from intake.choices import (
    GOES_ON,
    NEEDLING_ALLOWED,
    AlertUrgency,
    AskedBy,
    Chaperone,
    GuardianRelation,
    IntakeSource,
    IntakeStatus,
    RescreenDecision,
    ReviewDecision,
)
from intake.consent_text import CONSENT_VERSION, OF_AGE
from intake.signature import Stroke, signature_svg
from people.models import Patient, PatientLink
from scheduling.models import Appointment


class IntakeForm(models.Model):
    """One version of the questions. A row is never changed: a new wording is a new version."""

    version = models.CharField(max_length=40, unique=True)
    definition = models.JSONField(
        default=dict, blank=True, help_text="Pages, wordings and options in English, as released."
    )
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.version


class IntakeQuerySet(models.QuerySet["Intake"]):
    def for_patient(self, patient: Patient) -> "IntakeQuerySet":
        return self.filter(patient=patient)

    def waiting_for_review(self, on: date) -> "IntakeQuerySet":
        """Submitted and not reviewed, or deferred until ``on`` or a day before it."""
        is_due = Q(review__decision=ReviewDecision.POSTPONE, review__deferred_until__lte=on)
        return self.filter(Q(status=IntakeStatus.SUBMITTED) | is_due)

    def with_flags(self) -> "IntakeQuerySet":
        """Each with ``is_flagged``: a red-flag answer waits for a physiotherapist."""
        waiting = IntakeAlert.objects.filter(intake=models.OuterRef("pk"), closed_at=None)
        return self.annotate(is_flagged=models.Exists(waiting))


class Intake(models.Model):
    """One patient's filling in of the form, before one appointment."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.PROTECT, related_name="intakes"
    )
    form = models.ForeignKey(IntakeForm, on_delete=models.PROTECT)
    language = models.CharField(max_length=10, default="en")
    link = models.OneToOneField(PatientLink, null=True, blank=True, on_delete=models.PROTECT)
    status = models.CharField(max_length=12, choices=IntakeStatus, default=IntakeStatus.SENT)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=10, choices=IntakeSource, default=IntakeSource.ONLINE)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT
    )
    paper_signed_on = models.DateField(null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["patient", "-id"], name="intake_of_patient")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=("submitted", "reviewed")) | Q(submitted_at__isnull=False),
                name="intake_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(source="paper")
                | Q(entered_by__isnull=False, paper_signed_on__isnull=False),
                name="intake_of_paper_has_its_writer",
            ),
        ]

    def __str__(self) -> str:
        return f"Intake {self.pk} ({self.get_status_display()})"


class IntakeReminder(models.Model):
    """One message that asked again for an unfinished intake; without a sender it was automatic."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="reminders")
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["intake"],
                condition=Q(sent_by__isnull=True),
                name="one_automatic_reminder_an_intake",
            )
        ]

    def __str__(self) -> str:
        return f"Reminder of {self.sent_at:%Y-%m-%d %H:%M}"


class IntakeAnswer(models.Model):
    """One answer with the wording it answered; ``value`` is a word of the question's options.

    ``words`` are the labels of the value as shown, ``facts`` what was asked beside it.
    """

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=60)
    wording = models.TextField()
    value = models.CharField(max_length=500)
    words = models.TextField(blank=True)
    detail = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "question"], name="one_answer_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class IntakeDraft(models.Model):
    """What was typed on one page since it was saved: its posted fields, each with its values.

    ``sequence`` is the time of the typing in milliseconds by the patient's device, ``version`` how
    often Continue saved the page, ``saved_as`` a digest of the fields it saved last.
    """

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="drafts")
    page = models.SlugField(max_length=60)
    data = models.JSONField(default=dict)
    sequence = models.PositiveBigIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    saved_as = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["intake", "page"], name="one_draft_a_page")]

    def __str__(self) -> str:
        return f"Draft of {self.page}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> "ConsentQuerySet":
        """Not withdrawn, whatever text was signed."""
        return self.filter(withdrawn_at=None)

    def valid(self) -> "ConsentQuerySet":
        """Standing, and of the text that is shown today."""
        return self.standing().filter(text_version=CONSENT_VERSION)


class Consent(models.Model):
    """Consent to needling: the text as shown, each statement ticked, who signed, what was drawn.

    A row is never changed: it can only be withdrawn, once.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    intake = models.OneToOneField(Intake, null=True, blank=True, on_delete=models.PROTECT)
    text_version = models.CharField(max_length=40)
    language = models.CharField(max_length=10, default="en")
    introduction = models.JSONField(default=list, help_text="List of sentences as shown.")
    statements = models.JSONField(help_text="List of {id, text, ticked} as shown.")
    signed_name = models.CharField(max_length=160)
    signature = models.JSONField(default=list, blank=True, help_text="Strokes; empty: typed only.")
    signed_at = models.DateTimeField()
    age_at_signing = models.PositiveSmallIntegerField(null=True, blank=True)
    chaperone = models.CharField(max_length=12, choices=Chaperone, blank=True)
    guardian_name = models.CharField(max_length=160, blank=True)
    guardian_relation = models.CharField(max_length=16, choices=GuardianRelation, blank=True)
    guardian_signature = models.JSONField(default=list, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawal_asked_by = models.CharField(max_length=16, choices=AskedBy, blank=True)
    withdrawal_reason = models.TextField(blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_at_signing=None)
                | Q(age_at_signing__gte=OF_AGE)
                | ~Q(guardian_name=""),
                name="consent_under_age_has_guardian",
                violation_error_message="Under 18 a parent or guardian signs too.",
            ),
            models.CheckConstraint(
                condition=Q(guardian_name="", guardian_relation="")
                | ~Q(guardian_name="") & ~Q(guardian_relation=""),
                name="consent_guardian_has_relation",
                violation_error_message="Give the name and the relation of who signs too.",
            ),
            models.CheckConstraint(
                condition=~Q(withdrawn_at=None)
                | Q(withdrawn_by=None, withdrawal_asked_by="", withdrawal_reason=""),
                name="consent_withdrawal_has_time",
                violation_error_message="A withdrawal has a time.",
            ),
        ]

    def __str__(self) -> str:
        return f"Consent of {self.signed_at:%Y-%m-%d}"

    @property
    def is_of_older_text(self) -> bool:
        return self.text_version != CONSENT_VERSION

    @property
    def is_valid(self) -> bool:
        return self.withdrawn_at is None and not self.is_of_older_text

    @property
    def drawn(self) -> SafeString:
        """The patient's signature as SVG; empty when only the name was typed."""
        return _drawn(self.signature, self.signed_name)

    @property
    def guardian_drawn(self) -> SafeString:
        """The signature of who signed beside the patient."""
        return _drawn(self.guardian_signature, self.guardian_name)


def _drawn(strokes: Sequence[Stroke], name: str) -> SafeString:
    return signature_svg(strokes, gettext("Signature of {name}").format(name=name))


class ScreeningResult(models.Model):
    """What the screening rules said of a submitted intake, with reasons and the rules' version."""

    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="screening")
    status = models.CharField(max_length=30)
    urgency = models.CharField(max_length=20)
    ruleset_version = models.CharField(max_length=40)
    reasons = models.JSONField()
    alerts = models.JSONField(help_text="Short words for the patient banner.")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.status} ({self.ruleset_version})"

    @property
    def is_grave(self) -> bool:
        """True when needling is forbidden for now, or a red flag is not ruled out."""
        return is_grave(self.status) or Urgency(self.urgency) >= Urgency.URGENT


class IntakeReview(models.Model):
    """The physiotherapist's decision on a submitted intake."""

    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="review")
    decision = models.CharField(max_length=20, choices=ReviewDecision)
    note = models.TextField(blank=True)
    deferred_until = models.DateField(null=True, blank=True)
    reasons = models.JSONField(default=list, help_text="List of {question, words, decision, how}.")
    version = models.PositiveIntegerField(default=1)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    reviewed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(deferred_until=None) | Q(decision=ReviewDecision.POSTPONE),
                name="only_a_deferral_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.get_decision_display()

    @property
    def allows_needling(self) -> bool:
        return self.decision in NEEDLING_ALLOWED


class IntakeAlertQuerySet(models.QuerySet["IntakeAlert"]):
    def open(self) -> "IntakeAlertQuerySet":
        return self.filter(closed_at=None)


class IntakeAlert(models.Model):
    """Red-flag answers of one intake. Open until a physiotherapist writes what was done."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="red_flags")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    urgency = models.CharField(max_length=20, choices=AlertUrgency)
    questions = models.JSONField(help_text="List of {question, wording, answer, now, urgency}.")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT
    )
    note = models.TextField(blank=True)

    objects = IntakeAlertQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["intake"],
                condition=Q(closed_at=None),
                name="one_open_alert_an_intake",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(note="")),
                name="closed_red_flag_says_what_was_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_urgency_display()}: {self.patient}"


class Rescreening(models.Model):
    """What had changed before a later session; append-only. It holds for the day it was asked."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="rescreenings")
    appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.PROTECT, related_name="rescreenings"
    )
    answers = models.JSONField(help_text="yes, no or not_sure by question of clinical.rescreening.")
    screened = models.JSONField(help_text="The answers of the intake with what has changed.")
    status = models.CharField(max_length=30)
    urgency = models.CharField(max_length=20)
    reasons = models.JSONField(help_text="What the changes triggered, as in a screening result.")
    alerts = models.JSONField(help_text="Short words for the patient banner.")
    ruleset_version = models.CharField(max_length=40)
    decision = models.CharField(max_length=20, choices=RescreenDecision)
    decided = models.JSONField(default=list, help_text="List of {question, words, decision, how}.")
    note = models.TextField(blank=True)
    deferred_until = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=RescreenDecision.DEFER, deferred_until__isnull=False)
                | (~Q(decision=RescreenDecision.DEFER) & Q(deferred_until=None)),
                name="a_deferred_rescreening_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(decision=RescreenDecision.NO_CHANGE) | Q(reasons=[]),
                name="a_change_is_never_no_change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}, {self.asked_at:%Y-%m-%d}"

    @property
    def goes_on(self) -> bool:
        return self.decision in GOES_ON
