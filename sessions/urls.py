from django.urls import path

from sessions import alert_views, check_views, row_views, views

app_name = "sessions"
urlpatterns = [
    path("patients/<int:pk>/sessions/", views.create, name="create"),
    path("sessions/<int:pk>/", views.detail, name="detail"),
    path("sessions/<int:pk>/save/", views.save, name="save"),
    path("sessions/<int:pk>/sign/", views.sign, name="sign"),
    path("sessions/<int:pk>/addenda/", views.add_addendum, name="add-addendum"),
    path("sessions/<int:pk>/muscles/", row_views.add_muscle, name="add-muscle"),
    path("sessions/<int:pk>/muscles/find/", row_views.find_muscle, name="find-muscle"),
    path("sessions/<int:pk>/muscles/restore/", row_views.restore_muscle, name="restore-muscle"),
    path("needled/<int:pk>/", row_views.change_muscle, name="change-muscle"),
    path("needled/<int:pk>/remove/", row_views.remove_muscle, name="remove-muscle"),
    path("alerts/<int:pk>/", alert_views.alert, name="alert"),
    path("f/<str:token>/", check_views.start, name="check"),
    path("f/<str:token>/start/", check_views.open_link, name="check-open"),
    path("check/", check_views.answer, name="check-answer"),
    path("check/birth-date/", check_views.birth_date, name="check-birth-date"),
    path("check/device/", check_views.device, name="check-device"),
    path("check/done/", check_views.done, name="check-done"),
]
