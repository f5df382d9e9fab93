"""Overlap constraints in the extension-free form: ids as int8range, periods as tstzrange."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db.models import F, Func, Q, Value

from scheduling.choices import INACTIVE


class IdRange(Func):
    function = "INT8RANGE"
    output_field = BigIntegerRangeField()


class Period(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def never_twice(field: str, sentence: str) -> ExclusionConstraint:
    """No two active appointments of one ``field`` (practitioner, room, patient) may overlap."""
    return ExclusionConstraint(
        name=f"{field}_never_twice",
        condition=~Q(status__in=INACTIVE),
        violation_error_code="overlap",
        violation_error_message=sentence,
        expressions=[
            (IdRange(F(field), F(field), Value("[]")), RangeOperators.OVERLAPS),
            (Period(F("busy_from"), F("busy_until"), Value("[)")), RangeOperators.OVERLAPS),
        ],
    )
