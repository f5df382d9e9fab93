from functools import partial

import pytest
from django.http import HttpRequest, HttpResponse

from people.access import Audience, View, access_of, declare, patient, public, staff
from people.choices import LinkPurpose, Role


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def fresh() -> View:
    """A view of its own for each declaration."""
    return partial(page)


def test_a_view_carries_its_audience() -> None:
    assert access_of(public(fresh())).audience is Audience.PUBLIC
    assert access_of(staff(Role.FRONT_DESK)(fresh())).roles == {Role.FRONT_DESK}
    assert access_of(patient(LinkPurpose.INTAKE)(fresh())).purpose == LinkPurpose.INTAKE


def test_staff_without_roles_means_every_role() -> None:
    assert access_of(staff()(fresh())).roles == set(Role)


def test_a_view_that_declares_nothing_has_no_audience() -> None:
    assert access_of(page) is None


def test_a_second_and_other_declaration_is_refused() -> None:
    view = public(fresh())
    assert declare(view, access_of(view)) is view
    with pytest.raises(ValueError, match="already declared"):
        staff()(view)
