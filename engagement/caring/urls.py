from django.urls import path

from . import views

urlpatterns = [
    path("entretien/<str:token>/", views.check, name="check"),
    path("entretien/<str:token>/merci/", views.check_answered, name="check_answered"),
    path("entretien/photos/<int:pk>.jpg", views.check_photo, name="check_photo"),
]
