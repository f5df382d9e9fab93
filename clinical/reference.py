"""The clinical reference data: loaded, checked and frozen. Nothing here is guessed."""

import functools
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from clinical.csv_rows import ReferenceError, Row, read_rows  # noqa: A004 - our own error
from clinical.entries import (
    FollowUpQuestion,
    Level,
    Muscle,
    NeedleClass,
    OutcomeMeasure,
    Reference,
    ScreeningQuestion,
    Sign,
    Source,
)
from clinical.segment_model import load_model
from clinical.vocabulary import RiskCategory, Urgency

__all__ = [
    "DEFAULT_FOLDER",
    "FollowUpQuestion",
    "Level",
    "Muscle",
    "OutcomeMeasure",
    "Reference",
    "ReferenceError",
    "ScreeningQuestion",
    "Sign",
    "Source",
    "load_reference",
    "reference",
]

DEFAULT_FOLDER = Path(__file__).parent / "reference"
MUSCLE_LAYERS = ("surface", "deep", "spine")
ANY = "any"


def _source(row: Row) -> Source:
    return Source(
        *(row.text(field) for field in ("key", "basis", "citation")),
        *(row.optional(field) for field in ("location", "what_was_seen_or_recalled", "confidence")),
    )


def _muscle(row: Row, sources: Mapping[str, Source]) -> Muscle:
    return Muscle(
        id=row.text("id"),
        name=row.text("name"),
        latin=row.text("latin"),
        region=row.text("region"),
        peripheral_nerve=row.text("peripheral_nerve"),
        roots_major=row.segments("roots_major"),
        roots_minor=row.segments("roots_minor"),
        axial=row.yes_no("axial"),
        danger_structures=row.many("danger_structures"),
        pneumothorax_risk=row.yes_no("pneumothorax_risk"),
        snomed_ct_code=row.optional("snomed_ct_code"),
        sources=row.sources(sources),
        nerve_chain=row.many("nerve_chain", ">") or row.fail("nerve_chain", "is empty"),
        root_evidence=row.text("root_evidence"),
        notes=row.optional("notes"),
    )


def _level(row: Row, muscles: Mapping[str, Muscle], sources: Mapping[str, Source]) -> Level:
    for muscle in row.many("discriminating_muscles"):
        if muscle not in muscles:
            row.fail("discriminating_muscles", f"unknown muscle {muscle!r}")
    return Level(
        root=row.segment("root"),
        dermatome_landmark=row.text("dermatome_landmark"),
        key_muscle=row.optional("isncsci_key_muscle"),
        myotome_action=row.optional("myotome_action_tested"),
        reflexes=MappingProxyType(row.weights("reflexes_weighted")),
        disc_level=row.optional("disc_level_typical"),
        referral_region=row.optional("typical_referral_region"),
        sympathetic_remark=row.optional("sympathetic_remark"),
        discriminating_muscles=row.many("discriminating_muscles"),
        cautions=row.optional("look_alikes_and_cautions"),
        sources=row.sources(sources),
    )


def _sign(row: Row, sources: Mapping[str, Source]) -> Sign:
    fields = [name for name in Sign.__dataclass_fields__ if name != "sources"]
    return Sign(**{name: row.text(name) for name in fields}, sources=row.sources(sources))


def _screening(row: Row, sources: Mapping[str, Source]) -> ScreeningQuestion:
    return ScreeningQuestion(
        id=row.text("id"),
        question=row.text("question"),
        category=row.choice("category", RiskCategory),
        region_scope=row.text("region_scope"),
        physio_action=row.text("physio_action"),
        rationale=row.text("rationale"),
        sources=row.sources(sources),
        answer_type=row.text("answer_type"),
        triggering_answer=row.text("triggering_answer"),
        urgency=row.choice("urgency", Urgency),
        group=row.text("group"),
    )


