"""A QR code as numbers for a template: its width, and the path of its dark squares."""

from dataclasses import dataclass

import segno

QUIET_ZONE = 4


@dataclass(frozen=True)
class QrCode:
    """Drawn as an SVG of ``width`` squares a side, without any style."""

    width: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of a text, with the white edge a camera needs."""
    rows = [bytes(row) for row in segno.make_qr(text).matrix_iter(border=QUIET_ZONE)]
    dark = (
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return QrCode(len(rows), "".join(dark))
