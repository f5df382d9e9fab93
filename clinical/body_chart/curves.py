"""Smooth curves through points, written as short SVG path data.

A point is ``[u, y]``, or ``[u, y, 1]`` for a sharp corner. Path data stands on a coarse grid and is
relative, so that a page of panels stays small.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

Point = Sequence[float]
Pair = tuple[float, float]

HANDLE = 0.35
STRAIGHT, SMOOTH, CURVE = "l", "s", "c"


def number(value: float) -> str:
    """A number with at most one decimal and without needless characters."""
    text = f"{value:.1f}".removesuffix(".0")
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    if digits == "0":
        return "0"
    return sign + digits.removeprefix("0")


def outline(points: Sequence[Point], *, closed: bool = True, grid: float = 0.5) -> str:
    """Path data of a smooth curve through the points."""

    def snap(value: float) -> float:
        return round(round(value / grid) * grid, 1)

    here = (snap(points[0][0]), snap(points[0][1]))
    data = [f"M{number(here[0])} {number(here[1])}"]
    for index, (start, first, second, end) in enumerate(_segments(points, closed)):
        command = _command(start, end, is_first=index == 0)
        wanted = {STRAIGHT: (end,), SMOOTH: (second, end), CURVE: (first, second, end)}[command]
        steps = [round(snap(p[axis]) - here[axis], 1) for p in wanted for axis in (0, 1)]
        data.append(command + _joined(number(step) for step in steps))
        here = (round(here[0] + steps[-2], 1), round(here[1] + steps[-1], 1))
    return "".join(data) + ("z" if closed else "")


def fibre(flat: Sequence[float]) -> str:
    """Path data of a muscle fibre: a line, parabola or cubic through two, three or four points."""
    points = list(zip(flat[::2], flat[1::2], strict=True))
    match points:
        case [start, end]:
            command, drawn = "l", [end]
        case [start, middle, end]:
            bend = [2 * m - (a + b) / 2 for a, m, b in zip(start, middle, end, strict=True)]
            command, drawn = "q", [(bend[0], bend[1]), end]
        case [start, one, two, end]:
            near = _pull(start, one, two, end)
            command, drawn = "c", [near, _pull(end, two, one, start), end]
        case _:
            raise ValueError(f"a fibre has two to four points, not {len(points)}")
    steps = (round(p[axis] - start[axis]) for p in drawn for axis in (0, 1))
    where = f"M{number(round(start[0]))} {number(round(start[1]))}"
    return where + command + _joined(number(step) for step in steps)


def _pull(start: Pair, one: Pair, two: Pair, end: Pair) -> Pair:
    """The control point beside ``start`` of the cubic that passes the other points at thirds."""
    u, y = (
        (-5 * a + 18 * b - 9 * c + 2 * d) / 6
        for a, b, c, d in zip(start, one, two, end, strict=True)
    )
    return u, y


def _joined(numbers: Iterable[str]) -> str:
    return " ".join(numbers).replace(" -", "-")


def _is_corner(point: Point) -> bool:
    return len(point) > 2 and bool(point[2])


def _command(start: Point, end: Point, *, is_first: bool) -> str:
    if _is_corner(start) and _is_corner(end):
        return STRAIGHT
    return CURVE if is_first or _is_corner(start) else SMOOTH


def _segments(points: Sequence[Point], closed: bool) -> Iterator[tuple[Point, Pair, Pair, Point]]:
    """Start, two control points and end of each piece between neighbouring points."""
    count = len(points)
    reaches = [_reach(points, index, closed) for index in range(count)]
    for index in range(count if closed else count - 1):
        following = (index + 1) % count
        start, end = points[index], points[following]
        yield (
            start,
            _control(start, end, reaches[index], 1),
            _control(end, start, reaches[following], -1),
            end,
        )


def _control(point: Point, other: Point, reach: Pair | None, sign: int) -> Pair:
    """A control point: along the tangent, or a third of the way to the other point."""
    if reach is None:
        return point[0] + (other[0] - point[0]) / 3, point[1] + (other[1] - point[1]) / 3
    return point[0] + sign * reach[0], point[1] + sign * reach[1]


def _reach(points: Sequence[Point], index: int, closed: bool) -> Pair | None:
    """From a point to its control point, or None at a corner and at an open end.

    Equal on both sides of the point, so that SVG's short smooth command can be used, and short
    enough not to overshoot where a shape is narrow.
    """
    if _is_corner(points[index]) or (not closed and index in (0, len(points) - 1)):
        return None
    before, here, after = points[index - 1], points[index], points[(index + 1) % len(points)]
    into, out = _distance(before, here), _distance(here, after)
    u, y = (
        (here[axis] - before[axis]) / into * out + (after[axis] - here[axis]) / out * into
        for axis in (0, 1)
    )
    length = math.hypot(u, y) or 1
    short, long = sorted((into, out))
    handle = HANDLE * min(long, 1.5 * short + 0.5)
    return u / length * handle, y / length * handle


def _distance(one: Point, other: Point) -> float:
    return math.dist(one[:2], other[:2]) or 1e-6
