"""How is one thing said in several places of a page? {% load saying %}"""

from django import template

register = template.Library()


@register.simple_block_tag
def said(content: str) -> str:
    """Keep what a block says, to say it again: `{% said as heading %}{% block title %}…{% endblock %}{% endsaid %}`."""
    return content
