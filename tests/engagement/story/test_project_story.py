"""What a project's page tells besides its own text."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model

from communities import typography
from engagement.models import (
    CheckState,
    ProjectDocument,
    Side,
    Stage,
    TeamRole,
)
from tests.communities.factories import CommunityFactory, NeighbourhoodFactory
from tests.engagement.conventions.conventions import signed, supported
from tests.engagement.factories import KeptFileFactory, ProjectFactFactory, ProjectPageFactory, TeammateFactory
from tests.engagement.factories_of_what_was_done import (
    DutyFactory,
    LedgerEntryFactory,
    ProjectSheetFactory,
    StewardshipCheckFactory,
)
from tests.meetings.factories import MeetingPageFactory, evening

pytestmark = pytest.mark.django_db


def main(client: Client, path: str) -> str:
    page = client.get(path).content.decode().partition("<main")[2].partition("</main")[0]
    return " ".join(page.split())


def test_a_name_is_shown_only_as_its_bearer_agreed_and_the_others_are_counted(client: Client) -> None:
    page = ProjectPageFactory()
    TeammateFactory(project=page.project, role=TeamRole.SPOKESPERSON, shown_as="Ada T.", resident__name="Ada Terril")
    TeammateFactory(project=page.project, role=TeamRole.HELPER, shown_as="", resident__name="Basile Coron")
    TeammateFactory(project=page.project, role=TeamRole.HELPER, shown_as="", resident__name="Nora Chevalet")

    shown = main(client, page.url)

    assert "Ada T." in shown
    assert "Terril" not in shown
    assert "Coron" not in shown
    assert "2 personnes" in shown


def test_whoever_was_erased_is_not_counted(client: Client) -> None:
    page = ProjectPageFactory()
    TeammateFactory(project=page.project, role=TeamRole.HELPER, resident__erased_at=timezone.now())

    assert "1 personne" not in main(client, page.url)


def test_what_the_team_looks_for_stands_beside_the_way_in(client: Client) -> None:
    page = ProjectPageFactory(community=CommunityFactory(), needs="- Des gants\n\n• Une brouette")

    assert "<li>Des gants</li> <li>Une brouette</li>" in main(client, page.url).replace("</li><li>", "</li> <li>")


def test_both_halves_are_shown_once_something_is_written_in_the_accounts(client: Client) -> None:
    page = ProjectPageFactory()
    empty = main(client, page.url)
    LedgerEntryFactory(project=page.project, side=Side.RESIDENTS)

    assert 'class="balance"' not in empty
    assert 'class="balance"' in main(client, page.url)


def test_empty_parts_say_what_will_be_there(client: Client) -> None:
    shown = main(client, ProjectPageFactory(stage=Stage.SUPPORTED).url)

    for promised in ("sera résumée ici", "seront nommés ici", "sera racontée ici"):
        assert promised in shown


def test_documents_can_be_read_by_anyone(client: Client) -> None:
    page = ProjectPageFactory()
    document = get_document_model().objects.create(title="Le plan", file="plan.pdf", file_size=2000)
    ProjectDocument.objects.create(project=page, document=document)

    assert "Le plan (PDF" in main(client, page.url)


def test_documents_stand_in_the_order_that_the_editor_gave_them(client: Client) -> None:
    page = ProjectPageFactory()
    for place, title in ((2, "Le plan"), (0, "La lettre"), (1, "Le devis")):
        document = get_document_model().objects.create(title=title, file="plan.pdf", file_size=2000)
        ProjectDocument.objects.create(project=page, document=document, sort_order=place)

    shown = main(client, page.url)

    assert shown.index("La lettre") < shown.index("Le devis") < shown.index("Le plan (")


def test_the_sheet_is_led_to_once_it_is_public(client: Client) -> None:
    page = ProjectPageFactory(stage=Stage.DELIVERED)
    sheet = ProjectSheetFactory(project=page.project)
    before = main(client, page.url)
    sheet.public_at = timezone.now()
    sheet.save()

    assert f"/projets/{page.slug}/fiche/" not in before
    assert f"/projets/{page.slug}/fiche/" in main(client, page.url)


@pytest.mark.parametrize("many", [1, 15])
def test_a_whole_story_costs_fifteen_queries_and_sixty_kilobytes_at_most(client: Client, many: int) -> None:
    community = CommunityFactory()
    page = ProjectPageFactory(community=community, neighbourhood=NeighbourhoodFactory(), pictures=True)
    for number in range(many):
        TeammateFactory(project=page.project, shown_as=f"Nora {number}")
        ProjectFactFactory(project=page)
        LedgerEntryFactory(project=page.project)
        MeetingPageFactory(communities=[community], held=True, starts_at=evening(in_days=-1 - number))
        MeetingPageFactory(communities=[community], starts_at=evening(in_days=1 + number))
        answered = timezone.now() - dt.timedelta(days=number)
        StewardshipCheckFactory(project=page.project, state=CheckState.GOOD, answered_at=answered)
    client.get(page.url)

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page.url)

    assert len(asked) <= 15, "\n".join(str(query["sql"])[:160] for query in asked)
    assert len(answer.content) < 60_000


def test_its_convention_is_summed_up_with_its_last_day(client: Client) -> None:
    project = supported()
    page = ProjectPageFactory(project=project, title="Les bancs")
    convention = signed(project=project, summary="Six bancs, faits par les habitants.")
    convention.refresh_from_db()

    shown = main(client, page.url)

    assert "Six bancs, faits par les habitants." in shown
    assert convention.get_absolute_url() in shown
    last_day = typography.day(convention.ends_on, language="fr", pattern="{d} MMMM y")
    assert " ".join(last_day.split()) in shown
    assert shown.count("La convention est signée") == 1


def test_how_it_is_looked_after_is_told_once_it_stands(client: Client) -> None:
    page = ProjectPageFactory(stage=Stage.STEWARDSHIP)
    DutyFactory(project=page.project, what="Arroser les bacs")
    StewardshipCheckFactory(project=page.project, state=CheckState.GOOD, answered_at=timezone.now(), words="Ada ira.")

    shown = main(client, page.url)

    assert "Arroser les bacs" in shown
    assert "Ada ira." not in shown


def test_a_photograph_is_shown_only_as_staff_chose_and_never_loaded_with_the_page(client: Client) -> None:
    page = ProjectPageFactory(stage=Stage.STEWARDSHIP)
    looked = {"project": page.project, "state": CheckState.GOOD, "answered_at": timezone.now()}
    shown = StewardshipCheckFactory(photo=KeptFileFactory(width=800, height=600), is_photo_public=True, **looked)
    kept = StewardshipCheckFactory(photo=KeptFileFactory(width=800, height=600), is_photo_public=False, **looked)

    with CaptureQueriesContext(connection) as asked:
        page_shown = main(client, page.url)

    assert f'src="{reverse("engagement:check_photo", args=[shown.pk])}"' in page_shown
    assert reverse("engagement:check_photo", args=[kept.pk]) not in page_shown
    assert not any("keptfile" in str(query["sql"]) and '"content"' in str(query["sql"]) for query in asked)
