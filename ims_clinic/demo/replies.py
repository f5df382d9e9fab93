"""What the demo patients answer to the 24 and 48 hour checks that asks for a person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reply:
    """Ticks of one check with a free text; ``action`` is what was done, empty while it is open."""

    hours: int
    ticks: tuple[str, ...] = ()
    soreness: int = 3
    text: str = ""
    action: str = ""


OPEN_REPLIES = (
    Reply(24, ("bruising",), text="The bruise on my thigh is as big as my palm."),
    Reply(24, soreness=8, text="Very sore, I could not sleep on that side."),
    Reply(48, ("nerve_new",), text="My two outer fingers are numb since yesterday."),
)
CLOSED_REPLIES = (
    Reply(
        24,
        ("tired_dizzy",),
        action="Called at noon: had not eaten, was dizzy for an hour, well now. To eat before.",
    ),
    Reply(
        24, soreness=8, action="Called: soreness as after hard training, heat helps. Fewer next."
    ),
    Reply(
        48,
        ("infection_local",),
        text="One spot is red.",
        action="Seen at the clinic the same day: a small haematoma, no warmth, no fever.",
    ),
    Reply(
        24,
        ("short_breath",),
        text="A bit short of breath on the stairs.",
        action="Called at once, sent to emergency: chest X-ray clear, discharged the same evening.",
    ),
)
