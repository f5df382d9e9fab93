from dataclasses import replace

import pytest

from clinical.batteries import FULL, NECK_ARM, REGIONS, SOURCES, batteries, check_battery
from clinical.battery import Pick, SiteGroup, picked, picks_of
from clinical.csv_rows import ReferenceError  # noqa: A004 - our own error
from clinical.grades import scale_of
from clinical.reference import reference
from clinical.segments.scoring import muscle_coefficient

KNOWN = reference()
LIMBS = ("neck_arm", "low_back_leg")
# Palpated or felt, but not to be told apart by the strength of a hand; see the module.
NOT_BY_STRENGTH = {
    *("splenius_capitis", "obliquus_capitis_inferior", "sternocleidomastoid"),
    *("levator_scapulae", "quadratus_lumborum", "psoas_major", "multifidus_lumbar_upper"),
    *("flexor_digitorum_brevis", "quadratus_plantae"),
}


def sites(battery_id: str, part: str) -> set[str]:
    return {site for group in getattr(batteries()[battery_id], part) for site in group.sites}


def test_there_is_a_battery_for_each_region_and_every_source_is_known() -> None:
    assert list(batteries()) == ["neck_arm", "mid_back", "low_back_leg", "head_jaw", "full"]
    assert set(SOURCES) <= set(KNOWN.sources)


@pytest.mark.parametrize("battery_id", ["neck_arm", "mid_back", "low_back_leg", "head_jaw"])
def test_a_battery_stays_short_enough_for_a_visit(battery_id: str) -> None:
    assert 15 <= len(sites(battery_id, "muscles")) <= 24


@pytest.mark.parametrize("battery_id", LIMBS)
def test_every_discriminating_muscle_of_a_limb_can_be_tested_for_strength(battery_id: str) -> None:
    wanted = {
        muscle
        for root in batteries()[battery_id].roots
        for muscle in KNOWN.levels[root].discriminating_muscles
    }
    assert wanted - NOT_BY_STRENGTH <= sites(battery_id, "strength")


@pytest.mark.parametrize("battery_id", LIMBS)
def test_every_ranked_root_of_a_limb_is_touched_by_two_muscles(battery_id: str) -> None:
    for root in batteries()[battery_id].roots:
        if root in ("C2", "L1", "S2"):
            continue  # no limb muscle of its own can be reached twice
        firm = [
            muscle
            for muscle in sites(battery_id, "muscles")
            if muscle_coefficient(KNOWN.muscles[muscle], root, KNOWN.model) >= 0.5
        ]
        assert len(firm) >= 2, root


@pytest.mark.parametrize("battery_id", ["neck_arm", "mid_back", "low_back_leg"])
def test_the_multifidi_are_graded_once_as_paraspinals(battery_id: str) -> None:
    assert not [site for site in sites(battery_id, "muscles") if site.startswith("multifidus")]
    assert set(batteries()[battery_id].roots) - sites(battery_id, "paraspinal") <= {"S2"}


def test_every_place_has_a_scale() -> None:
    for battery in batteries().values():
        for sign, _site in battery.places():
            assert scale_of(sign, KNOWN).lowest < scale_of(sign, KNOWN).highest


def test_an_unknown_sign_an_unknown_site_and_a_double_are_refused() -> None:
    for group, words in (
        (SiteGroup("x", ("aura",), ("deltoid",)), "aura cannot be recorded"),
        (SiteGroup("x", ("tenderness",), ("elbow",)), "cannot be recorded at 'elbow'"),
        (SiteGroup("x", ("tenderness",), ("deltoid", "deltoid")), "is there twice"),
    ):
        with pytest.raises(ReferenceError, match=words):
            check_battery(replace(NECK_ARM, muscles=(group,)), KNOWN)


def test_the_full_examination_is_all_regions_with_each_place_once() -> None:
    every = {place for battery in REGIONS for place in battery.places()}
    found = list(FULL.places())
    assert len(found) == len(set(found))
    assert set(found) == every
    assert FULL.roots[:2] == ("C2", "C3")
    assert FULL.roots[-1] == "S2"
    assert len({group.name for group in FULL.tests}) == len(FULL.tests)


def test_muscles_of_the_jaw_are_offered_with_the_head_only() -> None:
    jaw = {"masseter", "temporalis", "lateral_pterygoid"}
    assert jaw <= sites("head_jaw", "muscles")
    assert jaw.isdisjoint(sites("neck_arm", "muscles"))


def test_what_is_picked_is_examined_and_nothing_else() -> None:
    hand = Pick("neck_arm", "muscles", "Hand").key
    foot = Pick("low_back_leg", "strength", "Ankle and foot").key
    mine = picked([foot, hand, "neck_arm|muscles|Nothing"], batteries())
    assert [group.name for group in mine.groups] == ["Hand", "Ankle and foot"]
    assert mine.roots == NECK_ARM.roots + batteries()["low_back_leg"].roots


def test_every_group_can_be_picked_by_a_name_of_its_own() -> None:
    for battery in REGIONS:
        keys = [pick.key for pick in picks_of(battery)]
        assert len(keys) == len(set(keys)) == len(battery.groups)
