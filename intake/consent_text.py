"""What a patient consents to: the text, its version, and its fingerprint. Data only.

The statements are the consent rows of ``clinical/reference/screening.csv`` with their published
frequencies and sources. A change of any sentence needs a new ``CONSENT_VERSION``: a consent to an
older text no longer opens a session. A test holds the fingerprint of each version.
"""

import hashlib
from typing import TypedDict

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from clinical.screening import ADULT_AGE, consent_statements

CONSENT_VERSION = "2026.2"
OF_AGE = ADULT_AGE  # below, a parent or guardian signs too
HELP_TO_DECIDE = "capacity"  # the row that asks whether somebody needs help to decide

INTRODUCTION = (
    _(
        "Your physiotherapist puts thin needles through the skin into tight muscles. This is "
        "called IMS or dry needling."
    ),
    _("You may feel a short ache, a cramp, or a small jump of the muscle. This is normal."),
    _("The muscles are often sore for 24 to 48 hours afterwards."),
    _("You can stop at any time, also in the middle of a treatment. You need not say why."),
    _("You can ask us anything before you sign. Call the clinic or ask at your visit."),
)


class Statement(TypedDict):
    """One statement as it is kept with a consent."""

    id: str
    text: str
    ticked: bool


def introduction_shown() -> list[str]:
    """The introduction in the language of the page."""
    return [gettext(sentence) for sentence in INTRODUCTION]


def statements_shown() -> list[Statement]:
    """Every statement in the language of the page, as ticked: no consent is kept with less."""
    return [
        Statement(id=row.id, text=gettext(row.question), ticked=True)
        for row in consent_statements()
    ]


def text_fingerprint() -> str:
    """A hash of every sentence in English, which only a new version may change."""
    rows = [f"{row.id}: {row.question}" for row in consent_statements()]
    return hashlib.sha256("\n".join([*INTRODUCTION, *rows]).encode()).hexdigest()
