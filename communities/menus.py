"""Who sees an item of the staff's menu?"""

from collections.abc import Callable

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from .permissions import Anyone


def item_for(may: Callable[[Anyone], bool]) -> type[MenuItem]:
    """An item shown to whoever may open what it leads to; for `menu_item_class`."""

    class Item(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
        def is_shown(self, request: HttpRequest) -> bool:
            return may(request.user)

    return Item
