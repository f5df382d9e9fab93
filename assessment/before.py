"""The time before: which signed assessment a draft or a report is compared with."""

from django.db.models import Exists, OuterRef, Q

from assessment.choices import Battery as Region
from assessment.models import Assessment, Finding
from assessment.regions import battery_of
from clinical.battery import Battery

OF_EVERY_REGION = (Region.FULL, Region.CUSTOM)


def last_signed(assessment: Assessment) -> Assessment | None:
    """The newest signed assessment before this one that examined something of its form.

    A region is compared with the same region, and with a full examination or a selection that
    reached it; these two are compared with any region that they reach.
    """
    signed = Assessment.objects.filter(
        patient=assessment.patient_id,
        signed_at__isnull=False,
        created_at__lt=assessment.created_at,
    )
    shared = Exists(Finding.objects.filter(_of(battery_of(assessment)), assessment=OuterRef("pk")))
    if assessment.battery in OF_EVERY_REGION:
        comparable = Q(shared)
    else:
        comparable = Q(battery=assessment.battery) | Q(shared, battery__in=OF_EVERY_REGION)
    return signed.filter(comparable).order_by("-created_at").first()


def _of(battery: Battery) -> Q:
    """A finding at a place of the form; the tests of a whole side have no site but their sign."""
    sites = {site for group in battery.groups for site in group.sites if site}
    tests = {sign for group in battery.groups if group.sites == ("",) for sign in group.signs}
    return Q(site__in=sorted(sites)) | Q(site="", sign__in=sorted(tests))
