from django.urls import path

from . import entering_views, views

urlpatterns = [
    path("", views.home, name="space"),
    path("entrer/", entering_views.enter, name="space_enter"),
    path("entrer/demande/<str:handle>/", entering_views.sent, name="space_sent"),
    path("entrer/<str:token>/", entering_views.come_in, name="space_come_in"),
    path("sortir/", views.leave, name="space_leave"),
    path("sortir/partout/", views.leave_all, name="space_leave_all"),
    path("appareils/", views.devices, name="space_devices"),
]
