from django.urls import include, path

from . import own_views, views

urlpatterns = [
    path("mon-espace/chantiers/", include("engagement.volunteering.coordinating.urls")),
    path("chantiers/<uuid:uid>/", views.sign_up, name="work_day_sign_up"),
    path("chantiers/confirmer/<str:token>/", views.confirm, name="work_day_confirm"),
    path("chantiers/r/<str:token>/", own_views.choose, name="work_day_choose"),
    path("chantiers/r/<str:token>/merci/", own_views.done, name="work_day_done"),
    path("chantiers/r/<str:token>/retrait/", own_views.withdraw, name="work_day_withdraw"),
    path("chantiers/r/<str:token>/voiture/", own_views.car, name="work_day_car"),
    path("chantiers/r/<str:token>/creneaux.ics", own_views.calendar, name="work_day_ics"),
]
