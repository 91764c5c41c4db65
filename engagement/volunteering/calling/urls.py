from django.urls import path

from . import letter_views, rain_views, reply_views

urlpatterns = [
    path("mon-espace/chantiers/<int:pk>/appel/", letter_views.call, name="run_call"),
    path("mon-espace/chantiers/<int:pk>/ecrire/", letter_views.write, name="run_write"),
    path("mon-espace/chantiers/<int:pk>/lettres/<int:letter>/", letter_views.letter, name="run_letter"),
    path("mon-espace/chantiers/<int:pk>/pluie/", rain_views.call_off, name="run_rain"),
    path("mon-espace/chantiers/<int:pk>/pluie/fait/", rain_views.done, name="run_rain_done"),
    path("chantiers/repondre/<str:token>/", reply_views.reply, name="work_day_reply"),
    path("chantiers/repondre/<str:token>/merci/", reply_views.replied, name="work_day_replied"),
]
