from django.urls import path

from intake import (
    chase_views,
    consent_link_views,
    consent_staff_views,
    consent_views,
    desk_views,
    draft_views,
    link_views,
    paper_views,
    red_flag_views,
    rescreen_views,
    views,
)
from intake.review_views import resend, review, send

app_name = "intake"
urlpatterns = [
    path("i/<str:token>/", link_views.start, name="start"),
    path("i/<str:token>/start/", link_views.open_link, name="open"),
    path("intake/", views.resume, name="resume"),
    path("intake/birth-date/", link_views.birth_date, name="birth-date"),
    path("intake/device/", link_views.device, name="device"),
    path("intake/check/", views.check, name="check"),
    path("intake/consent/", consent_views.consent, name="consent"),
    path("intake/done/", views.done, name="done"),
    path("intake/<slug:slug>/", views.page, name="page"),
    path("intake/<slug:slug>/draft/", draft_views.draft, name="draft"),
    path("intake/<slug:slug>/now/", views.emergency, name="emergency"),
    path("c/<str:token>/", consent_link_views.start, name="consent-start"),
    path("c/<str:token>/start/", consent_link_views.open_link, name="consent-open"),
    path("consent/", consent_link_views.mine, name="consent-mine"),
    path("consent/birth-date/", consent_link_views.birth_date, name="consent-birth-date"),
    path("consent/sign/", consent_link_views.sign, name="consent-sign"),
    path("consent/take-back/", consent_link_views.withdraw, name="consent-take-back"),
    path("patients/<int:pk>/consent/ask/", consent_staff_views.ask, name="consent-ask"),
    path(
        "patients/<int:pk>/consent/withdraw/", consent_staff_views.withdraw, name="consent-withdraw"
    ),
    path("intakes/<int:pk>/review/", review, name="review"),
    path("intake-alerts/<int:pk>/", red_flag_views.alert, name="alert"),
    path("patients/<int:pk>/rescreen/", rescreen_views.rescreen, name="rescreen"),
    path("intakes/<int:pk>/resend/", resend, name="resend"),
    path("appointments/<int:pk>/intake/", send, name="send"),
    path("intakes/<int:pk>/remind/", chase_views.remind, name="remind"),
    path("appointments/<int:pk>/paper/", paper_views.begin, name="paper-begin"),
    path("intakes/<int:pk>/paper/", paper_views.paper, name="paper"),
    path("intakes/<int:pk>/paper/<slug:slug>/", paper_views.save_page, name="paper-save"),
    path("appointments/<int:pk>/intake/here/", desk_views.fill_in_here, name="fill-in-here"),
    path("appointments/<int:pk>/intake/qr/", desk_views.qr, name="qr"),
    path("intakes/<int:pk>/link/close/", desk_views.close_link, name="close-link"),
    path("intakes/<int:pk>/link/tries/", desk_views.allow_tries, name="allow-tries"),
]
