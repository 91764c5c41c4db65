"""What only a laptop shows: the letters it kept, and uploads, which a server's proxy would hand out."""

from django.conf import settings
from django.urls import path

from . import views

app_name = "local"

urlpatterns = [
    path("courrier/", views.letter_list, name="letter_list"),
    path("courrier/<str:name>/", views.letter, name="letter"),
    path("courrier/<str:name>/html/", views.letter_html, name="letter_html"),
    path(f"{settings.MEDIA_URL.lstrip('/')}<path:path>", views.media, name="media"),
]
