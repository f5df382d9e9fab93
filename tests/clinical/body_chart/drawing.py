"""Reads a drawn panel back: where every shape really stands on the canvas."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Drawn:
    """A shape with a side, as it is seen on the canvas."""

    key: str
    side: str
    css: tuple[str, ...]
    title: str
    id: str
    centre: tuple[float, float]


def read(svg: str) -> ET.Element:
    """The drawing as a tree; text that is not well-formed raises."""
    return ET.fromstring(svg)


def shapes_of(svg: str) -> list[Drawn]:
    """Every shape that names a side, with the middle of what is drawn."""
    return [_drawn(element) for element in read(svg).iter() if "data-side" in element.attrib]


def by_place(svg: str) -> dict[tuple[str, str], Drawn]:
    """The shapes by their name and side."""
    return {(shape.key, shape.side): shape for shape in shapes_of(svg)}


def _drawn(element: ET.Element) -> Drawn:
    names = ("data-muscle", "data-zone", "data-level")
    return Drawn(
        key=next(element.attrib[name] for name in names if name in element.attrib),
        side=element.attrib["data-side"],
        css=tuple(element.attrib["class"].split()),
        title=element.findtext(f"{SVG}title", ""),
        id=element.attrib.get("id", ""),
        centre=_centre(element),
    )


def _centre(element: ET.Element) -> tuple[float, float]:
    if element.tag == f"{SVG}circle":
        return float(element.attrib["cx"]), float(element.attrib["cy"])
    flip, *_, shift, _ = numbers(element.attrib["transform"])
    x, y = _centroid(element.attrib["d"])
    return flip * x + shift, y


def numbers(text: str) -> list[float]:
    """The numbers of a path or a transform."""
    return [float(found) for found in re.findall(r"-?\d*\.?\d+", text)]


def _centroid(data: str) -> tuple[float, float]:
    """The centre of gravity of all parts of a path, its curves taken as straight."""
    twice = x = y = 0.0
    for part in data.split("z"):
        corners = _corners(part)
        size = cx = cy = 0.0
        for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
            cross = x0 * y1 - x1 * y0
            size, cx, cy = size + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
        sign = 1 if size >= 0 else -1
        twice, x, y = twice + abs(size), x + sign * cx, y + sign * cy
    return x / (3 * twice), y / (3 * twice)


def _corners(data: str) -> list[tuple[float, float]]:
    here = (0.0, 0.0)
    found = []
    for command, text in re.findall(r"([Mlcs])([^Mlcs]*)", data):
        *_, x, y = numbers(text)
        here = (x, y) if command == "M" else (here[0] + x, here[1] + y)
        found.append(here)
    return found
