"""One side of the body with everything that is worked out about it, each thing once."""

import functools
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from clinical.segments.levels import Choice, choose_levels
from clinical.segments.nerve_scoring import NerveScore, score_nerve
from clinical.segments.nerve_supply import nerves_at, nerves_of
from clinical.segments.nerves import NerveChoice, choose_nerves, suspected_nerves
from clinical.segments.scoring import Scoreboard
from clinical.segments.severity import Item


class SideView:
    """One side: its scores, the roots that stand out and the nerves that compete."""

    def __init__(
        self, board: Scoreboard, known: Mapping[str, NerveScore | None] = MappingProxyType({})
    ) -> None:
        self.board, self._known = board, known

    @functools.cached_property
    def choices(self) -> list[Choice]:
        """The roots that stand out on this side."""
        return choose_levels(self.board, self.board.reference)

    @functools.cached_property
    def nerve_scores(self) -> dict[str, NerveScore | None]:
        """The score of every nerve in which anything is positive."""
        depths, known = nerves_of(self.board.reference), self._known
        suspects = suspected_nerves(self.board.items, self.board.reference)
        return {
            name: known[name] if name in known else score_nerve(self.board, name, depths[name])
            for name in sorted(suspects)
        }

    @functools.cached_property
    def nerves(self) -> list[NerveChoice]:
        """The nerves that could explain the findings of this side."""
        return choose_nerves(filter(None, self.nerve_scores.values()), self.board)

    def hears(self, item: Item) -> bool:
        """Whether a root or a nerve listens to the item at all."""
        return self.board.is_moved_by(item) or any(
            item in score.heard for score in self.nerve_scores.values() if score
        )

    def changed(self, old: Sequence[Item], new: Sequence[Item]) -> "SideView":
        """The same side with other items in the place of the old ones.

        The nerves that none of them touches keep their scores, but not when a strong muscle
        changes: those speak about nerves that do not supply them.
        """
        known = self.board.reference
        touched = {n for i in (*old, *new) for n in nerves_at(i.sign, i.site, known)}
        has_strong = any(i.group == "weakness" and i.is_normal for i in (*old, *new))
        scores = {} if has_strong else self.nerve_scores
        kept = {name: score for name, score in scores.items() if name not in touched}
        return SideView(self.board.changed(old, new), kept)
