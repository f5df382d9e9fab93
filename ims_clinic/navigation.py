"""What every staff page shows around its content: the way by role, the count of the inbox."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from ims_clinic import inbox
from ims_clinic.demo_accounts import sign_ins
from people.choices import Role
from people.models import User

THEMES = ("light", "dark")
THEME_COOKIE = "theme"


@dataclass(frozen=True)
class Item:
    """One entry of the bar; ``counted_at`` answers with its number of now."""

    words: str
    address: str
    is_here: bool
    count: int = 0
    counted_at: str = ""


class Shell:
    """Asked only by templates that show the bar, so that a fragment costs no query."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def theme(self) -> str:
        chosen = self.request.COOKIES.get(THEME_COOKIE, THEMES[0])
        return chosen if chosen in THEMES else THEMES[0]

    @property
    def other_theme(self) -> str:
        return THEMES[1 - THEMES.index(self.theme)]

    @property
    def is_demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def sign_ins(self) -> list[dict[str, str]]:
        """The demo's accounts, for its sign-in page."""
        return sign_ins() if self.is_demo else []

    @cached_property
    def items(self) -> list[Item]:
        user = self.request.user
        if not user.is_authenticated:
            return []
        is_physio = user.role == Role.PHYSIOTHERAPIST
        ways = [
            ("My day" if is_physio else "Today", "clinic:home"),
            ("Calendar", "clinic:day"),
            ("Patients", "clinic:patients"),
        ]
        if is_physio:
            ways.append(("Inbox", "clinic:inbox"))
            ways.append(("Exercises", "sessions:exercises"))
        if user.role == Role.CLINIC_ADMIN:
            ways.append(("Jobs", "clinic:jobs"))
        if self.is_demo:
            ways.append(("Messages", "clinic:messages"))
        return [self._item(words, name, user) for words, name in ways]

    def _item(self, words: str, name: str, user: User) -> Item:
        address = reverse(name)
        here = self.request.path
        is_here = here == address or (address != "/" and here.startswith(address))
        if name != "clinic:inbox":
            return Item(words, address, is_here)
        return Item(words, address, is_here, inbox.count_for(user), reverse("clinic:inbox-count"))


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the staff pages."""
    return {"shell": Shell(request)}
