from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from audit.choices import Action
from audit.services import record
from people.access import CLINICAL, staff
from people.models import User
from reports import charts
from reports.learning import Table, learning

DRAWN = ("dose", "twitch")


@staff(*CLINICAL)
@require_GET
def learning_page(request: HttpRequest) -> HttpResponse:
    """What the clinic's own sessions say, in groups that point at nobody."""
    record(Action.VIEW, cast(User, request.user), patient_id=None, detail="learning from the dose")
    page = learning()
    shown = [(table, drawing_of(table)) for table in page.tables]
    return render(request, "reports/learning.html", {"page": page, "tables": shown})


def drawing_of(table: Table) -> SafeString:
    """Soreness of each group as bars; a group that is not shown is a gap."""
    if table.name not in DRAWN:
        return SafeString("")
    day_one, day_two = (
        [column.means.get(group) for group in table.groups] for column in table.columns
    )
    frame = charts.Frame(labels=table.groups, width=340)
    svg = charts.soreness_bars(frame, f"{table.heading}, 0 to 10.", day_one, day_two)
    return mark_safe(svg)  # noqa: S308 - our own SVG functions escape every text they take
