from django.urls import path

from people import link_views, supervision_views, views

app_name = "people"
urlpatterns = [
    path("hand-back/", link_views.hand_back, name="hand-back"),
    path("staff/supervision/", supervision_views.supervision, name="supervision"),
    path("theme/", views.theme, name="theme"),
    path("language/", views.language, name="language"),
    path("outbox-key/", views.outbox_key, name="outbox-key"),
    path("patients/find/", views.patient_find, name="patient-find"),
    path("patients/new/", views.patient_create, name="patient-create"),
    path("patients/<int:pk>/details/", views.patient_edit, name="patient-edit"),
]
