"""The desk of checks, as the tests open it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from engagement.models import Project, StewardshipCheck


def at(name: str, thing: StewardshipCheck | Project | None = None, *more: str) -> str:
    return reverse(f"stewardship:{name}", args=[thing.pk, *more] if thing else [])


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def again(check: StewardshipCheck) -> StewardshipCheck:
    return StewardshipCheck.objects.get(pk=check.pk)


def listed(desk: Client, **asked: str) -> list[StewardshipCheck]:
    return list(desk.get(at("index"), asked).context["object_list"])
