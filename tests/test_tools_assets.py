from pathlib import Path

import pytest

from tools import assets


def test_a_reference_to_a_source_map_is_dropped_and_all_else_kept(tmp_path: Path) -> None:
    source, target = tmp_path / "a.js", tmp_path / "deep" / "b.js"
    source.write_text("let a = 1;\n//# sourceMappingURL=a.js.map\n")
    assets.copy(source, target)
    assert target.read_text() == "let a = 1;\n\n"


def test_a_font_is_copied_byte_by_byte(tmp_path: Path) -> None:
    source, target = tmp_path / "a.ttf", tmp_path / "b.ttf"
    source.write_bytes(b"\x00\xff//# sourceMappingURL=a")
    assets.copy(source, target)
    assert target.read_bytes() == source.read_bytes()


def test_a_filled_folder_is_not_filled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled: list[str] = []

    def fill(wanted: str) -> None:
        filled.append(wanted)
        assets.STAMP.write_text(wanted)

    monkeypatch.setattr(assets, "LOCAL", tmp_path)
    monkeypatch.setattr(assets, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(assets, "fill", fill)
    assets.provide()
    assets.provide()
    assert len(filled) == 1
