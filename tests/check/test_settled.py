"""Does Django find nothing to say about the code, and do the migrations make the models' tables?"""

import pytest
from django.core.management import call_command


def test_django_finds_nothing_to_say():
    call_command("check", fail_level="WARNING")


@pytest.mark.django_db
def test_every_model_has_its_migration():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
