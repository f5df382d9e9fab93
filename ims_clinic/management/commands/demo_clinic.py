from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ims_clinic.demo.fill import fill
from ims_clinic.demo_accounts import ACCOUNTS, sign_in_lines
from people.models import Patient, User
from scheduling.models import Appointment


class Command(BaseCommand):
    help = "Fill an empty database with an invented clinic, or print the demo's sign-ins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sign-ins", action="store_true", help="print who may sign in")

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo has known passwords; it needs IMS_DEMO=1.")
        if options["sign_ins"]:
            self.stdout.write(sign_in_lines())
        elif User.objects.filter(email=ACCOUNTS[0][0]).exists():
            self.stdout.write("The demo clinic is already filled; nothing was changed.")
        elif User.objects.exists() or Patient.objects.exists():
            raise CommandError(
                "This database holds a real clinic; the demo needs an empty one. "
                "Start with IMS_DEMO=0 to use it."
            )
        else:
            fill(timezone.now())
            self.stdout.write(
                f"The demo clinic is filled: {Patient.objects.count()} invented patients, "
                f"{Appointment.objects.count()} appointments."
            )
