"""Seven fifty-fifty projects: real ones with their facts, and invented ones that say so."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.models import Image

from communities.models import Community, Neighbourhood, Recognisable
from communities.picture_rights import saying
from engagement import projects as registers
from engagement.models import Project, ProjectFact, ProjectIndexPage, ProjectPage, ProjectPicture, Stage
from pages import page_tree

from . import fixtures, lives

DRAWINGS = Path(__file__).parent / "drawings"
CREDIT = "Dessin fait pour la démonstration"


def tell(*, by: User, now: dt.datetime) -> None:
    """Publish every project below the list of projects, taken over by whoever follows them."""
    index = ProjectIndexPage.objects.get()
    for row in fixtures.read("projets")["projet"]:
        page_tree.plant(parent=index, page=as_page(row, by=by, now=now), now=now)


def as_page(row: dict[str, Any], *, by: User, now: dt.datetime) -> ProjectPage:
    """The page of one row, not saved yet."""
    page = ProjectPage(
        **{name: row[name] for name in ("slug", "title", "summary")},
        story=page_tree.as_story([{"type": "text", "value": row["story"]}]),
        project=taken_over(row, by=by, now=now),
    )
    page.pictures = [picture(row)]
    page.facts = [fact(fixtures.facts()[key], order) for order, key in enumerate(row["facts"])]
    return page


def taken_over(row: dict[str, Any], *, by: User, now: dt.datetime) -> Project:
    """The project of one row, from before the town kept a register; its community has the same slug."""
    return registers.take_over(
        title=row["title"],
        stage=Stage(row["stage"]),
        community=Community.objects.get(slug=row["slug"]),
        neighbourhood=Neighbourhood.objects.filter(slug=row.get("neighbourhood", "")).first(),
        by=by,
        now=lives.since(row["slug"], now),
    )


def picture(row: dict[str, Any]) -> ProjectPicture:
    """The project's drawing, which is ours."""
    with (DRAWINGS / row["drawing"]).open("rb") as file:
        image = get_image_model().objects.create(
            title=row["title"], description=row["alternative_text"], file=ImageFile(file, name=row["drawing"])
        )
    say_it_is_drawn(image)
    return ProjectPicture(image=image, alternative_text=row["alternative_text"], credit=CREDIT)


def say_it_is_drawn(image: Image) -> None:
    """Nobody is recognised on a drawing."""
    saying.say(image=image, recognisable=Recognisable.NOBODY, credit=CREDIT, by=None, today=timezone.localdate())


def fact(known: dict[str, Any], order: int) -> ProjectFact:
    """A public fact as a figure of the project."""
    shown = {name: known[name] for name in ("label", "value", "source", "year")}
    return ProjectFact(**shown, source_url=known.get("source_url", ""), sort_order=order)
