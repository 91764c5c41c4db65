"""Where a coordinator’s pages are, and what they say."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from communities.models import Resident
from tests.engagement.volunteering.plans import community_of


def at(view: str, *args: Any) -> str:
    return reverse(f"engagement:run_{view}", args=args)


def new_page(resident: Resident) -> str:
    return at("new_work_day", community_of(resident).slug)


def words(answer: HttpResponse) -> str:
    return answer.content.decode()
