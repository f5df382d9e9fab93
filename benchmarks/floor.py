"""The floors: a handful of bare views over the same tables, without middleware or sign-in."""

from datetime import timedelta
from itertools import count

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import Context, Engine
from django.urls import path
from django.utils import timezone

from scheduling.models import Appointment

LIST = Engine().from_string(
    "<!doctype html><ul>{% for a in rows %}<li>{{ a.wall_time }} {{ a.patient.given_name }} "
    "{{ a.patient.family_name }} {{ a.appointment_type.name }} {{ a.get_status_display }}</li>"
    "{% endfor %}</ul>"
)
slot = count()


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def select(_request: HttpRequest) -> HttpResponse:
    first = Appointment.objects.order_by("pk").values_list("pk", flat=True)[:1]
    return HttpResponse(str(list(Appointment.objects.filter(pk__in=list(first)))))


def thirty() -> list[Appointment]:
    rows = Appointment.objects.select_related("patient", "appointment_type")
    return list(rows.order_by("pk")[:30])


def rows_as_json(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"rows": [{"id": one.pk, "at": str(one.starts_at)} for one in thirty()]})


def rows_as_html(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(LIST.render(Context({"rows": thirty()})))


@transaction.atomic
def insert_under_exclusion(_request: HttpRequest) -> HttpResponse:
    """One INSERT into a table with one GiST exclusion constraint, nothing else."""
    starts = timezone.now() + timedelta(minutes=next(slot))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO benchmark_floor (owner, starts, ends) VALUES (%s, %s, %s)",
            [1, starts, starts + timedelta(seconds=30)],
        )
    return HttpResponse("ok")


CREATE_TABLE = """
CREATE TABLE IF NOT EXISTS benchmark_floor (
    id bigserial PRIMARY KEY, owner bigint NOT NULL, starts timestamptz NOT NULL,
    ends timestamptz NOT NULL,
    EXCLUDE USING gist (int8range(owner, owner, '[]') WITH &&, tstzrange(starts, ends) WITH &&)
);
GRANT ALL ON benchmark_floor TO PUBLIC; GRANT ALL ON benchmark_floor_id_seq TO PUBLIC;
TRUNCATE benchmark_floor;
"""

urlpatterns = [
    path("empty", empty),
    path("select", select),
    path("json", rows_as_json),
    path("html", rows_as_html),
    path("insert", insert_under_exclusion),
]
