from django.urls import path

from assessment import review_views, views

app_name = "assessment"
urlpatterns = [
    path("patients/<int:pk>/assessments/new/", views.create, name="create"),
    path("assessments/<int:pk>/", views.detail, name="detail"),
    path("assessments/<int:pk>/chart/<slug:layer>/", views.chart, name="chart"),
    path("assessments/<int:pk>/findings/", views.save_finding, name="save-finding"),
    path("assessments/<int:pk>/decisions/", review_views.decide, name="decide"),
    path("assessments/<int:pk>/addenda/", review_views.add_addendum, name="add-addendum"),
    path("assessments/<int:pk>/sign/", review_views.sign, name="sign"),
]
