from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from ims_clinic.board import Board, Column, board_of
from ims_clinic.day_rows import next_open_day, read_day
from ims_clinic.month import month_of
from ims_clinic.pieces import month_html
from people.access import staff
from people.models import User


@staff()
@require_GET
def day(request: HttpRequest, day: date | None = None) -> HttpResponseBase:
    """One day of the clinic. A refresh gets the changed part only, or 304 when nothing changed."""
    with_cancelled = "cancelled" in request.GET
    rows = read_day(day, timezone.now(), with_cancelled=with_cancelled)
    if rows is None:
        return render(request, "clinic/calendar_not_set_up.html")
    board = board_of(rows)
    content = render_to_string("clinic/calendar_day.html", _context(request, board))
    etag = f'"{sha256(content.encode()).hexdigest()[:32]}"'
    context = {
        "board": board,
        "content": content,
        "etag": etag,
        "address": _address(request, board),
    }
    if "HX-Request" not in request.headers:
        return render(request, "clinic/calendar.html", context)
    answer = HttpResponse(render_to_string("clinic/calendar_part.html", context))
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _address(request: HttpRequest, board: Board) -> str:
    """The address of exactly this view of the day, also after midnight."""
    path = reverse("clinic:day-of", args=[board.rows.day])
    query = request.GET.urlencode()
    return f"{path}?{query}" if query else path


def _context(request: HttpRequest, board: Board) -> dict[str, Any]:
    on = board.rows.day
    chosen = _chosen(request, board)
    index = board.columns.index(chosen) if chosen else 0
    return {
        "board": board,
        "day": on,
        "month": month_html(month_of(on, board.rows.today)),
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "open_day": next_open_day(on) if board.is_closed else None,
        "can_book": on >= board.rows.today,
        "chosen": chosen,
        "column_before": board.columns[index - 1] if index else None,
        "column_after": next(iter(board.columns[index + 1 : index + 2]), None),
        "with_cancelled": "cancelled" in request.GET,
    }


def _chosen(request: HttpRequest, board: Board) -> Column | None:
    """The column a phone shows: the one asked for, else one's own, else the first."""
    user: User = request.user  # type: ignore[assignment]  # the middleware let staff through only
    asked = request.GET.get("who", "")
    for column in board.columns:
        if f"{column.practitioner.pk}" == asked:
            return column
    own = (c for c in board.columns if c.practitioner.user_id == user.pk)
    return next(own, next(iter(board.columns), None))
