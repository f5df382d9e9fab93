"""The consent page of a patient, and the withdrawal that staff record."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.choices import AskedBy, Chaperone, GuardianRelation
from intake.consent import Marks, SecondSigner
from intake.consent_text import CONSENT_VERSION, Statement, statements_shown
from intake.questions import shortened
from intake.signature import read_strokes

RELATIONS = {
    SecondSigner.NOBODY: (),
    SecondSigner.OFFERED: (GuardianRelation.DECISION_MAKER, GuardianRelation.GUARDIAN),
    SecondSigner.NEEDED: (GuardianRelation.PARENT, GuardianRelation.GUARDIAN),
}
NAME_OF = {"signature": "signed_name", "guardian_signature": "guardian_name"}
SECOND = ("guardian_relation", "guardian_name", "guardian_signature")


class StrokesField(forms.CharField):
    """A drawn signature as its script leaves it in a hidden control; always optional."""

    widget = forms.HiddenInput
    default_error_messages = {  # noqa: RUF012 - Django reads it from the class
        "strokes": _(
            "We could not read the drawn signature. Draw it again, or leave it empty: the typed "
            "name is enough."
        )
    }

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> list[list[list[float]]]:
        """The strokes; refuses what no script of ours would send."""
        try:
            return read_strokes(super().clean(value))
        except ValueError:
            raise forms.ValidationError(self.error_messages["strokes"]) from None


def name_field(label: Any, error: Any, *, is_needed: bool = True) -> forms.CharField:
    """A typed signature."""
    return forms.CharField(
        label=label,
        max_length=160,
        required=is_needed,
        widget=forms.TextInput(attrs={"autocomplete": "name" if is_needed else "off"}),
        error_messages={"required": error},
    )


class ConsentForm(forms.Form):
    """Every statement ticked, the chaperone answered, the typed names. The service refuses less.

    ``shown`` says which text the page showed: another one, or another language, is read again.
    """

    shown = forms.CharField(widget=forms.HiddenInput)
    chaperone = forms.ChoiceField(
        label=_("Would you like another person, a chaperone, in the room?"),
        choices=Chaperone.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say if you would like a chaperone")},
    )
    signed_name = name_field(_("Type your full name to sign"), _("Type your full name to sign"))
    signature = StrokesField()

    def __init__(self, data: Any = None, *, second: SecondSigner = SecondSigner.NOBODY) -> None:
        super().__init__(data, label_suffix="", initial={"shown": text_shown()})
        self.second = second
        self._asked = statements_shown()
        for statement in self._asked:
            self.fields[statement["id"]] = _tick(statement)
        if second is not SecondSigner.NOBODY:
            self._ask_second()
        self.order_fields(["shown", *(one["id"] for one in self._asked)])

    def _ask_second(self) -> None:
        is_needed = self.second is SecondSigner.NEEDED
        self.fields["guardian_relation"] = forms.ChoiceField(
            label=_("Who is this?"),
            choices=[(one.value, one.label) for one in RELATIONS[self.second]],
            required=is_needed,
            widget=forms.RadioSelect,
            error_messages={"required": _("Say who signs with you")},
        )
        self.fields["guardian_name"] = name_field(
            _("Full name of the parent or guardian") if is_needed else _("Their full name"),
            _("Type the full name of who signs with you"),
            is_needed=is_needed,
        )
        self.fields["guardian_signature"] = StrokesField()

    def clean_shown(self) -> str:
        """Refuse ticks that were given to another text; they are taken off the page."""
        shown: str = self.cleaned_data["shown"]
        if shown != text_shown():
            ticks = {one["id"] for one in self._asked}
            kept = {key: self.data[key] for key in self.data if key not in ticks}
            self.data = {**kept, "shown": text_shown()}
            raise forms.ValidationError(
                _("The text changed while this page was open. Read it again and tick it.")
            )
        return shown

    def clean(self) -> dict[str, Any]:
        """Who signs beside the patient gives both a name and who they are."""
        cleaned = self.cleaned_data
        given = [name for name in SECOND if cleaned.get(name)]
        for name in SECOND[:2]:
            if given and name in self.fields and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    def statements(self) -> list[forms.BoundField]:
        """The tick boxes."""
        return [self[one["id"]] for one in self._asked]

    def errors_in_order(self) -> list[tuple[str, str]]:
        """Each error with the id of the control it is about."""
        return [(self._target(field), str(error)) for field in self for error in field.errors]

    def _target(self, field: forms.BoundField) -> str:
        if field.name == "shown":
            return str(self.statements()[0].auto_id)
        if field.is_hidden:
            return str(self[NAME_OF[field.name]].auto_id)
        return f"{field.auto_id}_0" if field.subwidgets[1:] else str(field.auto_id)

    def marks(self) -> Marks:
        """What was chosen and drawn."""
        names = ("signature", "chaperone", *SECOND)
        given = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return Marks(**given)


def text_shown() -> str:
    """The version and the language of the text this page shows."""
    return f"{CONSENT_VERSION} {(get_language() or 'en').partition('-')[0]}"


def _tick(statement: Statement) -> forms.BooleanField:
    words = _("Tick to agree: %(sentence)s") % {"sentence": shortened(statement["text"])}
    return forms.BooleanField(label=statement["text"], error_messages={"required": words})


class WithdrawalForm(forms.Form):
    """Who asked that the consent be taken back, and why."""

    asked_by = forms.ChoiceField(
        label="Who asked?",
        choices=[(one.value, one.label) for one in AskedBy if one is not AskedBy.LINK],
        widget=forms.RadioSelect,
        error_messages={"required": "Select who asked"},
    )
    reason = forms.CharField(
        label="Reason, in their own words",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": "Write the reason, or that none was given"},
    )
