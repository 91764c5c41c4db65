"""A meeting for machines, inside its page: {% load structured_data %}{% event_of page %}."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from communities.models import Town
from meetings import structured_data
from meetings.models import MeetingPage

register = template.Library()
NOT_IN_A_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def event_of(context: dict[str, Any], meeting: MeetingPage) -> SafeString:
    """A data block that no browser runs; it carries the nonce so that no browser complains of it either."""
    request = context["request"]
    event = structured_data.event(
        meeting=meeting, url=meeting.get_full_url(request), town=Town.load(request_or_site=request)
    )
    if not event:
        return mark_safe("")
    data = json.dumps(event, ensure_ascii=False).translate(NOT_IN_A_SCRIPT)
    nonce = getattr(request, "csp_nonce", "")
    return format_html('<script type="application/ld+json" nonce="{}">{}</script>', nonce, mark_safe(data))  # noqa: S308
