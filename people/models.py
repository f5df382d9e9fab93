import hashlib
import secrets
import unicodedata
from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.choices import EscalationStage, LinkPurpose, Role, SexRecorded

RECORD_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_record_number() -> str:
    """Six characters that cannot be misread, as 7F3K-20; says nothing about the patient."""
    code = "".join(secrets.choice(RECORD_ALPHABET) for _ in range(6))
    return f"{code[:4]}-{code[4:]}"


def searchable(*words: str) -> str:
    """Lower case without accents, for search; without NUL, which PostgreSQL refuses."""
    text = unicodedata.normalize("NFKD", " ".join(word for word in words if word))
    text = text.replace("\0", " ")
    return "".join(c for c in text if not unicodedata.combining(c)).casefold()


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a member of staff; without a password they must be sent a reset link."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff. Patients have no account; they come by link."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    outbox_salt = models.UUIDField(
        db_default=RandomUUID(),
        editable=False,
        help_text="Of the key that encrypts what a browser keeps for this user.",
    )

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name", "role"]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def initials(self) -> str:
        words = self.full_name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words))


class Practitioner(models.Model):
    """A physiotherapist who can be booked. ``needling_until`` is the day the authorisation ends."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    title = models.CharField(max_length=60, default="Physiotherapist")
    needling_until = models.DateField(null=True, blank=True)
    is_bookable = models.BooleanField(default=True)
    supervisor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="supervised",
        help_text="Co-signs what this physiotherapist signs.",
    )
    cover = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="covers_for",
        help_text="Is told when this physiotherapist does not open an alert in time.",
    )

    class Meta:
        ordering = ["user__full_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(supervisor=None) | ~Q(supervisor=F("pk")),
                name="nobody_supervises_themselves",
                violation_error_message="Choose another physiotherapist as the supervisor.",
            ),
            models.CheckConstraint(
                condition=Q(cover=None) | ~Q(cover=F("pk")),
                name="nobody_covers_for_themselves",
                violation_error_message="Choose another physiotherapist as the cover.",
            ),
        ]

    def __str__(self) -> str:
        return self.user.full_name

    def may_needle(self, on: date) -> bool:
        """True while the authorisation to needle is on file and has not ended."""
        return self.needling_until is not None and on <= self.needling_until


class PatientQuerySet(models.QuerySet["Patient"]):
    def matching(self, text: str) -> "PatientQuerySet":
        """Patients whose name, phone digits, birth date or record number contain every word."""
        found = self
        for word in searchable(text).split():
            digits = "".join(c for c in word if c.isdigit())
            hit = Q(search_text__contains=word)
            if len(digits) >= 3:
                hit |= Q(search_text__contains=digits)
            found = found.filter(hit)
        return found


class Patient(models.Model):
    record_number = models.CharField(max_length=7, unique=True, default=new_record_number)
    given_name = models.CharField("first name", max_length=80)
    family_name = models.CharField("last name", max_length=80)
    born_on = models.DateField("date of birth")
    sex_recorded = models.CharField(max_length=10, choices=SexRecorded, default=SexRecorded.UNKNOWN)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)
    language = models.CharField(max_length=5, default="en")
    emergency_contact = models.CharField(max_length=160, blank=True)
    physician = models.CharField(max_length=160, blank=True)
    search_text = models.CharField(max_length=400, editable=False, default="")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ["family_name", "given_name", "id"]
        indexes = [
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="patient_search"),
            models.Index(fields=["family_name", "given_name", "id"], name="patient_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""),
                name="patient_has_contact",
                violation_error_message="Give a phone number or an e-mail address.",
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        digits = "".join(c for c in self.phone if c.isdigit())
        self.search_text = searchable(
            self.given_name, self.family_name, digits, f"{self.born_on}", self.record_number
        )[:400]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def age(self) -> int:
        """Completed years today, by the clinic's calendar."""
        return self.age_on(timezone.localdate(timezone=ZoneInfo(settings.CLINIC_TIME_ZONE)))

    def age_on(self, day: date) -> int:
        """Completed years on ``day``."""
        had_birthday = (day.month, day.day) >= (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - (not had_birthday)


def token_hash(token: str) -> str:
    """What the database keeps of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


class PatientLinkQuerySet(models.QuerySet["PatientLink"]):
    def usable(self, now: datetime) -> "PatientLinkQuerySet":
        """Links that still open something."""
        return self.filter(
            expires_at__gt=now, revoked_at=None, failed_tries__lt=PatientLink.MAX_TRIES
        )


class PatientLink(models.Model):
    """A single-purpose secret address. Only the hash of its 256-bit token is kept.

    ``about`` names the row it is for (``people.links.about``). ``devices`` are the hashes of the
    browsers that may read earlier answers: the one that started, and those that gave a code.
    """

    MAX_TRIES = 5

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=20, choices=LinkPurpose)
    about = models.CharField(max_length=80, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    failed_tries = models.PositiveSmallIntegerField(default=0)
    devices = ArrayField(models.CharField(max_length=64), default=list, blank=True)

    objects = PatientLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "purpose", "about"],
                condition=Q(revoked_at=None) & ~Q(about=""),
                name="one_open_link_a_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} link of {self.patient_id}"

    @property
    def is_locked(self) -> bool:
        """True after five wrong dates of birth, until the desk allows more."""
        return self.failed_tries >= self.MAX_TRIES

    def is_open(self, now: datetime) -> bool:
        """True while the link is neither closed nor past its end; a locked one is still open."""
        return self.revoked_at is None and now < self.expires_at


class LinkCode(models.Model):
    """A one-time code that lets another browser read the answers of a link. Only its hash is kept.

    Of the codes of a link only the newest counts.
    """

    MAX_TRIES = 5

    link = models.ForeignKey(PatientLink, on_delete=models.PROTECT, related_name="codes")
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    failed_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Code of link {self.link_id}"


class LinkMisses(models.Model):
    """How often links that open nothing were tried: from one network address, or in the clinic.

    The address is kept as a keyed hash, and for a day at most.
    """

    source = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    counted_from = models.DateTimeField(default=timezone.now)
    strikes = models.PositiveSmallIntegerField(default=0)
    blocked_until = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name_plural = "link misses"

    def __str__(self) -> str:
        return f"{self.count} misses since {self.counted_from:%Y-%m-%d %H:%M}"


class Attended(models.Model):
    """A row about something that waits for a person, named by its table and id as in the audit."""

    subject = models.CharField(max_length=63)
    subject_id = models.BigIntegerField()

    class Meta:
        abstract = True


class FirstReading(Attended):
    """Who first opened an alert since it has this urgency. Never changed."""

    urgency = models.CharField(max_length=20)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "urgency"], name="one_first_reading_an_urgency"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} read by {self.read_by}"


class TakeOver(Attended):
    """Somebody took over what waited for a colleague, and why. The newest counts; none changes."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    taken_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="given_away",
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="taken_over"
    )
    reason = models.CharField(max_length=200)
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id", "-id"], name="newest_take_over")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="take_over_says_why"),
            models.CheckConstraint(
                condition=Q(taken_from=None) | ~Q(taken_from=F("taken_by")),
                name="take_over_from_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} taken over by {self.taken_by}"


class EscalationStep(Attended):
    """One step that an unopened alert went, each once an urgency. Never changed."""

    urgency = models.CharField(max_length=20)
    stage = models.CharField(max_length=12, choices=EscalationStage)
    told = models.TextField(help_text="The names of those who were told.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "urgency", "stage"], name="each_stage_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.told}"


class PhoneListEntry(models.Model):
    """Whom the clinic phones when nobody else opens an alert, in this order."""

    place = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30)
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ["place"]
        verbose_name_plural = "phone list entries"

    def __str__(self) -> str:
        return f"{self.name}, {self.phone}"
