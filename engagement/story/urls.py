"""Beside the pages of projects, which Wagtail serves: what one takes away from them."""

from django.urls import path

from . import views

urlpatterns = [
    path("donnees/projets.csv", views.projects_csv, name="projects_csv"),
    path("donnees/projets.json", views.projects_json, name="projects_json"),
    path("projets/<slug:slug>/fiche/", views.sheet, name="sheet"),
    path("projets/<slug:slug>/fiche.pdf", views.sheet_pdf, name="sheet_pdf"),
    path("projets/<slug:slug>/certificat/", views.ask_certificate, name="ask_certificate"),
    path("projets/<slug:slug>/certificat/demande/", views.certificate_asked, name="certificate_asked"),
    path("certificat/<str:token>/", views.certificate, name="certificate"),
    path("certificat/<str:token>/certificat.pdf", views.certificate_pdf, name="certificate_pdf"),
]
