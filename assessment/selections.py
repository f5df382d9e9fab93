"""Selections of one's own that got a name: kept, and chosen again by their practitioner alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from assessment.models import OwnSelection
from assessment.regions import known_keys
from audit.choices import Action
from audit.services import record
from clinical.battery import Pick
from people.models import Practitioner


@dataclass(frozen=True)
class Kept:
    """A kept selection with its groups in words; one whose groups are all gone is left out."""

    name: str
    groups: tuple[str, ...]

    @property
    def words(self) -> str:
        return ", ".join(Pick(*key.split("|")).name for key in self.groups)


@transaction.atomic
def keep_selection(*, practitioner: Practitioner, name: str, groups: Iterable[str]) -> OwnSelection:
    """Keep the groups under the name, in the place of an earlier one. One audit line."""
    kept, _ = OwnSelection.objects.update_or_create(
        practitioner=practitioner, name=name, defaults={"groups": known_keys(groups)}
    )
    record(Action.CHANGE, kept, patient_id=None, detail=name)
    return kept


def selections_of(user_id: int | None) -> tuple[Kept, ...]:
    """What the practitioner of this account kept, by name; one query."""
    rows = OwnSelection.objects.filter(practitioner__user=user_id)
    found = (Kept(row.name, tuple(known_keys(row.groups))) for row in rows)
    return tuple(one for one in found if one.groups)
