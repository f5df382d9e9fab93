"""The desk's jobs: booking, the day, and a patient's page."""

from collections.abc import Iterator
from datetime import datetime
from itertools import cycle

from django.db.models import Count
from django.urls import reverse

from benchmarks.caller import Caller, statements, wanted
from benchmarks.measure import WARM_UP, Floor, Row, measure
from benchmarks.scene import FIRST, Scene, free_starts
from people.models import Patient

ROUNDS = 100
FRAGMENT = {"hx_request": "true"}


def rows(scene: Scene, bare: Caller) -> Iterator[Row]:
    insert = Floor("INSERT under exclusion", lambda: wanted(bare.post("/insert", {}), 200))
    as_html = Floor("30 rows as HTML", lambda: wanted(bare.get("/html"), 200))
    as_json = Floor("30 rows as JSON", lambda: wanted(bare.get("/json"), 200))
    yield _booking(scene, insert)
    yield _refusal(scene, insert)
    yield from _day(scene, as_html, as_json)
    yield _chart(scene, as_html)


def _booking(scene: Scene, floor: Floor) -> Row:
    starts, patients = free_starts(scene, 10), cycle(scene.patients)
    desks = scene.desks(WARM_UP + ROUNDS + 1)

    def act() -> None:
        wanted(next(desks).post(*scene.booking(next(patients), next(starts))), 302)

    return measure(
        "book an appointment at the desk",
        act,
        rounds=ROUNDS,
        floor=floor,
        queries=statements(act),
        goal="<= 5x, <= 10 SQL",
    )


def _refusal(scene: Scene, floor: Floor) -> Row:
    """The first time of the full day is taken, so the page comes back with three free ones."""
    taken = datetime.combine(scene.full_day, FIRST)
    address, fields = scene.booking(scene.patients[-1], taken)
    return measure(
        "a taken time: refusal with three free times",
        lambda: wanted(scene.desk.post(address, fields), 200),
        rounds=60,
        floor=floor,
        queries=statements(lambda: scene.desk.post(address, fields)),
    )


def _day(scene: Scene, as_html: Floor, as_json: Floor) -> Iterator[Row]:
    address = reverse("clinic:day-of", args=[scene.full_day])
    page = wanted(scene.desk.get(address), 200)
    yield measure(
        "day page, 30 appointments",
        lambda: wanted(scene.desk.get(address), 200),
        rounds=60,
        floor=as_html,
        queries=statements(lambda: scene.desk.get(address)),
        goal="<= 3x, <= 8 SQL, <= 40 kB",
        note=f"{len(page.body) / 1000:.0f} kB",
    )
    part = wanted(scene.desk.get(address, **FRAGMENT), 200)
    yield measure(
        "day fragment (refresh)",
        lambda: wanted(scene.desk.get(address, **FRAGMENT), 200),
        rounds=60,
        floor=as_json,
        queries=statements(lambda: scene.desk.get(address, **FRAGMENT)),
        goal="<= 2.5x, <= 5 SQL",
        note=f"{len(part.body) / 1000:.0f} kB",
    )
    known = {**FRAGMENT, "if_none_match": part.headers["ETag"]}
    yield measure(
        "day fragment, nothing changed",
        lambda: wanted(scene.desk.get(address, **known), 304),
        rounds=60,
        floor=as_json,
        queries=statements(lambda: scene.desk.get(address, **known)),
        goal="304",
    )


def _chart(scene: Scene, floor: Floor) -> Row:
    longest = Patient.objects.annotate(n=Count("treatmentsession")).latest("n")
    address = reverse("clinic:patient", args=[longest.pk])
    return measure(
        "patient page of a physiotherapist",
        lambda: wanted(scene.physio.get(address), 200),
        rounds=60,
        floor=floor,
        queries=statements(lambda: scene.physio.get(address)),
        goal="<= 5x, <= 12 SQL",
    )
