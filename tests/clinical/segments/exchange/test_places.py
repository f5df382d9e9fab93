"""Nerves and sites are found as people write them, and only where they are clear."""

import pytest

from clinical.reference import reference
from clinical.segments.exchange.places import (
    OTHER_NAMES,
    nerve_keys,
    nerve_of,
    root_of,
    skin_area_of,
)
from clinical.segments.findings import nerve_names

KNOWN = reference()


@pytest.mark.parametrize("name", sorted(nerve_names(KNOWN)))
@pytest.mark.parametrize("form", ["{}", "{} nerve", "the {} nerve"])
def test_every_nerve_is_found_with_underscores_or_spaces(name, form):
    assert nerve_of(form.format(name), KNOWN) == name
    assert nerve_of(form.format(name.replace("_", " ")).capitalize(), KNOWN) == name


def test_every_nerve_of_the_muscle_table_is_known():
    chains = {name for muscle in KNOWN.muscles.values() for name in muscle.nerve_chain}
    assert chains <= set(nerve_keys(KNOWN).values())


def test_other_names_lead_to_known_nerves_and_hide_none():
    assert set(OTHER_NAMES) <= nerve_names(KNOWN)
    others = {other for names in OTHER_NAMES.values() for other in names}
    assert others.isdisjoint(nerve_names(KNOWN))


@pytest.mark.parametrize(
    ("text", "nerve"),
    [
        ("palmar branch of the median", "palmar_cutaneous_median"),
        ("palmar_branch_of_the_median_nerve", "palmar_cutaneous_median"),
        ("dorsal branch of the ulnar nerve", "dorsal_cutaneous_ulnar"),
        ("lateral cutaneous nerve of the thigh", "lateral_femoral_cutaneous"),
        ("common peroneal", "common_fibular"),
        ("fibular", None),
        ("", None),
    ],
)
def test_other_names(text, nerve):
    assert nerve_of(text, KNOWN) == nerve


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("hand", "hand"),
        ("Dorsum of the left foot", "foot"),
        ("big_toe", "foot"),
        ("index finger", "hand"),
        ("lateral forearm", "forearm"),
        ("calf", "leg"),
        ("lower leg", "leg"),
        ("upper arm", "arm"),
        ("low_back", "abdomen_back"),
        ("pelvis_hip", "pelvis_hip"),
        ("T6", "T6"),
        ("nowhere", None),
    ],
)
def test_the_part_of_the_body_of_a_site(text, area):
    assert skin_area_of(text, KNOWN) == area


def test_s4_and_s5_are_one_level_of_the_skin():
    assert [root_of(text) for text in ("S4-5", "S4-S5", "S4/5", "S5", "s5")] == [
        "S4",
        "S4",
        "S4",
        "S5",
        None,
    ]
