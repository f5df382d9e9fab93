"""The text of ``docs/clinical-sources.md``: every rule and table with its sources.

``python -m clinical.sources_page > docs/clinical-sources.md`` writes the page.
"""

import sys
from collections.abc import Iterable, Sequence

from clinical.entries import Reference
from clinical.reference import reference
from clinical.segment_model import basis_of

INTRODUCTION = """# Clinical sources

Every rule and every table of the program, each with the keys of its sources. The sources stand
at the end. SEEN: an excerpt of the source was read. RECALLED: cited from memory, check before
relying on it. Nothing here is a diagnosis; the segment model is a proposal without a validation
study, and its output is a flag for the physiotherapist's attention.

This page is made from the reference data; change the data, not the page.
"""

HOW_CHECKED = """## How the segment model was checked

Version {version} was held against {cases} written examinations
(`tests/clinical/segments/cases`). Each names the publication or the textbook rule it was written
after: single roots as operated and imaged series describe them, examinations that consist of
palpation, peripheral nerves, several roots at once, findings equal on both sides, widespread
tenderness, signs of the cord and of the cauda equina, and examinations that should flag nothing.
All were written before the model was tuned; then each kind of case was halved by chance with a
fixed seed. Parameters were chosen on the first half and on simulated examinations drawn from the
single-root tables; the second half was not looked at before. It was scored when the tuning was
done, and again after later corrections that no case had asked for. One case of the first half was
rewritten because it contradicted the gate it was to test.

A right answer has an accepted pattern, the first root or nerve the case accepts, the right side,
and no flag on a wrong side; `judging.py` beside the cases says it in full.

| half | cases | right, version 1.0 (untuned) | right, version {version} |
|---|---|---|---|
| tuning | {tuning} | {first_tuning} | {right_tuning} |
| held back | {held_back} | {first_held_back} | {right_held_back} |

No case is flagged on a wrong side and no red flag is missed; the tests hold both.

What the figures show: the model does what the cited tables and rules say, also in examinations
that it was not tuned on, and it does so alike on the right and on the left. What they do not show:
how often it is right about patients. The cases were written by the same hand as the model, after
the textbook, and are clearer than an examination in a clinic; nobody was operated, imaged or
measured. In simulated examinations with incomplete and noisy signs the first root is right in
about nine of ten, and neighbours (C8 and T1, L2 to L4) are confused most. Agreement with an expert
panel, agreement between two examiners, comparison with imaging or nerve tests, and the rate of
flags in people without pain have not been measured. The output stays a flag for attention.
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


def _how_checked(known: Reference) -> str:
    checked = known.model.checked
    return HOW_CHECKED.format(
        version=known.model.version,
        cases=checked.cases_tuning + checked.cases_held_back,
        tuning=checked.cases_tuning,
        first_tuning=checked.first_right_tuning,
        right_tuning=checked.right_tuning,
        held_back=checked.cases_held_back,
        first_held_back=checked.first_right_held_back,
        right_held_back=checked.right_held_back,
    )


def _sources(known: Reference) -> str:
    header = ("key", "basis", "citation", "location", "what was seen or recalled", "confidence")
    rows = (
        (s.key, s.basis, s.citation, s.location, s.remark, s.confidence)
        for s in known.sources.values()
    )
    return _table("Sources", header, rows)


def sources_page(known: Reference) -> str:
    """The whole page as markdown."""
    rules = (_muscles, _levels, _signs, _screening, _followup, _outcome_measures, _model)
    parts = (*rules, _how_checked, _sources)
    return "\n".join((INTRODUCTION, *(part(known) for part in parts)))


if __name__ == "__main__":
    sys.stdout.write(sources_page(reference()))
