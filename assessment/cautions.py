"""What lies in the way of needling a muscle, beside its row and on the chart of a draft."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from assessment.grid import PALPATION_TAB
from assessment.shown import RowShown, Tab
from clinical.plan import plan_row
from clinical.reference import reference
from clinical.screening import lung_muscles
from intake.precautions import Precautions


def marks_of(precautions: Precautions) -> Mapping[str, str]:
    """The muscles that the screening blocks, each with the words of the block."""
    block = precautions.block
    return dict.fromkeys(lung_muscles(), block.heading) if block else {}


def cautioned(tabs: Iterable[Tab], precautions: Precautions) -> tuple[Tab, ...]:
    """The form with what the screening says of each palpated muscle, and what lies beside it."""
    return tuple(_tab(tab, precautions) if tab.id == PALPATION_TAB else tab for tab in tabs)


def _tab(tab: Tab, precautions: Precautions) -> Tab:
    sections = (
        replace(section, rows=tuple(_row(row, precautions) for row in section.rows))
        for section in tab.sections
    )
    return replace(tab, sections=tuple(sections))


def _row(row: RowShown, precautions: Precautions) -> RowShown:
    block, muscle = precautions.block, reference().muscles.get(row.site)
    is_blocked = block is not None and block.covers(row.site)
    rule = block.rule if block is not None and is_blocked else ""
    said = precautions.by_muscle.get(row.site, ())
    return replace(
        row,
        block=block if is_blocked else None,
        precautions=tuple(words for words in said if words != rule),
        dangers=plan_row(muscle, "").cautions if muscle else (),
    )
