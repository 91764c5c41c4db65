"""Does the desk refuse, in words, what may not happen to a convention, and whoever may not do it?"""

import pytest
from django.test import Client
from django.urls import reverse

from engagement.models import Convention
from tests.engagement.conventions.conventions import draft, officer, proposed, signed
from tests.engagement.conventions.desk import at, said
from tests.factories import StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.mark.parametrize("who", ["participation", "administration"])
def test_no_address_of_the_desk_changes_or_deletes_what_is_signed(client: Client, who):
    convention, by = signed(), StaffFactory(**{who: True})
    client.force_login(by)
    before = Convention.objects.filter(pk=convention.pk).values().get()
    kept = (convention.commitments, convention.signatures, convention.versions)
    rows = [list(each.values()) for each in kept]

    for view in ("edit", "propose", "take_back", "drop", "delete", "paper", "ask"):
        answer = client.post(at(view, convention.pk), {"title": "x", "state": "draft", "side": "commune"}, follow=True)
        assert said(answer), view
    assert client.get(at("edit", convention.pk)).status_code == 302
    bulk = reverse("wagtail_bulk_action", args=["engagement", "convention", "delete"])
    assert client.post(f"{bulk}?id={convention.pk}").status_code in {302, 404}

    assert Convention.objects.filter(pk=convention.pk).values().get() == before
    assert [list(each.values()) for each in kept] == rows


WRITING = ["propose", "take_back", "drop", "amend", "delete", "edit"]
SIGNING = ["paper", "ask", "end"]


@pytest.mark.parametrize("view", [*WRITING, *SIGNING])
def test_communication_reads_conventions_and_does_nothing_to_them(client: Client, view):
    convention = draft()
    client.force_login(StaffFactory(communication=True))

    assert client.get(at("inspect", convention.pk)).status_code == 200
    answer = client.post(at(view, convention.pk), {})

    assert answer.status_code == 302
    assert Convention.objects.get(pk=convention.pk).is_draft
    assert not answer.headers["Location"].startswith(at("inspect", convention.pk))


def test_one_who_may_write_but_not_sign_notes_no_signature(client: Client):
    by = officer()
    by.user_permissions.clear()
    by.groups.get().permissions.remove(*by.groups.get().permissions.filter(codename="sign_convention"))
    convention = proposed(by=by)
    client.force_login(by)

    page = client.get(at("inspect", convention.pk)).content.decode()

    assert "Note a signed sheet" not in page
    assert client.get(at("paper", convention.pk)).status_code == 302
