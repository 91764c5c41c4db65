from django.urls import path

from . import views

urlpatterns = [
    path("moyens/", views.commune, name="means"),
    path("apports/<int:pk>/", views.project, name="accounts"),
    path("apports/<int:pk>/apports.csv", views.project_csv, name="accounts_csv"),
    path("apports/<int:pk>/apports.json", views.project_json, name="accounts_json"),
]
