from django.db import models


class AppointmentStatus(models.TextChoices):
    REQUESTED = "requested", "Requested"
    BOOKED = "booked", "Booked"
    CONFIRMED = "confirmed", "Confirmed"
    ARRIVED = "arrived", "Arrived"
    IN_ROOM = "in_room", "In room"
    DONE = "done", "Done"
    NO_SHOW = "no_show", "No-show"
    CANCELLED = "cancelled", "Cancelled"


# A no-show and a cancelled appointment free their time again.
INACTIVE = (AppointmentStatus.NO_SHOW, AppointmentStatus.CANCELLED)

# The desk's way through a day; a no-show or a cancelled appointment can be taken back.
ON_THE_DAY = (
    AppointmentStatus.ARRIVED,
    AppointmentStatus.IN_ROOM,
    AppointmentStatus.DONE,
    AppointmentStatus.NO_SHOW,
)
USUAL_NEXT = {
    AppointmentStatus.REQUESTED: AppointmentStatus.BOOKED,
    AppointmentStatus.BOOKED: AppointmentStatus.ARRIVED,
    AppointmentStatus.CONFIRMED: AppointmentStatus.ARRIVED,
    AppointmentStatus.ARRIVED: AppointmentStatus.IN_ROOM,
    AppointmentStatus.IN_ROOM: AppointmentStatus.DONE,
}


class AppointmentKind(models.TextChoices):
    INITIAL = "initial", "Initial assessment"
    FOLLOW_UP = "follow_up", "Follow-up"


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"
