"""How the status of an appointment looks, and what may be done next."""

from dataclasses import dataclass

from scheduling.choices import INACTIVE, ON_THE_DAY, USUAL_NEXT, AppointmentStatus

S = AppointmentStatus


@dataclass(frozen=True)
class Look:
    """The class of a card, the tone of a pill, and the icon that repeats the word."""

    card: str
    tone: str
    icon: str


LOOKS = {
    S.REQUESTED: Look("st-booked", "", "half"),
    S.BOOKED: Look("st-booked", "", "booked"),
    S.CONFIRMED: Look("st-confirmed", "is-info", "confirmed"),
    S.ARRIVED: Look("st-arrived", "is-caution", "arrived"),
    S.IN_ROOM: Look("st-room", "is-violet", "room"),
    S.DONE: Look("st-done", "is-ok", "done"),
    S.NO_SHOW: Look("st-noshow", "is-danger", "noshow"),
    S.CANCELLED: Look("st-cancelled", "", "close"),
}

ACTS = {
    S.BOOKED: "Book",
    S.CONFIRMED: "Confirm",
    S.ARRIVED: "Arrived",
    S.IN_ROOM: "In room",
    S.DONE: "Done",
    S.NO_SHOW: "No-show",
    S.CANCELLED: "Cancel appointment",
}


@dataclass(frozen=True)
class Act:
    """A button: the status it sets, in words of doing."""

    status: AppointmentStatus
    words: str
    is_main: bool = False


def look_of(status: str) -> Look:
    return LOOKS[AppointmentStatus(status)]


def usual_act(status: str, *, is_day_reached: bool) -> Act | None:
    """The one act a card offers: towards the treatment room, before the day to confirm."""
    following = USUAL_NEXT.get(AppointmentStatus(status))
    if following in ON_THE_DAY and not is_day_reached:
        following = S.CONFIRMED if status == S.BOOKED else None
    return Act(following, ACTS[following], is_main=True) if following else None


def possible_acts(status: str, *, is_day_reached: bool) -> list[Act]:
    """Every act the appointment page offers, the usual one first."""
    now = AppointmentStatus(status)
    if now in INACTIVE:
        return [Act(S.BOOKED, "Restore appointment", is_main=True)]
    usual = usual_act(status, is_day_reached=is_day_reached)
    offered = [S.CONFIRMED] if now in (S.REQUESTED, S.BOOKED) else []
    offered += ON_THE_DAY if is_day_reached else ()
    offered += [S.CANCELLED] if now != S.DONE else []
    others = [Act(one, ACTS[one]) for one in offered if one != now]
    return [usual, *(a for a in others if a.status != usual.status)] if usual else others
