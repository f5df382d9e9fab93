from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("patients/find/", views.patient_find, name="patient-find"),
    path("patients/new/", views.patient_create, name="patient-create"),
    path("patients/<int:pk>/details/", views.patient_edit, name="patient-edit"),
]
