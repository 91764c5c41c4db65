"""The desk of ideas and projects in a browser: nobody is stopped, and Wagtail's windows do what they say."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engagement.models import Idea, IdeaPicture, IdeaStage, Stage
from tests import nobody_stopped
from tests.communities.factories import CommunityFactory, NeighbourhoodFactory, ResidentFactory
from tests.engagement.factories import IdeaFactory, KeptFileFactory, ProjectPageFactory, TeammateFactory, ThemeFactory
from tests.factories import StaffFactory
from tests.nobody_stopped import DESK, Look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = (*DESK, Look("light", 768))


@pytest.fixture(autouse=True)
def _signed_in(page: Page, live_server: LiveServer) -> None:
    nobody_stopped.sign_in(page, StaffFactory(participation=True, reads="fr"), url=live_server.url)


def addresses() -> list[str]:
    """Each page of the desk of ideas and projects, about things that have a bit of everything."""
    long_ago = timezone.now() - dt.timedelta(days=90)
    idea = IdeaFactory(received_at=long_ago, created_at=long_ago, neighbourhood=NeighbourhoodFactory(), public=True)
    IdeaPicture.objects.create(
        idea=idea, file=KeptFileFactory(name="mare.jpg", media_type="image/jpeg", width=4, height=3)
    )
    for stage in (IdeaStage.RECEIVED, IdeaStage.ASKED, IdeaStage.REFUSED):
        IdeaFactory(stage=stage)
    page = ProjectPageFactory(community=CommunityFactory(), stage=Stage.UNDER_WAY)
    TeammateFactory(project=page.project)
    ResidentFactory(name="Ada Terril")
    ThemeFactory()
    return [
        "/admin/",
        *(f"/admin/ideas/{part}" for part in ("board/", "", "?q=nichoirs", "new/")),
        *(f"/admin/ideas/{part}/{idea.pk}/" for part in ("inspect", "edit", "history")),
        *(f"/admin/ideas/{idea.pk}/pass/{stage}/" for stage in ("refused", "merged", "supported")),
        f"/admin/bulk/engagement/idea/give/?id={idea.pk}",
        *(f"/admin/fifty-fifty/{part}" for part in ("", "new/", f"edit/{page.project_id}/")),
        f"/admin/fifty-fifty/inspect/{page.project_id}/?resident=terril",
        f"/admin/fifty-fifty/{page.project_id}/pass/delivered/",
        f"/admin/pages/{page.pk}/edit/",
        "/admin/themes/",
    ]


def test_no_page_of_ideas_and_projects_stops_anyone(page: Page, live_server: LiveServer) -> None:
    found = dict[str, str]()

    for address in addresses():
        page.goto(live_server.url + address)
        found |= nobody_stopped.faults(page, address, LOOKS, where=nobody_stopped.BUT_WAGTAIL)

    assert found == {}


def test_a_twin_is_chosen_in_the_window_and_the_idea_is_joined_after_its_preview(
    page: Page, live_server: LiveServer
) -> None:
    idea, twin = IdeaFactory(title="Une haie"), IdeaFactory(title="La haie de l’école")
    IdeaFactory(title="Une mare", what="De l’eau.")

    page.goto(f"{live_server.url}/admin/ideas/{idea.pk}/pass/merged/")
    page.get_by_role("button", name="Choisir une idée").click()
    page.locator(".modal [name=q]").fill("ecole")
    page.locator(".modal").get_by_text("Une mare").wait_for(state="detached")
    page.locator(".modal").get_by_role("link", name="La haie de l’école").click()
    page.get_by_label("Raison").fill("C’est la même haie.")
    page.get_by_role("button", name="Voir ce qui part").click()
    page.get_by_text("Ce que ses porteurs reçoivent").wait_for()
    page.get_by_role("button", name="La rattacher à une autre idée").click()
    page.get_by_text(re.compile("nouvelle étape")).wait_for()

    assert Idea.objects.get(pk=idea.pk).merged_into == twin


def test_several_ideas_are_ticked_and_made_public_at_once(page: Page, live_server: LiveServer) -> None:
    IdeaFactory.create_batch(2)
    kept = IdeaFactory(title="Pas celle-ci")
    page.set_viewport_size({"width": 1280, "height": 900})

    page.goto(f"{live_server.url}/admin/ideas/")
    page.locator("thead [data-bulk-action-select-all-checkbox]").check()
    page.locator(f"[data-object-id='{kept.pk}']").uncheck()
    page.locator(".bulk-actions-buttons").get_by_text("Rendre publique").click()
    page.get_by_role("button", name="Rendre publique").click()
    page.wait_for_url(re.compile("/admin/ideas/$"))

    assert [idea.is_public for idea in Idea.objects.order_by("pk")] == [True, True, False]
