"""Who may use which view. A view without a declaration answers 404; a test walks them all."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.http import HttpResponseBase

from people.choices import LinkPurpose, Role

View = Callable[..., HttpResponseBase]


class Audience(StrEnum):
    PUBLIC = "public"
    STAFF = "staff"
    PATIENT = "patient"


@dataclass(frozen=True)
class Access:
    """The declaration a view carries: its audience, and which roles or which link purpose."""

    audience: Audience
    roles: frozenset[Role] = frozenset()
    is_enrolment: bool = False
    purpose: LinkPurpose | None = None


def declare(view: View, access: Access) -> View:
    """Attach a declaration to ``view``; raises when it already has another."""
    held = getattr(view, "access", access)
    if held != access:
        raise ValueError(f"{view} is already declared as {held}")
    view.access = access  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody may use this view (sign-in, the first page of a link, health)."""
    return declare(view, Access(Audience.PUBLIC))


def staff(*roles: Role) -> Callable[[View], View]:
    """Signed-in staff of these roles; every role when none is named. Others get 404."""
    allowed = frozenset(roles) or frozenset(Role)
    return lambda view: declare(view, Access(Audience.STAFF, allowed))


def enrolling(view: View) -> View:
    """Signed-in staff of any role, also before they have enrolled a second factor."""
    return declare(view, Access(Audience.STAFF, frozenset(Role), is_enrolment=True))


def patient(purpose: LinkPurpose) -> Callable[[View], View]:
    """A patient who opened a link of this purpose; ``request.patient_link`` is then set."""
    return lambda view: declare(view, Access(Audience.PATIENT, purpose=purpose))


def access_of(view: Any) -> Access | None:
    """The declaration of a resolved view, or None when there is none."""
    return getattr(view, "access", None)


# Only physiotherapists read or write anything clinical; everyone on staff sees the calendar.
CLINICAL = (Role.PHYSIOTHERAPIST,)
DESK = (Role.FRONT_DESK, Role.CLINIC_ADMIN, Role.PHYSIOTHERAPIST)
