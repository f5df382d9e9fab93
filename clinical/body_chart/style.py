"""Colours and patterns of the body chart.

On a page the style sheet colours the classes and the patterns stand in the page once. A standalone
drawing (print, PDF) carries both itself, in the colours of the light theme. Lightness falls with
the grade AND the pattern changes, so that a greyscale print stays readable.
"""

STANDALONE_STYLE = (
    "path{stroke-linejoin:round;stroke-linecap:round}"
    ".b{fill:#f6efe9;stroke:#b5a294;stroke-width:1.2}"
    ".bone{fill:#fcf9f5;stroke:#b5a294;stroke-width:.6}"
    ".ln{fill:none;stroke:#b5a294;stroke-width:.7}"
    ".f{fill:none;stroke:#a27d71;stroke-opacity:.35;stroke-width:.45}"
    ".m{stroke:#a27d71;stroke-width:.7}"
    ".z{stroke:#94a3ad;stroke-width:.7}"
    ".gx{fill:#f6efe9;stroke:#b5a294;stroke-width:.45}.gx+.f{stroke-opacity:.12}"
    ".g0{fill:#ecd9d0}.g1{fill:url(#p1)}.g2{fill:url(#p2)}.g3{fill:url(#p3)}"
    ".g4{fill:url(#p4);stroke:#3d0d1c;stroke-width:1.6}"
)
LIGHT = {"g1": "#f7d572", "g2": "#f09a45", "g3": "#c4432f", "g4": "#84193a"}
THEMED = {grade: f"var(--ims-{grade},{colour})" for grade, colour in LIGHT.items()}
BODY_ON_PAGE, BODY_ON_PAPER = "var(--ims-body,#f6efe9)", "#f6efe9"
OUTSIDE_ON_PAGE, OUTSIDE_ON_PAPER = "var(--ims-card,#fff)", "#fff"


def patterns(colours: dict[str, str]) -> str:
    """The fillings of grades 1 to 4: dots, hatching, cross-hatching, dark lines."""
    tilted = 'patternTransform="rotate(45)"'
    return (
        "<defs>"
        + "".join(
            f'<pattern id="p{grade}" width="{size}" height="{size}" patternUnits="userSpaceOnUse"'
            f"{' ' + turn if turn else ''}>"
            f'<path d="M0 0h{size}v{size}H0z" fill="{colours[f"g{grade}"]}"/>{mark}</pattern>'
            for grade, size, turn, mark in (
                (1, 6, "", '<circle cx="3" cy="3" r=".8" fill="#8a6209"/>'),
                (2, 5, tilted, '<path d="M0 0v5" stroke="#a85a12" stroke-width="1.3"/>'),
                (3, 5, tilted, '<path d="M0 0v5M0 0h5" stroke="#8a2018" stroke-width="1.1"/>'),
                (4, 4, "", '<path d="M0 1h4" stroke="#4f0b1f" stroke-width="1"/>'),
            )
        )
        + "</defs>"
    )


# Crosses over whatever grade stands below: the muscle may not be needled, or not without a reason.
CROSSES = (
    '<pattern id="px" width="9" height="9" patternUnits="userSpaceOnUse">'
    '<path d="M2.5 2.5l4 4m0-4l-4 4" stroke="var(--ims-card,#fff)" stroke-width="3.4"/>'
    '<path d="M2.5 2.5l4 4m0-4l-4 4" stroke="var(--ims-danger,#a32626)" stroke-width="1.5"/>'
    "</pattern>"
)


def pattern_defs() -> str:
    """An invisible drawing with the patterns, to stand once in a page that shows panels."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="position-absolute" width="0" height="0" '
        f'aria-hidden="true" focusable="false">{patterns(THEMED)}<defs>{CROSSES}</defs></svg>'
    )
