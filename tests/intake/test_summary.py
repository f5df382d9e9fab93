"""The check page in words: a long list of unticked health checks takes one line."""

from django.test import Client

from intake.models import Intake
from intake.questions import Reply
from intake.services import answers_of, save_answers
from intake.summary import EARLIER, AnswerBlock, AnswerLine, AnswerSection, summary
from tests.intake.conftest import stored


def block_of(intake: Intake, title: str) -> AnswerBlock:
    blocks = [block for section in summary(answers_of(intake)) for block in section.blocks]
    return next(block for block in blocks if block.title == title)


def test_a_ticked_check_stands_alone_and_the_others_of_its_group_together(intake: Intake) -> None:
    save_answers(intake, stored(pacemaker="yes", lung_disease="not_sure"))
    block = block_of(intake, "Heart and lungs")
    assert [line.question for line in block.told] == ["pacemaker", "lung_disease"]
    assert [line.question for line in block.unticked] == [
        *("heart_valve", "heart_unstable", "previous_pneumothorax"),
        *("smoker_tall_thin", "flight_dive_planned"),
    ]


def test_every_answer_is_in_one_block_whatever_was_ticked(intake: Intake) -> None:
    save_answers(intake, stored(pregnancy=Reply("yes", "", {"weeks": "9"})))
    for section in summary(answers_of(intake)):
        parts = [(*block.told, *block.unticked) for block in section.blocks]
        told = [line.question for part in parts for line in part]
        assert sorted(told) == sorted(line.question for line in section.lines)


def test_a_no_to_a_question_of_its_own_stays_in_words(intake: Intake) -> None:
    save_answers(intake, stored())
    section = next(one for one in summary(answers_of(intake)) if one.page.slug == "past-care")
    assert [len(block.unticked) for block in section.blocks] == [0]


def test_the_check_page_says_none_of_these_and_no_to_all_others(
    opened: Client, intake: Intake
) -> None:
    save_answers(intake, stored(pacemaker="yes"))
    page = opened.get("/intake/check/").content.decode()
    groups = sum(len(section.page.groups) for section in summary(answers_of(intake)))
    assert page.count("<summary>None of these") == groups - 1
    assert page.count("<summary>No to all others") == 1


def line(value: str, detail: str = "", asked_as: str = "") -> AnswerLine:
    return AnswerLine("q", "Wording", "Words", detail, value, asked_as)


def test_plain_noes_are_folded_and_everything_else_stays() -> None:
    yes, unsure, told = line("yes"), line("not_sure"), line("no", "since the operation")
    reworded = line("no", asked_as="Another wording")
    section = AnswerSection(EARLIER, (yes, line("no"), unsure, told, line("no"), reworded))
    assert section.telling == [yes, unsure, told, reworded]
    assert len(section.denied) == 2


def test_a_single_no_is_not_folded() -> None:
    section = AnswerSection(EARLIER, (line("no"),))
    assert (section.telling, section.denied) == ([line("no")], [])
