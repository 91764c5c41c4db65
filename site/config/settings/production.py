"""A server: everything from the environment, nothing guessed."""

from urllib.parse import urlsplit

from .base import *  # noqa: F403 - settings are one namespace
from .base import SITE_URL, env

# What a laptop may guess, a server is told.
for told in ("SITE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
    env.str(told)

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
# 127.0.0.1 is what the health check calls itself.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", [urlsplit(SITE_URL).hostname]), "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [SITE_URL])
MFA_REQUIRED = env.bool("MFA_REQUIRED", True)
CELERY_WORKER_CONCURRENCY = env.int("WORKER_CONCURRENCY", 2)

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# W019 wants no frame at all; the admin shows pages and letters in frames of its own.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_tokens": {"()": "config.discreet_logs.WithoutTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "plain",
            "filters": ["without_tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}
