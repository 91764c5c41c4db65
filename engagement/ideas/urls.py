from django.urls import path

from . import draft_views, own_views, views

urlpatterns = [
    path("idees/", views.idea_list, name="ideas"),
    path("idees/<int:pk>/", views.idea, name="idea"),
    path("idees/photo/<int:pk>/", views.picture, name="idea_picture"),
    path("idees/proposer/", draft_views.propose, name="propose"),
    path("idees/brouillon/<str:token>/", draft_views.draft, name="draft"),
    path("idees/brouillon/<str:token>/photo/<int:pk>/", draft_views.draft_picture, name="draft_picture"),
    path("idees/confirmer/<str:token>/", draft_views.confirm, name="confirm_idea"),
    path("idees/la-mienne/<str:token>/", own_views.mine, name="my_idea"),
    path("idees/la-mienne/<str:token>/photo/<int:pk>/", own_views.my_picture, name="my_picture"),
    path("idees/soutien/<str:token>/", views.support, name="idea_support"),
]
