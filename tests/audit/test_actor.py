import pytest
from django.db import connection

from audit.actor import acting_as, current_actor


def actor_known_to_the_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.actor', true)")
        (known,) = cursor.fetchone()
    return str(known or "")


@pytest.mark.django_db
def test_inside_the_block_both_python_and_the_database_know_who_acts() -> None:
    with acting_as("user:3"):
        assert (current_actor(), actor_known_to_the_database()) == ("user:3", "user:3")
    assert (current_actor(), actor_known_to_the_database()) == ("system", "system")


@pytest.mark.django_db
def test_a_block_inside_a_block_gives_the_outer_actor_back() -> None:
    with acting_as("user:3"):
        with acting_as("job:deliver"):
            assert current_actor() == "job:deliver"
        assert (current_actor(), actor_known_to_the_database()) == ("user:3", "user:3")


def test_a_read_need_not_tell_the_database() -> None:
    with acting_as("user:3", tell_database=False):
        assert current_actor() == "user:3"
    assert current_actor() == "system"
