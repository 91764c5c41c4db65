"""Django's command line, with the repository's two source roots on the path."""

import gc
import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

SITE = Path(__file__).resolve().parent
sys.path[:0] = [str(SITE.parent), str(SITE)]

# A command makes much that it keeps to its end, migrations above all: looking for rubbish less often saves a quarter.
SELDOM = (100_000, 50, 100)

if __name__ == "__main__":
    gc.set_threshold(*SELDOM)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    execute_from_command_line(sys.argv)
