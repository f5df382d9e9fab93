import shutil
from pathlib import Path

import pytest

from clinical.reference import (
    DEFAULT_FOLDER,
    ReferenceError,  # noqa: A004 - our own error
    load_reference,
    reference,
)
from clinical.segments.findings import nerve_names, reflex_names
from clinical.vocabulary import RiskCategory, Urgency


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in DEFAULT_FOLDER.iterdir():
        shutil.copyfile(file, tmp_path / file.name)
    return tmp_path


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(ReferenceError) as caught:
        load_reference(folder)
    return str(caught.value)


def line_of(folder: Path, name: str, start: str) -> int:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, 1) if line.startswith(start))


def test_the_shipped_reference_loads_and_is_read_once():
    assert reference() is reference()
    assert len(reference().muscles) == 128


def test_a_muscle_knows_its_roots_nerve_and_danger():
    deltoid = reference().muscles["deltoid"]
    assert deltoid.roots == ("C5", "C6")
    assert deltoid.nerve_chain == ("axillary",)
    assert not deltoid.pneumothorax_risk
    assert reference().muscles["rhomboid_major"].pneumothorax_risk
    assert "FURUKAWA2021" in deltoid.sources


def test_a_level_knows_its_reflexes_with_their_weights():
    assert dict(reference().levels["C7"].reflexes) == {"triceps": 1.0, "pronator": 0.3}


def test_questions_carry_their_category_and_urgency():
    question = reference().screening_by_id["medical_emergency_now"]
    assert question.category is RiskCategory.ABSOLUTE_CONTRAINDICATION
    assert question.urgency is Urgency.EMERGENCY
    assert reference().followup_by_id["bleeding"].timepoints == ("24h",)


def test_an_unknown_segment_names_file_line_and_field(folder):
    edit(folder, "muscles.csv", "axillary nerve,C5,C6", "axillary nerve,C9,C6")
    line = line_of(folder, "muscles.csv", "deltoid,")
    assert refusal(folder) == f"muscles.csv:{line}: roots_major: unknown segment 'C9'"


def test_an_unknown_root_of_a_level_is_refused(folder):
    edit(folder, "levels.csv", "\nC2,", "\nX2,")
    assert "levels.csv:2: root: unknown segment 'X2'" in refusal(folder)


def test_a_second_muscle_with_the_same_id_is_refused(folder):
    edit(folder, "muscles.csv", "\ntemporalis,", "\nmasseter,")
    assert refusal(folder) == "muscles.csv:3: id: 'masseter' is there twice"


def test_a_row_without_a_source_is_refused(folder):
    edit(folder, "screening.csv", "DN_CI_LIST (SEEN); ISCP2012 (SEEN)", "")
    assert refusal(folder) == "screening.csv:2: sources: no source given"


def test_an_unknown_source_is_refused(folder):
    edit(folder, "signs.csv", "PAULET2009 (SEEN)", "NOBODY1999 (SEEN)")
    assert refusal(folder) == "signs.csv:2: sources: unknown source 'NOBODY1999'"


def test_a_wrong_yes_or_no_is_refused(folder):
    edit(folder, "muscles.csv", "trigeminal>masseteric", "trigeminal>masseteric")
    edit(folder, "muscles.csv", "(CN V3),,,no,", "(CN V3),,,maybe,")
    assert refusal(folder) == "muscles.csv:2: axial: 'maybe' is neither yes nor no"


def test_an_unknown_category_is_refused(folder):
    edit(folder, "screening.csv", "absolute_contraindication", "forbidden")
    assert refusal(folder) == "screening.csv:2: category: unknown RiskCategory 'forbidden'"


def test_an_empty_cell_that_must_be_filled_is_refused(folder):
    edit(
        folder,
        "signs.csv",
        "muscle_tone,Resting muscle tone / shortening to palpation",
        "muscle_tone,",
    )
    assert refusal(folder) == "signs.csv:2: name: is empty"


def test_a_missing_column_is_refused(folder):
    edit(folder, "muscles.csv", ",notes\n", ",remarks\n")
    assert refusal(folder) == "muscles.csv:2: notes: column is missing"


def test_a_follow_up_question_needs_a_time(folder):
    edit(folder, "followup.csv", "overall_feeling,24h;48h", "overall_feeling,")
    assert refusal(folder) == "followup.csv:2: timepoint: is empty"


def test_a_muscle_needs_a_nerve(folder):
    edit(folder, "muscles.csv", "trigeminal>masseteric", "")
    assert refusal(folder) == "muscles.csv:2: nerve_chain: is empty"


