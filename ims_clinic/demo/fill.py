"""Fill an empty database with the demo clinic: 12 weeks around now, always the same."""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from ims_clinic.demo.agenda import Agenda
from ims_clinic.demo.cast import Casting
from ims_clinic.demo.clinic import open_clinic
from ims_clinic.demo.course import begin
from ims_clinic.demo.diary import Diary
from ims_clinic.demo.names import invented_people, patient_of
from ims_clinic.demo.stage import Stage, actor_of
from ims_clinic.demo.turns import with_turns
from people.models import Patient
from people.services import arrange_supervision, register_patient

SEED, PATIENTS = 7, 80
ON_FILE_SINCE, SUPERVISED_SINCE = timedelta(days=60), timedelta(days=7)


@transaction.atomic
def fill(now: datetime) -> None:
    """Let twelve weeks happen up to ``now`` through the services; all or nothing."""
    random, agenda = Random(SEED), Agenda(now)
    today = now.astimezone(ZoneInfo(settings.CLINIC_TIME_ZONE)).date()
    stage = Stage(open_clinic(today), agenda, random)
    people = list(invented_people(random, PATIENTS, today))
    casting = Casting(stage, today, people, Diary(random))
    for case in with_turns(casting.everybody(), today):
        begin(case)
    for person in casting.people:
        _put_on_file(stage, patient_of(person))
    _arrange_supervision(stage)
    agenda.run()


def _arrange_supervision(stage: Stage) -> None:
    """The newest physiotherapist works under the first one's eyes, who has a cover."""
    first, second, *_others, newest = stage.premises.practitioners
    at = stage.agenda.until - SUPERVISED_SINCE
    for one, supervisor, cover in ((newest, first, first), (first, None, second)):
        act = partial(arrange_supervision, practitioner=one, supervisor=supervisor, cover=cover)
        stage.agenda.add(at, actor_of(first.user), act)


def _put_on_file(stage: Stage, patient: Patient) -> None:
    at = stage.desk_hour(stage.agenda.until - ON_FILE_SINCE)
    desk = stage.premises.desk[0]
    stage.agenda.add(at, actor_of(desk), lambda: register_patient(patient=patient))
