from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("documents/intake/<int:pk>.pdf", views.intake_pdf, name="intake-pdf"),
    path("documents/assessment/<int:pk>.pdf", views.assessment_pdf, name="assessment-pdf"),
    path("documents/session/<int:pk>.pdf", views.session_pdf, name="session-pdf"),
    path("documents/progress/<int:pk>.pdf", views.progress_pdf, name="progress-pdf"),
    path("patients/<int:pk>/progress/", views.progress_page, name="progress"),
]
