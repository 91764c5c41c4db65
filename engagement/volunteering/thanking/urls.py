from django.urls import path

from . import own_views, running_views, views

RUN = "mon-espace/chantiers/<int:pk>"

urlpatterns = [
    path(f"{RUN}/recit/", running_views.account, name="run_account"),
    path(f"{RUN}/recit/photos/<int:picture>/", running_views.picture, name="run_picture"),
    path(f"{RUN}/recit/photos/<int:picture>/retirer/", running_views.drop_picture, name="run_drop_picture"),
    path(f"{RUN}/merci/", running_views.thank, name="run_thank"),
    path("mon-espace/heures/", own_views.mine, name="my_hours"),
    path("mon-espace/heures/<int:pk>/certificat/", own_views.certificate, name="my_certificate"),
    path("chantiers/<uuid:uid>/merci/", views.of_a_day, name="work_day_thanks"),
    path("chantiers/photos/<int:pk>/", views.picture, name="work_day_picture"),
    path("merci/<slug:slug>/", views.of_a_community, name="community_thanks"),
]