def test_a_reflex_weight_must_be_a_number(folder):
    edit(folder, "levels.csv", "biceps:0.7", "biceps:much")
    assert "reflexes_weighted: 'biceps:much' is not a name and a number" in refusal(folder)


def test_a_level_may_only_name_known_muscles(folder):
    edit(folder, "levels.csv", "splenius_capitis; obliquus", "splenius_magnus; obliquus")
    assert "levels.csv:2: discriminating_muscles: unknown muscle" in refusal(folder)


def test_a_muscle_without_a_shape_is_refused(folder):
    text = (folder / "bodychart.json").read_text(encoding="utf-8")
    (folder / "bodychart.json").write_text(
        text.replace('"masseter"', '"temporalis"'), encoding="utf-8"
    )
    assert refusal(folder) == "muscles.csv:2: id: 'masseter' has no shape in bodychart.json"


def test_a_shape_without_a_muscle_is_refused(folder):
    text = (folder / "bodychart.json").read_text(encoding="utf-8")
    changed = text.replace('"masseter":', '"grinmuscle":{},"masseter":', 1)
    (folder / "bodychart.json").write_text(changed, encoding="utf-8")
    message = refusal(folder)
    assert message.startswith("bodychart.json:")
    assert message.endswith("grinmuscle: is a shape without a muscle")


@pytest.mark.parametrize("name", ["muscles.csv", "bodychart.json", "segment_model.toml"])
def test_a_missing_file_is_refused(folder, name):
    (folder / name).unlink()
    assert refusal(folder) == f"{name}:0: file: is missing"


def test_a_missing_parameter_of_the_model_is_refused(folder):
    edit(folder, "segment_model.toml", "wins_by = 0.7\n", "")
    assert "segment_model.toml:0: nerves: " in refusal(folder)
    assert "wins_by" in refusal(folder)


def test_an_unknown_parameter_of_a_sign_is_refused(folder):
    edit(folder, "segment_model.toml", "[signs.reflex]\n", "[signs.reflex]\ncolour = 1\n")
    assert "segment_model.toml:0: signs.reflex: " in refusal(folder)


def test_a_missing_table_of_the_model_is_refused(folder):
    (folder / "segment_model.toml").write_text('version = "1"\n', encoding="utf-8")
    assert "segment_model.toml:0: file: " in refusal(folder)


def test_an_unknown_source_of_the_model_is_refused(folder):
    edit(folder, "segment_model.toml", 'sources = ["WOLFE_CWP"]', 'sources = ["WOLF"]')
    assert refusal(folder) == "segment_model.toml:0: widespread: unknown source 'WOLF'"


def test_every_sign_of_the_table_can_be_recorded():
    model = reference().model
    assert set(model.signs) == set(reference().signs)
    assert len(model.signs) == 42
    groups = {rule.group for rule in model.signs.values()}
    assert groups == set(model.groups) | {"nerve", "red_flag", "recorded"}
    assert {rule.scale for rule in model.signs.values()} == set(model.scales)


def test_the_model_names_only_muscles_roots_reflexes_and_nerves_that_exist():
    known, model = reference(), reference().model
    nerves = nerve_names(known)
    assert set(model.weights.muscles) <= set(known.muscles)
    assert {r for w in model.weights.muscles.values() for r in w} <= set(known.levels)
    assert {m for order in model.nerves.order.values() for m in order} <= set(known.muscles)
    assert set(model.nerves.arcs) <= reflex_names(known)
    tables = (model.nerves.arcs, model.nerves.parents, model.nerves.points)
    assert {name for table in tables for names in table.values() for name in names} <= nerves
    assert set(model.nerves.order) | set(model.nerves.parents) <= nerves
    assert set(model.prior.points) | set(model.prior.frequency) <= set(known.levels)
    assert set(model.red_flags.saddle_muscles) <= set(known.muscles)
    reflexes = {*model.red_flags.saddle_reflexes, *model.red_flags.lively_reflexes}
    assert reflexes <= reflex_names(known)


def test_a_muscle_of_a_nerve_order_is_supplied_by_that_nerve():
    known = reference()
    wrong = [
        (nerve, muscle)
        for nerve, order in known.model.nerves.order.items()
        for muscle in order
        if nerve not in known.muscles[muscle].nerve_chain
    ]
    assert wrong == []


def test_the_weights_of_a_muscle_never_leave_the_roots_of_the_table():
    known = reference()
    added = {
        muscle: set(weights) - set(known.muscles[muscle].roots)
        for muscle, weights in known.model.weights.muscles.items()
    }
    assert {muscle: roots for muscle, roots in added.items() if roots} == {}
