from django.urls import include, path

urlpatterns = [
    path("", include("ims_clinic.page_urls")),
    path("", include("people.urls")),
    path("", include("scheduling.urls")),
    path("", include("intake.urls")),
    path("", include("assessment.urls")),
    path("", include("sessions.urls")),
    path("", include("reports.urls")),
    path("account/", include("people.sign_in_urls")),
]
