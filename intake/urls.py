from django.urls import path

from intake import consent_views, link_views, views
from intake.review_views import resend, review, send

app_name = "intake"
urlpatterns = [
    path("i/<str:token>/", link_views.start, name="start"),
    path("i/<str:token>/start/", link_views.open_link, name="open"),
    path("intake/", views.resume, name="resume"),
    path("intake/birth-date/", link_views.birth_date, name="birth-date"),
    path("intake/check/", views.check, name="check"),
    path("intake/consent/", consent_views.consent, name="consent"),
    path("intake/done/", views.done, name="done"),
    path("intake/<slug:slug>/", views.page, name="page"),
    path("intake/<slug:slug>/now/", views.emergency, name="emergency"),
    path("intakes/<int:pk>/review/", review, name="review"),
    path("intakes/<int:pk>/resend/", resend, name="resend"),
    path("appointments/<int:pk>/intake/", send, name="send"),
]
