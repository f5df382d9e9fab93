from django.urls import path

from reports import blank_form_views, learning_views, views

app_name = "reports"
urlpatterns = [
    path("documents/intake/<int:pk>.pdf", views.intake_pdf, name="intake-pdf"),
    path("documents/consent/<int:pk>.pdf", views.consent_pdf, name="consent-pdf"),
    path("documents/assessment/<int:pk>.pdf", views.assessment_pdf, name="assessment-pdf"),
    path("documents/session/<int:pk>.pdf", views.session_pdf, name="session-pdf"),
    path("documents/progress/<int:pk>.pdf", views.progress_pdf, name="progress-pdf"),
    path("documents/intake-form.pdf", blank_form_views.blank_form, name="blank-form"),
    path(
        "documents/intake-form/<int:pk>.pdf",
        blank_form_views.blank_form_for,
        name="blank-form-for",
    ),
    path("patients/<int:pk>/progress/", views.progress_page, name="progress"),
    path("learning/", learning_views.learning_page, name="learning"),
]
