from django.urls import path

from . import views

urlpatterns = [
    path("mon-espace/conventions/<slug:number>/", views.convention, name="space_convention"),
    path("mon-espace/conventions/<slug:number>/convention.pdf", views.convention_pdf, name="space_convention_pdf"),
    path("mon-espace/certificats/", views.ask_certificate, name="space_certificate"),
]
