from django.urls import path, re_path

from . import signing_views, views

NUMBER = r"(?P<number>\d{4}-\d{1,5}(?:-A\d{1,3})?)"

urlpatterns = [
    path("conventions/", views.conventions, name="conventions"),
    path("conventions/conventions.csv", views.as_csv, name="conventions_csv"),
    path("conventions/conventions.json", views.as_json, name="conventions_json"),
    path("conventions/verifier/", views.verify, name="verify_convention"),
    path("conventions/lire/<str:token>/", views.read, name="read_convention"),
    path("conventions/lire/<str:token>/convention.pdf", views.read_pdf, name="read_convention_pdf"),
    path("conventions/lire/<str:token>/texte.txt", views.read_text, name="read_convention_text"),
    path("conventions/signer/<str:token>/", signing_views.sign, name="sign_convention"),
    re_path(rf"^conventions/{NUMBER}/$", views.convention, name="convention"),
]
