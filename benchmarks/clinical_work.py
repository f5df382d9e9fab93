"""The physiotherapist's jobs: one cell of an assessment, the engine alone, a document."""

import logging
from collections.abc import Iterator
from itertools import cycle
from unittest.mock import patch

from django.urls import reverse
from weasyprint import CSS, HTML

from assessment.inference import findings_of
from assessment.models import Assessment
from benchmarks.caller import Caller, statements, wanted
from benchmarks.measure import Floor, Row, measure
from benchmarks.scene import Scene
from clinical.reference import reference
from clinical.segments import Finding, infer_segments
from clinical.vocabulary import ROOTS
from reports import documents, rendering, summaries

Source = tuple[str, str]
KEY_POINTS = ROOTS[ROOTS.index("C2") : ROOTS.index("S4") + 1]
REFLEXES = ("biceps", "brachioradialis", "triceps", "patellar", "medial_hamstring", "achilles")


def rows(scene: Scene, bare: Caller) -> Iterator[Row]:
    insert = Floor("INSERT under exclusion", lambda: wanted(bare.post("/insert", {}), 200))
    yield _autosave(scene, insert)
    yield _engine()
    yield from _whole_examination()
    yield _document()


def _autosave(scene: Scene, floor: Floor) -> Row:
    draft = Assessment.objects.filter(signed_at=None).latest("pk")
    address = reverse("assessment:save-finding", args=[draft.pk])
    cell = draft.findings.filter(sign="muscle_tone").latest("pk")
    grades = cycle("123")

    def fields() -> dict[str, str]:
        return {"cell": f"{cell.sign}|{cell.site}|{cell.side}|{next(grades)}"}

    def act() -> None:
        wanted(scene.physio.post(address, fields(), hx_request="true"), 200)

    part = scene.physio.post(address, fields(), hx_request="true")
    return measure(
        "autosave one cell of an assessment and redraw the ladder",
        act,
        rounds=60,
        floor=floor,
        queries=statements(act),
        goal="<= 5x, <= 8 SQL, <= 6 kB",
        note=f"{len(part.body) / 1000:.1f} kB",
    )


def _engine() -> Row:
    findings = findings_of(list(_fullest().findings.all()))
    number = sum(finding.is_tested for finding in findings)
    return measure(
        f"segment engine alone, {number} findings",
        lambda: infer_segments(findings),
        rounds=40,
    )


def _whole_examination() -> Iterator[Row]:
    """Every muscle, the 28 key points and six reflexes of both sides, with a weak L5."""
    known = reference()
    weak = known.levels["L5"].discriminating_muscles
    findings = [
        *(Finding("strength_mrc", m, 4 if m in weak else 5, 5) for m in known.muscles),
        *(Finding("pinprick", root, 1 if root == "L5" else 2, 2) for root in KEY_POINTS),
        *(Finding("reflex", name, 2, 2) for name in REFLEXES),
    ]
    job = f"segment engine, a whole examination of {len(findings)} findings"
    yield measure(
        f"{job}, without what it depends on",
        lambda: infer_segments(findings, with_fragility=False),
        rounds=40,
        goal="2 ms",
    )
    yield measure(job, lambda: infer_segments(findings), rounds=40, goal="60 ms")


def _fullest() -> Assessment:
    signed = Assessment.objects.exclude(signed_at=None).select_related(
        "patient", "signed_by", "practitioner__user"
    )
    return max(signed, key=lambda one: one.findings.count())


def _document() -> Row:
    """The assessment report by the render process, against WeasyPrint with nothing around it."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    html, css = _source()
    process = rendering.RenderProcess()
    pages = len(HTML(string=html).render(stylesheets=[CSS(string=css)]).pages)
    row = measure(
        f"document of {pages} pages, warm render process",
        lambda: process.render(html, css),
        rounds=15,
        floor=Floor(
            "bare WeasyPrint",
            lambda: HTML(string=html).write_pdf(stylesheets=[CSS(string=css)]),
        ),
        goal="<= 1.15x, 400 ms",
        note=f"{len(process.render(html, css)) / 1000:.0f} kB",
    )
    process.stop()
    return row


def _source() -> Source:
    """HTML and CSS of an assessment report, as they are handed to the render process."""
    one = _fullest()
    with patch.object(documents, "process") as process:
        documents.assessment_document(summaries.assessment_summary(one, one.report or {}))
    html, css = process.render.call_args.args
    return html, css
