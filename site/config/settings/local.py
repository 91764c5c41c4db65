"""A laptop: what `make run` starts, and nothing outside this folder."""

from .base import *  # noqa: F403 - settings are one namespace
from .base import env

DEBUG = env.bool("DEBUG", True)
SECRET_KEY = env.str("SECRET_KEY", "a laptop keeps no secret")
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DEMO_TOWN = env.bool("DEMO_TOWN", True)
