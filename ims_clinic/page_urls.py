from django.urls import path, register_converter

from ims_clinic.converters import DayConverter
from ims_clinic.views import booking, calendar, home, inbox, jobs, mailbox, patients

register_converter(DayConverter, "day")

app_name = "clinic"
urlpatterns = [
    path("", home.home, name="home"),
    path("health/", home.health, name="health"),
    path("calendar/", calendar.day, name="day"),
    path("calendar/<day:day>/", calendar.day, name="day-of"),
    path("book/", booking.book, name="book"),
    path("appointments/<int:pk>/", booking.appointment, name="appointment"),
    path("patients/", patients.search, name="patients"),
    path("patients/<int:pk>/", patients.patient, name="patient"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/again/", jobs.run_job_again, name="run-job-again"),
    path("messages/<int:pk>/again/", jobs.send_message_again, name="send-message-again"),
    path("inbox/count/", inbox.inbox_count, name="inbox-count"),
    path("take-over/<slug:kind>/<int:pk>/", inbox.take_over, name="take-over"),
    path("messages/", mailbox.messages_sent, name="messages"),
]
