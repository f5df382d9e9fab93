"""The re-test of the sessions: needled muscles beside others of the same root, as found."""

from collections.abc import Mapping, Sequence
from itertools import chain

from clinical.retest import PALPATED, Tally, regional_sentence, together, told
from reports import charts
from reports.plot import GAP, Plot, day_rows, drawn
from reports.progress import Visit

HEADING = "Re-test of the region"
COLUMNS = (
    "Session",
    "Needled: tone",
    "Needled: tenderness",
    "Not needled: tone",
    "Not needled: tenderness",
)
KEY = (
    "Tested before and after. Dark: needled. Pale: same root, not needled. "
    "White: same. Thick edge: worse. What was found, not why."
)
Tallies = Mapping[str, Tally]


def regional(visits: Sequence[Visit], frame: charts.Frame) -> list[Plot]:
    """The plot of the re-tests; none where no place was tested both times."""
    needled = [one.change.needled if one.change else {} for one in visits]
    others = [one.change.not_needled if one.change else {} for one in visits]
    first, second = _all(needled), _all(others)
    if not (first.total or second.total):
        return []
    pairs = [(_all([a]), _all([b])) for a, b in zip(needled, others, strict=True)]
    title = "Tone and tenderness tested again, session by session."
    return [
        Plot(
            name="regional",
            heading=HEADING,
            sentence=regional_sentence(first, second),
            key=KEY,
            columns=COLUMNS,
            rows=day_rows(
                visits, *(_words(s, sign) for s in (needled, others) for sign in PALPATED)
            ),
            svg=drawn(charts.change_bars(frame, title, pairs)),
        )
    ]


def _all(sessions: Sequence[Tallies]) -> Tally:
    return together(chain.from_iterable(one.values() for one in sessions))


def _words(sessions: Sequence[Tallies], sign: str) -> list[str]:
    """The counts of a sign by session; nothing tested twice is a gap, never none eased."""
    return [told(sign, one[sign]) if sign in one and one[sign].total else GAP for one in sessions]
