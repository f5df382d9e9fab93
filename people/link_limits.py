"""Slows down whoever tries links that open nothing: by network address, and in the whole clinic."""

import logging
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from people.models import LinkMisses

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """So many misses in so long; then a wait, which doubles up to an hour."""

    name: str
    misses: int
    within: timedelta


ONE_ADDRESS = Limit("one address", 10, timedelta(minutes=10))
WHOLE_CLINIC = Limit("the clinic", 100, timedelta(hours=1))
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=10), timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)
CLINIC = "clinic"


def minutes_to_wait(request: HttpRequest) -> int:
    """How long this address still waits before any link opens for it; 0 when it need not."""
    held = LinkMisses.objects.filter(source=_source(request)).first()
    return _minutes_left(held, timezone.now())


def note_miss(request: HttpRequest) -> int:
    """Count a link that opened nothing; the minutes to wait when there were too many before.

    A flood from many addresses slows down wrong links only, so that it shuts no patient out.
    """
    is_over = _count(CLINIC, WHOLE_CLINIC)
    _count(_source(request), ONE_ADDRESS)
    return is_over


@transaction.atomic
def _count(source: str, limit: Limit) -> int:
    """Count one miss; the minutes of a wait that ran already. One log line when a wait begins."""
    now = timezone.now()
    held = _held(source, now)
    minutes = _minutes_left(held, now)
    if minutes:
        return minutes
    if now - held.counted_from >= limit.within:
        held.count, held.counted_from = 0, now
    held.count, held.last_at = held.count + 1, now
    if held.count >= limit.misses:
        wait = min(FIRST_WAIT * 2 ** min(held.strikes, 10), LONGEST_WAIT)
        held.count, held.strikes, held.blocked_until = 0, held.strikes + 1, now + wait
        log.warning("Too many wrong patient links from %s: wait of %s", limit.name, wait)
    held.save()
    return 0


def _held(source: str, now: datetime) -> LinkMisses:
    """The row of a source, locked; rows that were quiet for a day are forgotten first."""
    LinkMisses.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()
    held, _created = LinkMisses.objects.select_for_update().get_or_create(source=source)
    return held


def _minutes_left(held: LinkMisses | None, now: datetime) -> int:
    if held is None or held.blocked_until is None or held.blocked_until <= now:
        return 0
    return math.ceil((held.blocked_until - now).total_seconds() / 60)


def _source(request: HttpRequest) -> str:
    """The network address of a browser, hashed. Only our own proxy's word is taken for it."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_TLS else ""
    address = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    return salted_hmac("people.link_limits", address, algorithm="sha256").hexdigest()
