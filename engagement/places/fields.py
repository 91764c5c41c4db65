"""How does a form ask for a place on the plan, with a press on the picture and without a script?"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from . import plan as plans
from .plan import Plan, Point

HELP = _(
    "Press the plan where it is; press again to move the mark. You may also leave it, and say the place in words: "
    "a neighbourhood or an address is enough."
)


class PointInput(forms.Widget):
    """The picture as a button (see `plan.WIDTHS`). The keyboard passes over it: it can only press a corner."""

    use_fieldset = True
    plan: Plan | None = None

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        if self.plan is None:
            return SafeString()
        sizes = [(kind, width, self.plan.height_at(width)) for kind, width in plans.WIDTHS.items()]
        point = value if isinstance(value, Point) else plans.read(value)
        told = {"name": name, "id": (attrs or {}).get("id", name), "plan": self.plan, "point": point, "sizes": sizes}
        return render_to_string("components/plan_point.html", told)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        if is_removed(data, name):
            return ""
        point = plans.pressed(data=data, name=name, plan=self.plan) if self.plan else None
        return str(point or data.get(name, ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data


class PointField(forms.Field):
    """A Point, or None: what is no point on the picture is no answer, since nobody types it."""

    widget = PointInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": HELP, "label": _("On the plan")} | kwargs)

    def to_python(self, value: Any) -> Point | None:
        return plans.read(value)


class PlacingForm(forms.Form):
    """A form with a PointField named `point`. A press on the picture sends the whole form: it only moves the mark.

    `is_placing` says that this happened: nothing is judged then, nothing is valid, and the form shown again keeps all
    that was typed (a browser does not keep chosen files). Without a plan the question is not asked.
    """

    def __init__(self, *args: Any, plan: Plan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plan is None:
            del self.fields["point"]
        else:
            self.fields["point"].widget.plan = plan  # type: ignore[attr-defined]  # a PointInput

    @property
    def is_placing(self) -> bool:
        name, field = self.add_prefix("point"), self.fields.get("point")
        if not self.is_bound or field is None:
            return False
        shown: Plan = field.widget.plan  # type: ignore[attr-defined]  # a PointInput
        return is_removed(self.data, name) or plans.pressed(data=self.data, name=name, plan=shown) is not None

    def is_valid(self) -> bool:
        return not self.is_placing and super().is_valid()

    def full_clean(self) -> None:
        if self.is_placing:
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()


def is_removed(data: Mapping[str, Any], name: str) -> bool:
    return f"{name}.remove" in data
