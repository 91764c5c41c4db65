from django.urls import path

from . import address_views, data_views, entering_views, views

urlpatterns = [
    path("", views.home, name="space"),
    path("entrer/", entering_views.enter, name="space_enter"),
    path("entrer/demande/<str:handle>/", entering_views.sent, name="space_sent"),
    path("entrer/<str:token>/", entering_views.come_in, name="space_come_in"),
    path("sortir/", views.leave, name="space_leave"),
    path("sortir/partout/", views.leave_all, name="space_leave_all"),
    path("appareils/", views.devices, name="space_devices"),
    path("mes-donnees/", data_views.data, name="space_data"),
    path("mes-donnees/corriger/", data_views.correct, name="space_correct"),
    path("mes-donnees/adresse/", data_views.change_address, name="space_change_address"),
    path("mes-donnees/effacer/", data_views.erase, name="space_erase"),
    path("mes-donnees/mes-donnees.json", data_views.take_along, {"kind": "json"}, name="space_take_along_json"),
    path("mes-donnees/mes-donnees.html", data_views.take_along, {"kind": "html"}, name="space_take_along"),
    path("adresse/<str:token>/", address_views.new_address, name="space_new_address"),
]
