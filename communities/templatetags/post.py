"""What a relay said, in words: {% load post %}."""

from django import template

from communities.post import plain_words

register = template.Library()


@register.filter
def in_plain_words(reason: str) -> str:
    """What it means, then what was said; only the latter when nothing is known of it."""
    meaning = plain_words.meaning(reason)
    return f"{meaning} ({reason})" if meaning else reason
