from django.urls import include, path

from . import preference_views, views
from .belonging import space_views
from .belonging import views as belonging
from .space import urls as space

app_name = "communities"

urlpatterns = [
    path("communautes/", views.community_list, name="community_list"),
    path("communautes/<slug:slug>/", views.community, name="community"),
    path("inscription/", views.sign_up, name="sign_up"),
    path("inscription/merci/", views.sign_up_done, name="sign_up_done"),
    path("confirmer/<str:token>/", views.confirm_sign_up, name="confirm_sign_up"),
    path("plus-d-invitation/<str:token>/", belonging.never_invite, name="never_invite"),
    path("desinscription/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("preferences/<str:token>/", preference_views.preferences, name="preferences"),
    path("preferences/<str:token>/enregistre/", preference_views.saved, name="preferences_saved"),
    path("preferences/<str:token>/pause/", preference_views.pause, name="preferences_pause"),
    path("mon-espace/communautes/", space_views.communities, name="space_communities"),
    path("mon-espace/communautes/<slug:slug>/", space_views.community, name="space_community"),
    path("mon-espace/", include(space)),
]
