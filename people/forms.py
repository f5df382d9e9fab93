from collections.abc import Sequence
from hashlib import sha256
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.conf import settings
from django.utils import timezone

from people.dates import readings
from people.models import Patient, Practitioner
from people.search import PHONE_DIGITS, Lookalike, digits_of, lookalikes

OLDEST = 120
NOT_READ = "Write the date of birth as year-month-day, for example 1980-05-17."


class BirthDateField(forms.DateField):
    """One text box that reads a day in any order it can be sure of."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        found = readings(value)
        if len(found) > 1:
            ways = " or ".join(f"{day:%-d %B %Y}" for day in found)
            raise forms.ValidationError(f"“{value}” can mean {ways}. {NOT_READ}")
        if not found:
            raise forms.ValidationError(NOT_READ)
        today = timezone.localdate()
        if found[0] > today or today.year - found[0].year > OLDEST:
            raise forms.ValidationError(
                f"Check the date of birth: {found[0]:%-d %B %Y} cannot be right."
            )
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else value.isoformat()


class LanguageField(forms.ChoiceField):
    """A choice among the clinic's languages; a page that does not ask changes nothing."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data) and super().has_changed(initial, data)


class PatientForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything the desk keeps of a patient. A new one is compared with those on file."""

    born_on = BirthDateField(
        label="Date of birth",
        help_text="Year-month-day, for example 1980-05-17",
        error_messages={"required": "Enter the date of birth."},
    )
    language = LanguageField(
        choices=settings.LANGUAGES, required=False, help_text="Of messages and patient pages"
    )
    is_new = forms.BooleanField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Patient
        fields: ClassVar[tuple[str, ...]] = (
            "given_name",
            "family_name",
            "born_on",
            "sex_recorded",
            "language",
            "phone",
            "email",
            "emergency_contact",
            "physician",
        )
        labels: ClassVar = {
            "phone": "Phone",
            "email": "E-mail",
            "emergency_contact": "Emergency contact (optional)",
            "physician": "Physician (optional)",
        }
        error_messages: ClassVar = {
            "given_name": {"required": "Enter the first name."},
            "family_name": {"required": "Enter the last name."},
            "email": {"invalid": "Enter an e-mail address like name@example.com."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.lookalikes: list[Lookalike] = []
        self.on_file = {name: f"{getattr(self.instance, name)}" for name in self.Meta.fields}
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"  # never the member of staff's own details
        self.fields["phone"].widget.input_type = "tel"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_show_errors = True
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        return Layout(
            _names(),
            _birth("sex_recorded", "language"),
            _contact(),
            Row(Column("emergency_contact"), Column("physician")),
        )

    @property
    def fingerprint(self) -> str:
        """Changes when a detail on file does; the page sends back the one that it showed."""
        return sha256("\0".join(self.on_file.values()).encode()).hexdigest()[:16]

    def clean(self) -> dict[str, Any]:
        """Refuse a page that is older than the details on file, and say what they are now."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk is None or cleaned.get("seen") in ("", None, self.fingerprint):
            return cleaned
        now = [
            f"{self.fields[name].label}: {value or 'none'}"
            for name, value in self.on_file.items()
            if name in cleaned and f"{cleaned[name]}" != value
        ]
        if now:
            raise forms.ValidationError(
                "Somebody changed these details in the meantime. Save again to replace them. "
                f"On file now: {', '.join(now)}."
            )
        return cleaned

    def clean_language(self) -> str:
        """The one on file stays when none is chosen."""
        chosen: str = self.cleaned_data["language"]
        return chosen or self.instance.language

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and len(digits_of(phone)) < PHONE_DIGITS:
            raise forms.ValidationError(
                f"Enter the phone number with at least {PHONE_DIGITS} digits, as 604 555 0123."
            )
        return phone

    def _post_clean(self) -> None:
        """Compare once the patient is complete, so that every other slip is mended first."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors or self.instance.pk is not None or self.cleaned_data["is_new"]:
            return
        self.lookalikes = list(lookalikes(self.instance))
        if self.lookalikes:
            self.add_error(
                None, "This may be a patient on file. Choose them below, or add a new patient."
            )


class ShortPatientForm(PatientForm):
    """What it takes to book somebody new."""

    class Meta(PatientForm.Meta):
        fields = ("given_name", "family_name", "born_on", "phone", "email")

    def layout(self) -> Layout:
        return Layout(_names(), _birth(), _contact())


def _names() -> Row:
    return Row(Column("given_name"), Column("family_name"))


def _birth(*others: str) -> Row:
    return Row(Column("born_on"), *(Column(name) for name in others))


def _contact() -> Row:
    return Row(Column("phone"), Column("email"))


class TakeOverForm(forms.Form):
    """Why something is taken over; ``shown`` is whose it was when the page was read."""

    reason = forms.CharField(
        label="Reason",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": "Write why you take it over, for example: Mara is ill today."},
    )
    shown = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SupervisionForm(forms.Form):
    """Supervisor and cover of one physiotherapist, chosen among the others."""

    supervisor = forms.TypedChoiceField(
        label="Supervisor, who co-signs", required=False, coerce=int, empty_value=None
    )
    cover = forms.TypedChoiceField(
        label="Cover, who is told instead", required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, data: Any, *, practitioner: Practitioner, others: Sequence[Practitioner]
    ) -> None:
        start = {"supervisor": practitioner.supervisor_id, "cover": practitioner.cover_id}
        super().__init__(data, prefix=f"p{practitioner.pk}", initial=start)
        self.practitioner = practitioner
        self.known = {one.pk: one for one in others if one.pk != practitioner.pk}
        choices = [("", "nobody"), *((pk, str(one)) for pk, one in self.known.items())]
        for field in self.fields.values():
            field.choices = choices  # type: ignore[attr-defined]  # both are choice fields
            field.widget.attrs["class"] = "form-select"

    def chosen(self) -> dict[str, Practitioner | None]:
        """The two physiotherapists, None for nobody."""
        return {name: self.known.get(self.cleaned_data[name]) for name in self.fields}
