"""The door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
# What a start made stays until the end: looking for garbage among it takes a tenth of a second, now and again.
gc.freeze()
