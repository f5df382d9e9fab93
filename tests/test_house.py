"""The house holds itself: sizes, mirrors, no registry host, no inline script or style."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "clinical audit notifications people scheduling intake assessment sessions reports ims_clinic"
).split()
MODULE_LIMIT, FUNCTION_LIMIT, CLASS_LIMIT, TEMPLATE_LIMIT = 400, 50, 200, 120
HOSTS = re.compile(r"py[p]i\.org|python[h]osted|npm[j]s\.(org|com)|deb\.[d]ebian")


def modules() -> list[Path]:
    found = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def tracked_files() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_its_functions_and_classes_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MODULE_LIMIT
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < FUNCTION_LIMIT, node.name
        if isinstance(node, ast.ClassDef):
            assert node.end_lineno - node.lineno < CLASS_LIMIT, node.name


def test_no_python_file_is_longer_than_a_module_may_be() -> None:
    files = [path for path in tracked_files() if path.suffix == ".py"]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    long = [str(path) for path, lines in lengths.items() if lines > MODULE_LIMIT]
    assert long == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_is_short_and_has_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= TEMPLATE_LIMIT
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", text)
    assert "|safe" not in text


def test_no_file_names_the_host_of_a_package_registry() -> None:
    named = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if HOSTS.search(text):
            named.append(str(path.relative_to(ROOT)))
    assert named == []


def test_every_test_folder_is_named_after_a_room() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    assert folders - {"__pycache__"} <= {*ROOMS, "browser", "crashes"}


def test_no_drawer_for_everything_exists() -> None:
    drawers = {"common", "core", "utils", "helpers", "misc"}
    assert [path for path in modules() if path.stem in drawers or path.parent.name in drawers] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_tests(room: str) -> None:
    assert list((ROOT / "tests" / room).rglob("test_*.py"))


MIRRORED = ("services", "views", "forms", "tasks", "follow_up", "links", "access", "slots", "actor")


@pytest.mark.parametrize("room", ROOMS)
def test_a_module_of_acts_pages_or_rules_has_its_test_at_the_same_named_place(room: str) -> None:
    named = [path for path in modules() if path.parent == ROOT / room and path.stem in MIRRORED]
    tests = ROOT / "tests" / room
    assert [path.name for path in named if not (tests / f"test_{path.stem}.py").exists()] == []


@pytest.mark.parametrize("kind", ["templates", "static"])
def test_every_folder_of_templates_and_static_files_is_a_rooms_or_the_frames(kind: str) -> None:
    frames = {"components", "clinic", "account", "allauth", "css", "js"}
    folders = {path.name for path in (ROOT / kind).iterdir() if path.is_dir()}
    assert folders - frames <= set(ROOMS)
