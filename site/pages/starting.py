"""What does a town need before its first meeting? Run at every deployment: makes what is missing, changes nothing."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from communities.models import Town
from engagement.conventions import models_of_a_town

from . import administrators, groups, page_tree, workflow
from .models import HomePage


@dataclass(frozen=True)
class Started:
    """What this run made."""

    tree_is_new: bool
    administrator: administrators.FirstAdministrator | None


@transaction.atomic
def start(
    *, site_url: str, language: str, admin_email: str = "", admin_password: str = "", now: dt.datetime
) -> Started:
    """Make the page tree, groups, workflow, first administrator and the town hall's settings where they are missing."""
    tree_is_new = page_tree.grow(site_url=site_url, language=language, now=now)
    home = HomePage.objects.get()
    groups.form(home=home)
    workflow.attach(home=home)
    groups.clear_defaults()
    models_of_a_town.plant(models=page_tree.words("modeles-de-conventions")["modele"])
    page_tree.name_site(town=Town.load())
    return Started(tree_is_new, administrators.let_in_first(email=admin_email, password=admin_password))
