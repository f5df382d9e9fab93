"""Staff sign-in by django-allauth: by invitation only, with a second factor where required."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from notifications.services import enqueue
from people.link_devices import CLINIC_DEVICE_KEY
from people.links import forget_links
from people.models import User


class InviteOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: a clinic admin creates staff accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in; a patient's pages that were open in this browser close."""
        forget_links(request.session)
        request.session.pop(CLINIC_DEVICE_KEY, None)
        super().login(request, user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand the message to the queue, so that a mail server that is down delays no page.

        The link of a password reset is kept apart from the text and forgotten once delivered.
        """
        link = context.pop("password_reset_url", "")
        message = self.render_mail(template_prefix, email, {**context, "password_reset_url": ""})
        enqueue(
            address=email,
            recipient=email,
            subject=message.subject,
            body=message.body.strip(),
            secret_link=link,
        )


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """True for signed-in staff who must enrol a second factor before anything else."""
    return settings.REQUIRE_TWO_FACTOR and not is_mfa_enabled(user)
