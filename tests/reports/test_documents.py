from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reports import documents, summaries
from tests import factories


@pytest.mark.django_db
def test_an_evening_session_stands_under_its_own_day_in_the_chart() -> None:
    factories.make_location(time_zone="America/Vancouver")
    summary = summaries.progress(factories.make_patient())
    evening = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)  # 24 November, 17:30 in Vancouver
    row = summaries.ProgressRow(evening, 6, 3, 1, 1, 1, None, None)
    drawn = documents.progress_charts(replace(summary, rows=(row,)))
    assert ">24 Nov<" in drawn["pain_chart"]
