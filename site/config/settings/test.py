"""Tests: real PostgreSQL and Redis of their own, quick passwords, no compression."""

from .local import *  # noqa: F403 - settings are one namespace

DEBUG = False
SECRET_KEY = "tests keep no secret either"  # noqa: S105 - a test's key
SITE_URL = "https://commune.example"
WAGTAILADMIN_BASE_URL = SITE_URL
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEMO_TOWN = False
# Tests are run at night too.
POST_OPENS_AT, POST_CLOSES_AT = 0, 24
