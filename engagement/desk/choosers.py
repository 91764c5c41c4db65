"""What do the windows in which staff choose an idea or a project share?"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin

from communities.permissions import Anyone


class OnlyFor:
    """A window for those who may see what it lists."""

    may: Callable[[Anyone], bool]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not type(self).may(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # Wagtail's view
        return response


class Search(SearchFilterMixin, BaseFilterForm):  # type: ignore[misc]  # Wagtail is untyped
    """Words looked for in a window."""

    def filter(self, objects: Any) -> Any:
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return self.found(objects, self.search_query) if self.is_searching else objects

    def found(self, objects: Any, words: str) -> Any:
        raise NotImplementedError
