"""Can a page be published with a picture that may not be shown? By no way there is."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import Image
from wagtail.models import Page, Task, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from communities.models import PictureRights, PictureState
from communities.picture_rights.publishing import MayNotBeShown, ShowsPictures
from engagement.models import ProjectPage, ProjectPicture
from pages import timetable
from pages.models import StandardPage
from tests.communities.picture_rights.pictures import drawn, picture, put_in, with_minors
from tests.engagement.factories import ProjectPageFactory
from tests.factories import StaffFactory
from tests.pages.factories import StandardPageFactory

pytestmark = pytest.mark.django_db
REFUSED = [PictureState.TO_SAY, PictureState.MISSING, PictureState.EXPIRED, PictureState.WITHDRAWN]
ALLOWED = [PictureState.IN_ORDER, PictureState.SOON]
SENTENCES = {
    PictureState.TO_SAY: "Nobody has said who is recognised",
    PictureState.MISSING: "the authorisation of each for the website is not there",
    PictureState.EXPIRED: "has expired",
    PictureState.WITHDRAWN: "was withdrawn",
}


def stands(state: PictureState) -> Image:
    return put_in(picture(title="La fresque"), state, today=timezone.localdate())


def block(image: Image) -> list[dict[str, Any]]:
    return [{"type": "picture", "value": {"image": image.pk, "decorative": False, "alt_text": "Une fresque"}}]


def told_in_a_story(image: Image, **facts: Any) -> StandardPage:
    """A draft that shows it in its story."""
    page: StandardPage = StandardPageFactory(live=False, body=None, **facts)
    page.body = page.body.stream_block.to_python(block(image))
    page.save_revision()
    return page


def told_by_a_project(image: Image, **facts: Any) -> ProjectPage:
    """A draft that shows it above its story."""
    page: ProjectPage = ProjectPageFactory(live=False, **facts)
    page.pictures = [ProjectPicture(image=image, alternative_text="Une fresque")]
    page.save_revision()
    return page


PAGES = [told_in_a_story, told_by_a_project]


@pytest.mark.parametrize("made", PAGES)
@pytest.mark.parametrize("state", REFUSED)
def test_a_draft_is_kept_and_its_publication_is_refused_with_a_sentence(made: Any, state: PictureState) -> None:
    page = made(stands(state))

    with pytest.raises(MayNotBeShown) as refused:
        page.latest_revision.publish()

    assert "La fresque" in refused.value.sentence
    assert not Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("made", PAGES)
@pytest.mark.parametrize("state", ALLOWED)
def test_a_picture_in_order_is_published(made: Any, state: PictureState) -> None:
    page = made(stands(state))

    page.latest_revision.publish()

    assert Page.objects.get(pk=page.pk).live


def test_a_published_page_is_not_published_again_with_a_picture_withdrawn_since() -> None:
    image = drawn(picture())
    page = told_in_a_story(image)
    page.latest_revision.publish()
    put_in(image, PictureState.WITHDRAWN, today=timezone.localdate())

    with pytest.raises(MayNotBeShown):
        StandardPage.objects.get(pk=page.pk).save_revision().publish()


def test_a_page_is_saved_by_our_own_rules_whatever_its_pictures_have_become() -> None:
    image = drawn(picture())
    page = told_by_a_project(image)
    page.latest_revision.publish()
    put_in(image, PictureState.WITHDRAWN, today=timezone.localdate())
    page = ProjectPage.objects.get(pk=page.pk)

    page.summary = "Sans le nom."
    page.save()

    assert ProjectPage.objects.get(pk=page.pk).summary == "Sans le nom."


@pytest.mark.parametrize("made", PAGES)
def test_at_its_hour_it_is_not_published_and_its_draft_opens_again(made: Any) -> None:
    now = timezone.now()
    page = made(drawn(picture()))
    page.go_live_at = now - dt.timedelta(minutes=5)
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    for rights in PictureRights.objects.all():
        with_minors(rights.image, today=timezone.localdate())

    timetable.keep(now=now)

    revision.refresh_from_db()
    assert not Page.objects.get(pk=page.pk).live
    assert revision.approved_go_live_at is None


def test_several_at_once_are_refused_with_the_sentence(desk: Client) -> None:
    page = told_in_a_story(stands(PictureState.MISSING))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = desk.post(f"{address}?id={page.pk}&next=/admin/", follow=True)

    assert SENTENCES[PictureState.MISSING] in answer.content.decode()
    assert not Page.objects.get(pk=page.pk).live


def test_a_workflow_that_approves_it_is_refused_with_the_sentence(desk: Client) -> None:
    page = told_in_a_story(stands(PictureState.WITHDRAWN))
    workflow, staff = Workflow.objects.create(name="Relecture"), StaffFactory(administration=True)
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.create(name="Relire"), sort_order=1)

    with pytest.raises(MayNotBeShown):
        workflow.start(page, staff).current_task_state.approve(user=staff)

    assert not Page.objects.get(pk=page.pk).live


def test_an_editor_reads_which_picture_of_the_story_it_is_and_nothing_typed_is_lost(desk: Client) -> None:
    page = told_in_a_story(stands(PictureState.MISSING))
    form = edited(page, body=page.body.raw_data[0]["value"]["image"])

    answer = desk.post(address_of(page), form | {"action-publish": "1"})

    assert SENTENCES[PictureState.MISSING] in answer.content.decode()
    assert answer.context["form"].data["title"] == "Un titre nouveau"
    assert not Page.objects.get(pk=page.pk).live


def test_an_editor_keeps_the_draft(desk: Client) -> None:
    page = told_in_a_story(stands(PictureState.MISSING))

    desk.post(address_of(page), edited(page, body=page.body.raw_data[0]["value"]["image"]))

    assert StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Un titre nouveau"


@pytest.mark.parametrize("state", REFUSED)
def test_beside_the_picture_of_a_project_stands_why(desk: Client, state: PictureState) -> None:
    image = stands(state)
    page = told_by_a_project(image)

    answer = desk.post(address_of(page), edited_project(page, image) | {"action-publish": "1"})

    (row,) = answer.context["form"].formsets["pictures"].forms
    assert SENTENCES[state] in str(row.errors["image"])
    assert not Page.objects.get(pk=page.pk).live


def test_a_project_is_published_once_the_picture_is_taken_out_in_the_same_form(desk: Client) -> None:
    image = stands(PictureState.WITHDRAWN)
    page = told_by_a_project(image)
    page.save()
    form = edited_project(page, image, gone=True)

    answer = desk.post(address_of(page), form | {"action-publish": "1"})

    assert answer.status_code == 302
    assert Page.objects.get(pk=page.pk).live


def test_every_kind_of_page_that_can_hold_a_picture_asks() -> None:
    kinds = [kind for kind in apps.get_models() if issubclass(kind, Page) and kind is not Page]

    assert [kind for kind in kinds if can_hold_pictures(kind) and not issubclass(kind, ShowsPictures)] == []


def can_hold_pictures(kind: type[models.Model]) -> bool:
    fields = kind._meta.get_fields()
    named = any(field.is_relation and field.many_to_one and field.related_model is Image for field in fields)
    told = any(isinstance(field, StreamField) for field in fields)
    typed = any(
        isinstance(field, RichTextField) and (field.features is None or "image" in field.features) for field in fields
    )
    children = [
        field.related_model
        for field in fields
        if field.one_to_many and not issubclass(field.related_model, Page) and field.related_model is not kind
    ]
    hung = any(
        child_field.many_to_one and child_field.related_model is Image
        for child in children
        for child_field in child._meta.concrete_fields
    )
    return named or told or typed or hung


def address_of(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def edited(page: StandardPage, *, body: int) -> dict[str, Any]:
    value = {"image": body, "decorative": "", "alt_text": "Une fresque"}
    return nested_form_data(
        {
            "title": "Un titre nouveau",
            "slug": page.slug,
            "intro": "",
            "body": streamfield([("picture", value)]),
            "comments": inline_formset([]),
        }
    )


def edited_project(page: ProjectPage, image: Image, *, gone: bool = False) -> dict[str, Any]:
    saved = page.pictures.first()
    row = {"image": image.pk, "alternative_text": "Une fresque", "credit": ""}
    row |= {"id": saved.pk} if saved.pk else {}
    row |= {"DELETE": "on"} if gone else {}
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "project": page.project_id,
            "summary": "",
            "needs": "",
            "story": streamfield([]),
            "pictures": inline_formset([row], initial=1 if saved.pk else 0),
            "facts": inline_formset([]),
            "documents": inline_formset([]),
            "comments": inline_formset([]),
        }
    )
