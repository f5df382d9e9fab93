from django.db import models
from django.db.models import Q

from sessions.choices import NeedledSide, RetestSign
from sessions.models.treatment import TreatmentSession

GRADED = Q(sign__in=(RetestSign.TONE, RetestSign.TENDERNESS))


class Retest(models.Model):
    """One sign at one site on one side, before and after the needles of a session.

    A value that is missing was not tested. ``before_on`` is the day of the assessment that the
    value before was taken from; without it the value was entered in the session itself.
    """

    treatment = models.ForeignKey(
        TreatmentSession, on_delete=models.PROTECT, related_name="retests"
    )
    sign = models.CharField(max_length=20, choices=RetestSign)
    site = models.CharField(max_length=60)
    side = models.CharField(max_length=5, choices=NeedledSide)
    root = models.CharField(max_length=3, blank=True)
    before = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    before_on = models.DateField(null=True, blank=True)
    after = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["treatment", "sign", "site", "side"], name="one_retest_a_sign_and_side"
            ),
            models.CheckConstraint(
                condition=Q(sign__in=RetestSign.values) & Q(side__in=NeedledSide.values),
                name="retest_has_a_sign_and_a_side",
            ),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False, before_on=None),
                name="retest_holds_a_value",
            ),
            models.CheckConstraint(
                condition=~GRADED
                | (Q(before=None) | Q(before__gte=0, before__lte=4))
                & (Q(after=None) | Q(after__gte=0, after__lte=4)),
                name="retest_grade_0_to_4",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign} {self.site} {self.side}: {self.before} to {self.after}"
