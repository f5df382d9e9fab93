"""Staff sign-in by django-allauth: by invitation only, with a second factor where required."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from people.models import User


class InviteOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: a clinic admin creates staff accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """True for signed-in staff who must enrol a second factor before anything else."""
    return settings.REQUIRE_TWO_FACTOR and not is_mfa_enabled(user)
