"""The page of a second device: a one-time code to see the answers, or on without seeing them."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.patient_access import at_clinic, link_of, posted
from people.link_codes import DIGITS, TooManyCodes, is_right_code, masked_email, send_code
from people.link_devices import may_read_back, trust_browser
from people.links import is_confirmed
from people.models import PatientLink
from scheduling.models import Location

SEND, SENT = "send", "sent"


class CodeForm(forms.Form):
    """The code as typed; spaces do not matter."""

    code = forms.CharField(
        label=_("Code from the e-mail"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "box-code"}
        ),
        error_messages={"required": _("Enter the 6 numbers of the code")},
    )

    def clean_code(self) -> str:
        code = "".join(c for c in str(self.cleaned_data["code"]) if not c.isspace())
        if len(code) != DIGITS or not code.isdecimal():
            raise forms.ValidationError(_("Enter the 6 numbers of the code"))
        return code


def ask_code(request: HttpRequest, *, onward: str, birth_date: str) -> HttpResponse:
    """Send a code, or take one; the right one makes this browser one that may read back."""
    link = link_of(request)
    if not is_confirmed(request.session, link):
        return redirect(birth_date)
    if may_read_back(request, link):
        return redirect(onward)
    if SEND in request.POST:
        return _send(request, link, onward)
    form = CodeForm(posted(request), label_suffix="")
    is_sent = form.is_bound or SENT in request.GET
    if form.is_valid():
        if is_right_code(link=link, typed=form.cleaned_data["code"]):
            response = redirect(onward)
            trust_browser(request, response, link)
            return response
        form.add_error("code", gettext("This code is wrong or too old. Try again or get a new one"))
    return _page(request, link, onward, form=form, is_sent=is_sent)


def _send(request: HttpRequest, link: PatientLink, onward: str) -> HttpResponse:
    clinic = Location.objects.order_by("pk").first()
    form = CodeForm(label_suffix="")
    if not link.patient.email:
        return _page(request, link, onward, form=form, is_sent=False)
    try:
        send_code(link=link, clinic=clinic.name if clinic else "")
    except TooManyCodes:
        sentence = gettext("We sent 3 codes in this hour. Use the newest, or wait an hour")
        return _page(request, link, onward, form=form, is_sent=True, problem=sentence)
    return redirect(f"{request.path}?{SENT}=1")


def _page(
    request: HttpRequest,
    link: PatientLink,
    onward: str,
    *,
    form: CodeForm,
    is_sent: bool,
    problem: str = "",
) -> HttpResponse:
    email = link.patient.email
    context = at_clinic(
        form=form,
        is_sent=is_sent,
        email=masked_email(email) if email else "",
        onward=onward,
        problems=[
            *([("send-code", problem)] if problem else []),
            *((str(form["code"].auto_id), str(error)) for error in form["code"].errors),
        ],
    )
    return render(request, "intake/device.html", context)
