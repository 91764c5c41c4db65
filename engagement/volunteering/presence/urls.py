from django.urls import path

from . import views

urlpatterns = [
    path("mon-espace/chantiers/<int:pk>/presence/", views.presence, name="run_presence"),
    path("mon-espace/chantiers/<int:pk>/presence/liste/", views.confirm, name="run_presence_confirm"),
    path("mon-espace/chantiers/<int:pk>/presence/rouvrir/", views.reopen, name="run_presence_reopen"),
    path("mon-espace/chantiers/<int:pk>/feuille.pdf", views.sheet, name="run_sheet"),
]
