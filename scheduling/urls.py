from django.urls import path

from scheduling import views

app_name = "scheduling"
urlpatterns = [
    path("appointments/<int:pk>/move/", views.move, name="move"),
    path("appointments/<int:pk>/status/", views.status, name="status"),
]
