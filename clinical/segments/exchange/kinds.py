"""What each type of a document's finding means as signs of the engine.

Only what localises becomes a finding: a nerve bundle that is no single nerve and a site of the
skin that names no part of the body are accepted, and say nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clinical.segments.exchange import places
from clinical.segments.exchange import scales as s
from clinical.segments.exchange.fields import Fields
from clinical.segments.findings import Finding, nerve_names, reflex_names


@dataclass(frozen=True)
class Part:
    """What one entry says. ``place`` is what may not be there twice with the same type."""

    place: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    red_flags: tuple[str, ...] = ()


Reading = Callable[[Fields], Part]


def _muscle(fields: Fields) -> str:
    return fields.choice("muscle", fields.known.muscles, "a muscle")


def _strength(fields: Fields) -> Part:
    muscle = _muscle(fields)
    pain = fields.on_sides("pain_inhibited") or (False, False)
    return Part((muscle,), (Finding("strength_mrc", muscle, *fields.sides(s.MRC), *pain),))


def _graded_muscle(sign: str) -> Reading:
    def read(fields: Fields) -> Part:
        muscle = _muscle(fields)
        return Part((muscle,), (Finding(sign, muscle, *fields.sides(s.TO_FOUR)),))

    return read


def _tenderness(fields: Fields) -> Part:
    """Familiar pain without a side belongs to the more tender side."""
    muscle = _muscle(fields)
    right, left = fields.sides(s.TO_FOUR)
    found = [Finding("tenderness", muscle, right, left)]
    familiar = fields.on_sides("familiar_pain")
    if familiar is not None:
        if fields.entry["familiar_pain"] in ("yes", True):
            familiar = ((right or 0) >= (left or 0), (left or 0) >= (right or 0))
        found.append(Finding("familiar_pain", muscle, *familiar))
    return Part((muscle,), tuple(found))


def _reflex(fields: Fields) -> Part:
    name = fields.choice("reflex", reflex_names(fields.known), "a reflex")
    return Part((name,), (Finding("reflex", name, *fields.sides(s.TO_FOUR)),))


def _at_root(field: str, sign: str, scale: s.Scale) -> Reading:
    def read(fields: Fields) -> Part:
        text = fields.text(field)
        root = fields.found(field, text, places.root_of(text), "a root from C1 to S5")
        return Part((root,), (Finding(sign, root, *fields.sides(scale)),))

    return read


def _skin_temperature(fields: Fields) -> Part:
    site = fields.text("site")
    values = fields.sides(s.DEGREES)
    area = places.skin_area_of(site, fields.known)
    return Part((site,), (Finding("skin_temperature", area, *values),) if area else ())


def _autonomic(sign: str) -> Reading:
    def read(fields: Fields) -> Part:
        """The level, when it is given, is more precise than the site."""
        site, level = fields.text("site"), fields.optional_text("level")
        root = fields.found("level", level, places.root_of(level), "a root from C1 to S5")
        values = fields.sides(s.TO_TWO)
        area = root or places.skin_area_of(site, fields.known)
        return Part((site, root), (Finding(sign, area, *values),) if area else ())

    return read


TESTS: Mapping[str, tuple[str, s.Scale]] = {
    "straight_leg_raise": ("slr", s.POSITIVE),
    "crossed_straight_leg_raise": ("crossed_slr", s.POSITIVE),
    "spurling": ("spurling", s.POSITIVE),
    "distraction": ("neck_distraction", s.POSITIVE),
    "ulnt1": ("ulnt1", s.POSITIVE),
    "femoral_stretch": ("femoral_stretch", s.POSITIVE),
    "single_leg_sit_to_stand": ("sit_to_stand_1leg", s.PERFORMANCE),
    "single_leg_heel_raise": ("heel_raise_1leg", s.HEEL_RAISES),
}
UMN_TESTS = ("hoffmann", "babinski", "clonus")


def _provocation(fields: Fields) -> Part:
    test = fields.choice("test", TESTS, "a provocation test")
    if not test:
        fields.used.update(("right", "left"))
        return Part(())
    sign, scale = TESTS[test]
    return Part((test,), (Finding(sign, "", *fields.sides(scale)),))


def _at_nerve(sign: str, where: str, scale: s.Scale) -> Reading:
    def read(fields: Fields) -> Part:
        text = fields.text("nerve")
        nerve = fields.found("nerve", text, places.nerve_of(text, fields.known), "a nerve")
        place = (nerve, fields.optional_text(where))
        values = fields.sides(scale)
        is_single = nerve in nerve_names(fields.known)
        return Part(place, (Finding(sign, nerve, *values),) if is_single else ())

    return read


def _vibration(fields: Fields) -> Part:
    site = fields.text("site")
    return Part((site,), (Finding("vibration", site, *fields.sides(s.TO_TWO)),))


def _umn_sign(fields: Fields) -> Part:
    test = fields.choice("test", UMN_TESTS, "one of hoffmann, babinski, clonus")
    return Part((test,), (Finding("umn_signs", test, *fields.sides(s.PRESENT)),))


def _symptom(fields: Fields) -> Part:
    text, is_red = fields.text("text"), fields.yes_no("red_flag")
    return Part((text,), red_flags=(text,) if is_red else ())


KINDS: Mapping[str, Reading] = {
    "strength_mrc": _strength,
    "reflex": _reflex,
    "pinprick": _at_root("dermatome", "pinprick", s.TO_TWO),
    "light_touch": _at_root("dermatome", "light_touch", s.TO_TWO),
    "paraspinal_tenderness": _at_root("level", "paraspinal_band", s.TO_FOUR),
    "tenderness": _tenderness,
    "tone": _graded_muscle("muscle_tone"),
    "trophedema_matchstick": _at_root("level", "matchstick_test", s.TO_THREE),
    "skin_roll": _at_root("level", "skin_roll_peau_dorange", s.TO_THREE),
    "skin_temperature": _skin_temperature,
    "sudomotor": _autonomic("sudomotor"),
    "pilomotor": _autonomic("pilomotor"),
    "hair_loss": _autonomic("hair_loss"),
    "provocation": _provocation,
    "tinel": _at_nerve("nerve_palpation", "site", s.POSITIVE),
    "sensory_area": _at_nerve("light_touch", "area", s.TO_TWO),
    "vibration": _vibration,
    "umn_sign": _umn_sign,
    "symptom": _symptom,
}
