"""The charts of a course: each with its sentence, its key and its table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from clinical.outcome_measures import signed
from clinical.vocabulary import ROOTS, Side
from reports import charts
from reports.plot import Plot, day_rows, drawn
from reports.progress import Course, Level, Progress, Visit, day_words
from reports.regional import regional
from sessions.choices import Twitch

PAPER_HEIGHT = 116
LEVELS_ON_PAPER, SCORES_ON_PAPER = 6, 1
ADDED = ("strong", "weak", "none", "not_noted")


def plots(progress: Progress, *, is_paper: bool = False) -> tuple[Plot, ...]:
    """The charts of the page; on paper those of the newest sessions, smaller and fewer."""
    if not progress.has_trend:
        return ()
    if is_paper:
        progress = replace(progress, visits=progress.newest)
    frame = frame_of(progress.visits, is_paper=is_paper)
    makers = (_pain, _soreness, _twitches, _dose)
    made = [make(progress.visits, frame) for make in makers]
    levels = _levels_shown(progress.visits, LEVELS_ON_PAPER if is_paper else None)
    if levels:
        made.append(_strip(progress.visits, frame, levels))
    made += regional(progress.visits, frame)
    courses = [one for one in progress.courses if len(one.scores) > 1]
    made += [_score(one, frame) for one in courses[: SCORES_ON_PAPER if is_paper else None]]
    return tuple(made)


def frame_of(visits: Sequence[Visit], *, is_paper: bool = False) -> charts.Frame:
    """The axis of the visits, with a mark at a change of therapist and a skipped reassessment."""
    frame = charts.Frame(
        labels=tuple(f"{one.day.day} {one.day:%b}" for one in visits),
        marks=tuple(
            charts.Mark(index, "T" * one.is_new_therapist + "R" * one.is_overdue)
            for index, one in enumerate(visits)
            if one.is_new_therapist or one.is_overdue
        ),
    )
    small = {"width": 250, "height": PAPER_HEIGHT}
    return replace(frame, **small) if is_paper else frame  # type: ignore[arg-type] # two integers


def _pain(visits: Sequence[Visit], frame: charts.Frame) -> Plot:
    before = [one.pain_before for one in visits]
    after = [one.pain_after for one in visits]
    return Plot(
        name="pain",
        heading="Pain before and after",
        sentence=_course("Pain before the session", before, len(visits)),
        key="Filled circles: before. Open squares: after.",
        columns=("Session", "Before", "After"),
        rows=day_rows(visits, before, after),
        svg=drawn(charts.pain_dots(frame, "Pain before and after, 0 to 10.", before, after)),
    )


def _course(words: str, values: Sequence[int | None], sessions: int) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return f"{words}: not noted."
    return f"{words}: {known[0]} → {known[-1]} over {sessions} sessions."


def _soreness(visits: Sequence[Visit], frame: charts.Frame) -> Plot:
    day_one = [one.soreness_24 for one in visits]
    day_two = [one.soreness_48 for one in visits]
    title = "Soreness after 24 and 48 hours, 0 to 10. Gaps are missing answers."
    return Plot(
        name="soreness",
        heading="Soreness",
        sentence=f"After 24 h {_average(day_one)}; after 48 h {_average(day_two)}.",
        key="Dark: 24 h. Pale: 48 h. A gap is a missing answer, never zero.",
        columns=("Session", "24 h", "48 h"),
        rows=day_rows(visits, day_one, day_two),
        svg=drawn(charts.soreness_bars(frame, title, day_one, day_two)),
    )


def _average(values: Sequence[int | None]) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return f"no answer of {len(values)}"
    return f"{sum(known) / len(known):.1f} on average ({len(known)} of {len(values)} answered)"


def _twitches(visits: Sequence[Visit], frame: charts.Frame) -> Plot:
    total = Counter[str]()
    for one in visits:
        total.update(one.twitches)
    counts = [[one.twitches.get(name, 0) for one in visits] for name in ADDED]
    return Plot(
        name="twitch",
        heading="Twitch response",
        sentence=_twitch_words(total),
        key="Dark: strong. Pale: weak. White: none. Dashed, beside: share not noted.",
        columns=("Session", *(f"{Twitch(name).label.capitalize()}" for name in ADDED)),
        rows=day_rows(visits, *counts),
        svg=drawn(
            charts.twitch_share(
                frame, "Share of muscles by twitch response.", [one.twitches for one in visits]
            )
        ),
    )


def _twitch_words(total: Mapping[str, int]) -> str:
    twitched = total["strong"] + total["weak"]
    noted = twitched + total["none"]
    if not noted:
        return "No twitch response was noted."
    return f"A twitch in {twitched} of {noted} muscles noted; {total['not_noted']} not noted."


def _dose(visits: Sequence[Visit], frame: charts.Frame) -> Plot:
    insertions = [one.insertions for one in visits]
    out = [one.needles_out for one in visits]
    return Plot(
        name="dose",
        heading="Dose",
        sentence=f"{min(insertions)} to {max(insertions)} insertions a session, "
        f"{sum(insertions)} in all.",
        key="Bars: insertions.",
        columns=("Session", "Muscles", "Insertions", "Needles out"),
        rows=day_rows(visits, [one.muscles for one in visits], insertions, out),
        svg=drawn(charts.dose_bars(frame, "Insertions of each session.", insertions)),
    )


def _levels_shown(visits: Sequence[Visit], most: int | None) -> list[Level]:
    """Roots and sides that were needled or flagged, from above; the most needled ones on paper."""
    total = Counter[Level]()
    for one in visits:
        total.update(dict.fromkeys(one.flagged, 0))
        total.update(one.levels)
    kept = [level for level, _count in total.most_common(most)]
    return sorted(kept, key=lambda level: (ROOTS.index(level[0]), list(Side).index(Side(level[1]))))


def _strip(visits: Sequence[Visit], frame: charts.Frame, levels: list[Level]) -> Plot:
    title = "Insertions by nerve root and side, session by session."
    needled = [one.levels for one in visits]
    times = Counter(level for one in visits for level in one.levels)
    most = ", ".join(f"{root} {side} ({n} sessions)" for (root, side), n in times.most_common(2))
    return Plot(
        name="levels",
        heading="Nerve roots",
        sentence=f"Needled most: {most}." if most else "No nerve root was noted.",
        key="Number and shade: insertions. Thick edge: flag accepted in the assessment.",
        columns=("Session", *(f"{root} {side}" for root, side in levels)),
        rows=day_rows(visits, *([_cell(one, level) for one in visits] for level in levels)),
        svg=drawn(
            charts.level_strip(frame, title, levels, needled, [one.flagged for one in visits])
        ),
    )


def _cell(visit: Visit, level: Level) -> str:
    flag = " (flagged)" if level in visit.flagged else ""
    return f"{visit.levels.get(level, 0)}{flag}"


def _score(course: Course, frame: charts.Frame) -> Plot:
    measure, scoring = course.measure, course.measure.scoring
    band = measure.band(course.values[0])
    own = replace(
        frame,
        labels=tuple(f"{one.taken_on.day} {one.taken_on:%b}" for one in course.scores),
        marks=tuple(charts.Mark(index, "A") for index in course.changed_at),
        low=scoring.low,
        high=scoring.high,
    )
    edges = (float(band[0]), float(band[1])) if band else None
    title = f"{scoring.short}, {measure.range_words}."
    scores = [one.score for one in course.scores if one.score is not None]
    return Plot(
        name=f"score-{measure.id}",
        heading=scoring.short,
        sentence=_change(course),
        key=_band_words(course),
        columns=("Day", "Score"),
        rows=tuple(
            (day_words(one.taken_on), signed(score, measure))
            for one, score in zip(course.scores, scores, strict=True)
        ),
        svg=drawn(charts.score_line(own, title, [float(score) for score in scores], edges)),
    )


def _change(course: Course) -> str:
    """The first and the last score that compare, and whether the change is one that matters."""
    measure, values = course.measure, course.values
    if len(values) < 2 and not measure.scoring.is_change:
        return (
            f"{measure.scoring.short}: {signed(values[0], measure)}, nothing to compare with yet."
        )
    words = {
        True: "better by at least the smallest change that matters",
        False: "worse by at least the smallest change that matters",
        None: "less than the smallest change that matters",
    }[measure.has_improved(values[0], values[-1])]
    first = "" if measure.scoring.is_change else f"{signed(values[0], measure)} → "
    said = f"{measure.scoring.short}: {first}{signed(values[-1], measure)}"
    return f"{said}, {words}." if measure.scoring.change is not None else f"{said}."


def _band_words(course: Course) -> str:
    scoring = course.measure.scoring
    if scoring.change is None:
        return f"{course.measure.range_words.capitalize()}."
    around = "no change" if scoring.is_change else "the first value"
    other = " Dashed line, A: other activities from here on." if course.changed_at else ""
    return (
        f"{course.measure.range_words.capitalize()}. Band: {scoring.change:f} around {around}, "
        f"the smallest change that matters ({scoring.change_source}).{other}"
    )
