from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from ims_clinic import environment

NAME = "IMS_OF_A_TEST"


@pytest.mark.parametrize(
    ("raw", "value"), [("1", True), ("YES", True), ("", False), ("off", False)]
)
def test_a_flag_reads_plain_words(monkeypatch: Any, raw: str, value: bool) -> None:
    monkeypatch.setenv(NAME, raw)
    assert environment.flag(NAME) is value


def test_a_flag_that_is_not_set_has_its_default() -> None:
    assert environment.flag(NAME, default=True) is True


def test_a_flag_of_any_other_word_stops_the_start(monkeypatch: Any) -> None:
    monkeypatch.setenv(NAME, "maybe")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be 1 or 0, not 'maybe'"):
        environment.flag(NAME)


def test_words_are_split_at_commas(monkeypatch: Any) -> None:
    monkeypatch.setenv(NAME, "a.example, b.example,")
    assert environment.words(NAME) == ["a.example", "b.example"]


def test_a_missing_value_says_what_it_is_for() -> None:
    with pytest.raises(ImproperlyConfigured, match=f"Set {NAME}: the address of the clinic"):
        environment.required(NAME, "the address of the clinic")


def test_a_secret_comes_from_the_environment_before_the_file(
    monkeypatch: Any, tmp_path: Path
) -> None:
    held = tmp_path / "secret"
    held.write_text("of the file\n")
    assert environment.secret(NAME, held, "why") == "of the file"
    monkeypatch.setenv(NAME, "of the environment")
    assert environment.secret(NAME, held, "why") == "of the environment"


def test_no_secret_at_all_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured):
        environment.secret(NAME, tmp_path / "nothing", "it signs links")
