"""Reads the parameters of the segment model (``reference/segment_model.toml``)."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from clinical.csv_rows import ReferenceError  # noqa: A004 - our own error
from clinical.segment_parameters import (
    Adding,
    Basis,
    Checked,
    Coefficients,
    Gate,
    Group,
    Labels,
    NerveRule,
    Prior,
    RankedRoots,
    RedFlags,
    SegmentModel,
    Several,
    SideRule,
    SignRule,
    Symmetric,
    Weights,
    Widespread,
)

__all__ = ["SegmentModel", "basis_of", "load_model"]

Table = Mapping[str, Any]
Parameters = TypeVar("Parameters")

SECTIONS: Mapping[str, type[Basis]] = MappingProxyType(
    {
        "roots": RankedRoots,
        "prior": Prior,
        "side": SideRule,
        "coefficients": Coefficients,
        "weights": Weights,
        "adding": Adding,
        "gate": Gate,
        "labels": Labels,
        "several": Several,
        "nerves": NerveRule,
        "widespread": Widespread,
        "symmetric": Symmetric,
        "red_flags": RedFlags,
        "checked": Checked,
    }
)


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(item) for key, item in value.items()})
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _build(file: str, name: str, kind: type[Parameters], table: Table) -> Parameters:
    try:
        return kind(**table)
    except TypeError as error:
        raise ReferenceError(file, 0, name, str(error)) from error


def load_model(path: Path, known_sources: Mapping[str, object]) -> SegmentModel:
    """Read the parameters; a missing or unknown parameter raises ``ReferenceError``."""
    if not path.is_file():
        raise ReferenceError(path.name, 0, "file", "is missing")
    tables = _frozen(tomllib.loads(path.read_text(encoding="utf-8")))
    parts = dict(tables)
    for name in SECTIONS.keys() & parts.keys():
        parts[name] = _build(path.name, name, SECTIONS[name], parts[name])
    for name, kind in (("groups", Group), ("signs", SignRule)):
        items = parts.get(name, {}).items()
        parts[name] = MappingProxyType(
            {key: _build(path.name, f"{name}.{key}", kind, table) for key, table in items}
        )
    model = _build(path.name, "file", SegmentModel, parts)
    for name, table in basis_of(model).items():
        for key in table.sources:
            if key not in known_sources:
                raise ReferenceError(path.name, 0, name, f"unknown source {key!r}")
    return model


def basis_of(model: SegmentModel) -> dict[str, Basis]:
    """Every table that gives its sources, by name."""
    tables = {field.name: getattr(model, field.name) for field in fields(model)}
    groups = {f"groups.{name}": group for name, group in model.groups.items()}
    return {name: t for name, t in (tables | groups).items() if isinstance(t, Basis)}
