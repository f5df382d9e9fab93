"""The intake of each appointment to come as staff sees it: state, last reminder, what can be done.

Nothing clinical: the front desk reads the same card.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from intake.chasing import Chase, chases_of
from intake.desk_links import DeskLink
from intake.models import Intake
from intake.status import IntakeBadge, badges_from, status_badges


@dataclass(frozen=True)
class VisitIntake:
    """One appointment with its link, its badge and what can be chased."""

    link: DeskLink
    badge: IntakeBadge | None
    chase: Chase | None


def visit_intakes(
    links: Iterable[DeskLink], intakes: Sequence[Intake] | None = None
) -> list[VisitIntake]:
    """One for each link: two queries, one with the patient's ``intakes`` at hand.

    A visit that has begun is not chased any more.
    """
    known, now = list(links), timezone.now()
    visits = [link.appointment for link in known]
    badges = status_badges(visits) if intakes is None else badges_from(intakes, visits)
    chases = chases_of(visit for visit in visits if visit.starts_at > now)
    return [
        VisitIntake(link, badges.get(link.appointment.pk), chases.get(link.appointment.pk))
        for link in known
    ]
