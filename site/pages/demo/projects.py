"""Six fifty-fifty projects: real ones with their facts, and two invented ones that say so."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile
from wagtail.images import get_image_model

from communities.models import Community, Neighbourhood
from engagement.models import ProjectFact, ProjectIndexPage, ProjectPage, ProjectPicture
from pages import page_tree

from . import fixtures

DRAWINGS = Path(__file__).parent / "drawings"
CREDIT = "Dessin fait pour la démonstration"


def tell(*, now: dt.datetime) -> None:
    """Publish every project below the list of projects."""
    index = ProjectIndexPage.objects.get()
    for row in fixtures.read("projets")["projet"]:
        page_tree.plant(parent=index, page=as_page(row), now=now)


def as_page(row: dict[str, Any]) -> ProjectPage:
    """The page of one row, not saved yet; its community has the same slug."""
    project = ProjectPage(
        **{name: row[name] for name in ("slug", "title", "stage", "summary")},
        story=page_tree.as_story([{"type": "text", "value": row["story"]}]),
        community=Community.objects.get(slug=row["slug"]),
        neighbourhood=Neighbourhood.objects.filter(slug=row.get("neighbourhood", "")).first(),
    )
    project.pictures = [picture(row)]
    project.facts = [fact(fixtures.facts()[key], order) for order, key in enumerate(row["facts"])]
    return project


def picture(row: dict[str, Any]) -> ProjectPicture:
    """The project's drawing, which is ours."""
    with (DRAWINGS / row["drawing"]).open("rb") as file:
        image = get_image_model().objects.create(
            title=row["title"], description=row["alternative_text"], file=ImageFile(file, name=row["drawing"])
        )
    return ProjectPicture(image=image, alternative_text=row["alternative_text"], credit=CREDIT)


def fact(known: dict[str, Any], order: int) -> ProjectFact:
    """A public fact as a figure of the project."""
    shown = {name: known[name] for name in ("label", "value", "source", "year")}
    return ProjectFact(**shown, source_url=known.get("source_url", ""), sort_order=order)
