from django.urls import path

from . import views

app_name = "meetings"

urlpatterns = [
    path("r/<str:token>/", views.answer, name="answer"),
    path("r/<str:token>/merci/", views.answer_recorded, name="answer_recorded"),
    path("venir/<uuid:uid>/", views.register, name="register"),
    path(
        "venir/confirmer/<str:token>/",
        views.confirm_registration,
        name="confirm_registration",
    ),
]
