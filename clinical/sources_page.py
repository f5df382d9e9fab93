"""The text of ``docs/clinical-sources.md``: every rule and table with its sources."""

from collections.abc import Iterable, Sequence

from clinical.entries import Reference
from clinical.segment_model import basis_of

INTRODUCTION = """# Clinical sources

Every rule and every table of the program, each with the keys of its sources. The sources stand
at the end. SEEN: an excerpt of the source was read. RECALLED: cited from memory, check before
relying on it. Nothing here is a diagnosis; the segment model is a proposal without a validation
study, and its output is a flag for the physiotherapist's attention.

This page is made from the reference data; change the data, not the page.
"""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|") or "-"


def _table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"## {title}", "", "| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _keys(sources: Iterable[str]) -> str:
    return ", ".join(sources)


def _muscles(known: Reference) -> str:
    header = ("muscle", "major roots", "minor roots", "nerve", "evidence", "lung", "sources")
    rows = (
        (
            m.name,
            " ".join(m.roots_major),
            " ".join(m.roots_minor),
            m.peripheral_nerve,
            m.root_evidence,
            "danger" if m.pneumothorax_risk else "",
            _keys(m.sources),
        )
        for m in known.muscles.values()
    )
    return _table("Muscles", header, rows)


def _levels(known: Reference) -> str:
    header = ("root", "key sensory point", "action tested", "reflexes", "sources")
    rows = (
        (
            level.root,
            level.dermatome_landmark,
            level.myotome_action,
            ", ".join(f"{name} {weight:g}" for name, weight in level.reflexes.items()),
            _keys(level.sources),
        )
        for level in known.levels.values()
    )
    return _table("Nerve roots", header, rows)


def _signs(known: Reference) -> str:
    header = ("sign", "scale", "side difference", "limits", "sources")
    rows = (
        (
            sign.name,
            sign.scale,
            sign.significant_side_difference,
            sign.reliability_and_limits,
            _keys(sign.sources),
        )
        for sign in known.signs.values()
    )
    return _table("Examination signs", header, rows)


def _screening(known: Reference) -> str:
    header = ("question", "category", "urgency", "what to do", "reason", "sources")
    rows = (
        (q.question, q.category, q.urgency, q.physio_action, q.rationale, _keys(q.sources))
        for q in known.screening
    )
    return _table("Screening before treatment", header, rows)


def _followup(known: Reference) -> str:
    header = ("question", "when", "asks for a call", "urgency", "expected course", "sources")
    rows = (
        (
            q.question,
            " ".join(q.timepoints),
            q.red_flag_rule,
            q.urgency,
            q.expected_course,
            _keys(q.sources),
        )
        for q in known.followup
    )
    return _table("Follow-up after treatment", header, rows)


def _outcome_measures(known: Reference) -> str:
    header = ("measure", "range", "smallest change", "licence", "shipped", "sources")
    rows = (
        (
            m.name,
            m.score_range,
            m.mcid_or_cutoff,
            m.licence_status,
            m.ship_in_open_source,
            _keys(m.sources),
        )
        for m in known.outcome_measures
    )
    return _table("Outcome measures", header, rows)


def _model(known: Reference) -> str:
    rows = (
        (name, table.basis, _keys(table.sources)) for name, table in basis_of(known.model).items()
    )
    title = f"Segment model, version {known.model.version}"
    return _table(title, ("parameters", "basis", "sources"), rows)


def _sources(known: Reference) -> str:
    header = ("key", "basis", "citation", "location", "what was seen or recalled", "confidence")
    rows = (
        (s.key, s.basis, s.citation, s.location, s.remark, s.confidence)
        for s in known.sources.values()
    )
    return _table("Sources", header, rows)


def sources_page(known: Reference) -> str:
    """The whole page as markdown."""
    tables = (_muscles, _levels, _signs, _screening, _followup, _outcome_measures, _model, _sources)
    return "\n".join((INTRODUCTION, *(table(known) for table in tables)))
