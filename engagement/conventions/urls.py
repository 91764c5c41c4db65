from django.urls import path

from . import signing_views, views

urlpatterns = [
    path("conventions/", views.conventions, name="conventions"),
    path("conventions/conventions.csv", views.as_csv, name="conventions_csv"),
    path("conventions/conventions.json", views.as_json, name="conventions_json"),
    path("conventions/verifier/", views.verify, name="verify_convention"),
    path("conventions/lire/<str:token>/", views.read, name="read_convention"),
    path("conventions/lire/<str:token>/convention.pdf", views.read_pdf, name="read_convention_pdf"),
    path("conventions/lire/<str:token>/texte.txt", views.read_text, name="read_convention_text"),
    path("conventions/signer/<str:token>/", signing_views.sign, name="sign_convention"),
    path("conventions/<slug:number>/", views.convention, name="convention"),
]
