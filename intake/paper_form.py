"""The consent of a signed paper, as the physiotherapist enters it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings

from intake.choices import Chaperone
from intake.consent import Marks, SecondSigner
from intake.consent_forms import RELATIONS
from intake.consent_text import statements_shown
from intake.paper import CHAPERONE, consent_numbers
from intake.questions import shortened
from people.models import Patient, User

OLDEST = timedelta(days=365)
SECOND = ("guardian_name", "guardian_relation")
UNDER_AGE = "The patient is under 18"


class PaperConsentForm(forms.Form):
    """Every statement ticked on the paper, who signed it and when, and where the paper is."""

    chaperone = forms.ChoiceField(
        label="Would the patient like another person, a chaperone, in the room?",
        choices=[(one.value, one.label) for one in Chaperone],
        widget=forms.RadioSelect,
        error_messages={"required": "Select if the patient would like a chaperone"},
    )
    signed_name = forms.CharField(
        label="Name of the patient who signed",
        max_length=160,
        help_text="As written on the paper.",
        error_messages={"required": "Enter the name of who signed the paper"},
    )
    signed_on = forms.DateField(
        label="Date of the signature",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "Enter the date of the signature",
            "invalid": "Enter the date of the signature as year, month and day",
        },
    )
    language = forms.ChoiceField(
        label="Language of the paper",
        help_text="The consent is kept in the words that were signed.",
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the language of the paper"},
    )
    is_kept = forms.BooleanField(
        label="The signed paper is kept at the clinic",
        error_messages={"required": "Tick that the signed paper is kept at the clinic"},
    )

    def __init__(
        self, data: Any = None, *, patient: Patient, today: date, second: SecondSigner
    ) -> None:
        super().__init__(data, label_suffix="", initial={"language": patient.language})
        self.today, self.second = today, second
        asked = statements_shown()
        for one in asked:
            self.fields[one["id"]] = forms.BooleanField(
                label=one["text"],
                error_messages={"required": f"Not ticked: {shortened(one['text'])}"},
            )
        if second is not SecondSigner.NOBODY:
            self._ask_second(is_needed=second is SecondSigner.NEEDED)
        statements = [one["id"] for one in asked]
        self.order_fields([*statements, CHAPERONE, "signed_name", *SECOND, "signed_on"])

    def _ask_second(self, *, is_needed: bool) -> None:
        who = "parent or guardian" if is_needed else "legal decision-maker"
        hint = "" if is_needed else "Only where somebody signed with the patient or for them."
        why = f"{UNDER_AGE}: enter" if is_needed else "Enter"
        self.fields["guardian_name"] = forms.CharField(
            label=f"Name of the {who} who signed",
            max_length=160,
            required=is_needed,
            help_text=hint,
            error_messages={"required": f"{why} the name of the {who} who signed"},
        )
        self.fields["guardian_relation"] = forms.ChoiceField(
            label="Relation to the patient",
            choices=[(one.value, one.label) for one in RELATIONS[self.second]],
            required=is_needed,
            widget=forms.RadioSelect,
            error_messages={"required": f"Select the relation of the {who} to the patient"},
        )

    def statements(self) -> list[tuple[int, forms.BoundField]]:
        """The tick boxes with their numbers on the paper."""
        numbers = consent_numbers()
        return [(numbers[one["id"]], self[one["id"]]) for one in statements_shown()]

    def numbered_chaperone(self) -> tuple[int, forms.BoundField]:
        """The question about a chaperone with its number on the paper."""
        return consent_numbers()[CHAPERONE], self[CHAPERONE]

    def signatures(self) -> list[forms.BoundField]:
        """Who signed, when, and in which language."""
        names = ("signed_name", *SECOND, "signed_on", "language")
        return [self[name] for name in names if name in self.fields]

    def errors_in_order(self) -> list[tuple[str, str]]:
        """Each error with the id of the control it is about."""
        return [(_first_id(field), str(error)) for field in self for error in field.errors]

    def clean_signed_on(self) -> date:
        signed_on: date = self.cleaned_data["signed_on"]
        if signed_on > self.today:
            raise forms.ValidationError("The date of the signature is in the future")
        if signed_on < self.today - OLDEST:
            raise forms.ValidationError("The signature is older than a year: ask for a new one")
        return signed_on

    def clean(self) -> dict[str, Any]:
        """Who signed beside the patient has both a name and a relation."""
        cleaned = self.cleaned_data
        given = [name for name in SECOND if cleaned.get(name)]
        for name in SECOND:
            if given and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    def signed(self, by: User) -> dict[str, Any]:
        """What ``submit_paper`` takes."""
        cleaned = self.cleaned_data
        second = {name: cleaned.get(name, "") for name in SECOND}
        marks = Marks(recorded_by=by, chaperone=cleaned[CHAPERONE], **second)
        return {key: cleaned[key] for key in ("signed_name", "signed_on", "language")} | {
            "marks": marks
        }


def _first_id(field: forms.BoundField) -> str:
    is_choice = isinstance(field.field.widget, forms.RadioSelect)
    return f"{field.auto_id}_0" if is_choice else str(field.auto_id)