def _followup(row: Row, sources: Mapping[str, Source]) -> FollowUpQuestion:
    return FollowUpQuestion(
        id=row.text("id"),
        timepoints=row.many("timepoint") or row.fail("timepoint", "is empty"),
        question=row.text("question"),
        answer_type=row.text("answer_type"),
        options=row.optional("options"),
        red_flag_rule=row.optional("red_flag_rule"),
        urgency=row.choice("urgency", Urgency),
        patient_message=row.optional("patient_message"),
        physio_action=row.optional("physio_action"),
        expected_course=row.optional("expected_course"),
        sources=row.sources(sources),
    )


def _outcome_measure(row: Row, sources: Mapping[str, Source]) -> OutcomeMeasure:
    fields = [name for name in OutcomeMeasure.__dataclass_fields__ if name != "sources"]
    return OutcomeMeasure(
        **{name: row.optional(name) for name in fields}, sources=row.sources(sources)
    )


def _needle_class(row: Row, sources: Mapping[str, Source]) -> NeedleClass:
    over_lung, depth = row.text("over_lung"), row.text("depth")
    return NeedleClass(
        id=row.text("id"),
        regions=row.many("regions"),
        depth=None if depth == ANY else depth,
        over_lung=None if over_lung == ANY else row.yes_no("over_lung"),
        gauge_mm=Decimal(row.text("gauge_mm")),
        length_mm=int(row.text("length_mm")),
        longest_mm=int(row.text("longest_mm")),
        sources=row.sources(sources),
        remark=row.optional("remark"),
    )


def _body_chart(path: Path, muscle_rows: list[Row]) -> Mapping[str, Any]:
    """The chart, with exactly one name for every muscle shape."""
    if not path.is_file():
        raise ReferenceError(path.name, 0, "file", "is missing")
    text = path.read_text(encoding="utf-8")
    chart: dict[str, Any] = json.loads(text)
    layers = [chart[view].get(layer, {}) for view in ("front", "back") for layer in MUSCLE_LAYERS]
    shapes = {name for layer in layers for name in layer}
    for row in muscle_rows:
        if row.text("id") not in shapes:
            row.fail("id", f"{row.text('id')!r} has no shape in {path.name}")
    for name in sorted(shapes - {row.text("id") for row in muscle_rows}):
        line = text[: text.index(f'"{name}"')].count("\n") + 1
        raise ReferenceError(path.name, line, name, "is a shape without a muscle")
    return MappingProxyType(chart)


def load_reference(folder: Path = DEFAULT_FOLDER) -> Reference:
    """Read and check every table in ``folder``; the first fault raises ``ReferenceError``."""
    sources = {s.key: s for s in map(_source, read_rows(folder / "sources.csv", "key"))}
    muscle_rows = read_rows(folder / "muscles.csv", "id")
    muscles = {m.id: m for m in (_muscle(row, sources) for row in muscle_rows)}
    level_rows = read_rows(folder / "levels.csv", "root")
    levels = {row.segment("root"): _level(row, muscles, sources) for row in level_rows}
    signs = {
        s.id: s for s in (_sign(row, sources) for row in read_rows(folder / "signs.csv", "id"))
    }

    def rows(name: str) -> list[Row]:
        return read_rows(folder / name, "id")

    return Reference(
        muscles=MappingProxyType(muscles),
        levels=MappingProxyType(levels),
        signs=MappingProxyType(signs),
        screening=tuple(_screening(row, sources) for row in rows("screening.csv")),
        followup=tuple(_followup(row, sources) for row in rows("followup.csv")),
        outcome_measures=tuple(
            _outcome_measure(row, sources) for row in rows("outcome_measures.csv")
        ),
        needles=tuple(_needle_class(row, sources) for row in rows("needles.csv")),
        sources=MappingProxyType(sources),
        body_chart=_body_chart(folder / "bodychart.json", muscle_rows),
        model=load_model(folder / "segment_model.toml", sources),
    )


@functools.cache
def reference() -> Reference:
    """The reference data that came with the program, read once."""
    return load_reference()
