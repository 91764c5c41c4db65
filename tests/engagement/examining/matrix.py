"""Everyone, everything that a passage would change, and whether a refusal is said."""

import html

from django.contrib.auth.models import User
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import Client

from communities.models import Mailing
from engagement.models import Idea, IdeaStage, Passage, Project
from tests.engagement.factories import WAYS, IdeaFactory
from tests.factories import StaffFactory

GROUPS = ["", "communication", "elected", "participation", "administration"]
ON_THE_DESK = ["communication", "elected", "participation"]
MAY_ACT = {"participation", "administration"}
RECEIVED = [stage for stage in IdeaStage if stage in WAYS and stage != IdeaStage.DRAFT]


def someone(group: str) -> User:
    """Of one group, who reads the desk in French."""
    return StaffFactory(**({group: True} if group else {}), reads="fr")


def state() -> tuple[object, ...]:
    """All that a passage would change."""
    ideas = sorted(Idea.objects.values_list("pk", "stage", "decided_at", "merged_into", "public_at", "officer"))
    projects = sorted(Project.objects.values_list("pk", "stage", "started_on", "delivered_on", "closed_on"), key=str)
    return sorted(ideas, key=str), projects, Passage.objects.count(), Mailing.objects.count()


def facts() -> dict[str, object]:
    """Whatever any passage may ask for."""
    return {"words": "Parce que.", "act": "1", "twin": IdeaFactory().pk, "is_published": "on", "on": "2026-03-01"}


def is_said_in_french(page: str) -> bool:
    """Wagtail's own sentence, the passage's or the rights'."""
    said = html.unescape(page).replace("\u2019", "'")
    return any(words in said for words in ("n'est pas possible", "pas le droit", "pas l'autorisation"))


def said_by(client: Client, answer: HttpResponse) -> str:
    """On the page, or at the top of the next one: what waits for it, said once, without the weight of the page."""
    waiting, request = client.cookies.pop(CookieStorage.cookie_name, None), HttpRequest()
    if answer.status_code == 200:
        return answer.content.decode()
    request.COOKIES = {CookieStorage.cookie_name: waiting.value} if waiting else {}
    return " ".join(str(message) for message in CookieStorage(request))
