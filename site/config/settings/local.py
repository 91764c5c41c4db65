"""A laptop: what `make run` starts, and nothing outside this folder."""

from .base import *  # noqa: F403 - settings are one namespace
from .base import REPOSITORY, env

DEBUG = env.bool("DEBUG", True)
SECRET_KEY = env.str("SECRET_KEY", "a laptop keeps no secret")
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS: list[str] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DEMO_TOWN = env.bool("DEMO_TOWN", True)

# Without DEBUG too (`make run` shows what residents see), style sheets come from the source and errors are logged.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
CAUGHT_LETTERS = REPOSITORY / ".local" / "mailbox"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
