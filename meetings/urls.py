from django.urls import path

from . import views
from .calendars import calendar_views, feed_views
from .seating import waiting_views

app_name = "meetings"

urlpatterns = [
    path("agenda.ics", feed_views.agenda, name="agenda_ics"),
    path("communautes/<slug:slug>.ics", feed_views.community, name="community_ics"),
    path("reunions/<uuid:uid>.ics", feed_views.meeting, name="meeting_ics"),
    path("cal/<str:secret>.ics", feed_views.own, name="own_ics"),
    path("mon-calendrier/<str:token>/", calendar_views.my_calendar, name="my_calendar"),
    path("r/<str:token>/", views.answer, name="answer"),
    path("r/<str:token>/merci/", views.answer_recorded, name="answer_recorded"),
    path("r/<str:token>/attente/", waiting_views.place, name="waiting"),
    path("venir/<uuid:uid>/", views.register, name="register"),
    path(
        "venir/confirmer/<str:token>/",
        views.confirm_registration,
        name="confirm_registration",
    ),
]
