"""The addresses of the desk of conventions, and what it says."""

from typing import Any

from django.urls import reverse


def at(view: str, *args: int) -> str:
    return reverse(f"conventions_desk:{view}", args=args)


def said(page: Any) -> list[str]:
    """What the desk told the person."""
    return [str(message).strip() for message in page.context["messages"]] if page.context else []
