from django.urls import path

from sessions import care_views, library_views, programme_views

urlpatterns = [
    path("exercises/", library_views.exercises, name="exercises"),
    path("exercises/new/", library_views.exercise_create, name="exercise-create"),
    path("exercises/starters/", library_views.add_starters, name="add-starters"),
    path("exercises/<int:pk>/", library_views.exercise_edit, name="exercise-edit"),
    path("exercises/<int:pk>/retire/", library_views.exercise_retire, name="exercise-retire"),
    path("plans/<int:pk>/end/", care_views.end_plan, name="end-plan"),
    path("sessions/<int:pk>/advice/", programme_views.tell, name="tell"),
    path("sessions/<int:pk>/exercises/", programme_views.add_exercise, name="add-exercise"),
    path("sessions/<int:pk>/exercises/find/", programme_views.find_exercise, name="find-exercise"),
    path(
        "sessions/<int:pk>/exercises/last/",
        programme_views.repeat_exercises,
        name="repeat-exercises",
    ),
    path(
        "sessions/<int:pk>/exercises/change/",
        programme_views.change_exercise,
        name="change-exercise",
    ),
    path(
        "sessions/<int:pk>/exercises/remove/",
        programme_views.remove_exercise,
        name="remove-exercise",
    ),
    path(
        "sessions/<int:pk>/exercises/restore/",
        programme_views.restore_exercise,
        name="restore-exercise",
    ),
    path("sessions/<int:pk>/plan/", care_views.set_plan, name="set-plan"),
    path("sessions/<int:pk>/plan/numbers/", care_views.change_plan, name="change-plan"),
    path("sessions/<int:pk>/next/", care_views.book_next_visit, name="book-next"),
]
