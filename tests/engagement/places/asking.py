"""A page that asks for a place, as pages of ideas do; only tests see it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.templatetags.static import static
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config import urls
from engagement.places import fields
from engagement.places.plan import Mark, Plan, Point

HEAD = """{% load static %}<!DOCTYPE html><html lang="fr"><head><title>Idée</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
{% for sheet in sheets %}<link rel="stylesheet" href="{% static sheet %}">{% endfor %}</head>"""
PAGE = Template(f"""{HEAD}<body><main class="wrap"><h1>Idée</h1>
{{% if done %}}<p id="done">{{{{ done }}}}</p>{{% endif %}}
<form class="form" method="post" novalidate>{{% include "components/form_fields.html" %}}
<button class="button button--large" type="submit">Envoyer</button></form></main></body></html>""")
SHOWN = Template(
    f"""{HEAD}<body><main class="wrap"><h1>Projets</h1>{{% include "components/plan.html" %}}</main></body></html>"""
)
SHEETS = ["tokens.css", "base.css", "layout.css", *(f"components/{name}.css" for name in ("field", "plan", "button"))]


class PlaceForm(fields.PlacingForm):
    title = forms.CharField(label="Titre")
    address = forms.CharField(label="Adresse", required=False)
    point = fields.PointField(required=False)


def town() -> Plan:
    return Plan(url=static("drawings/terrils.svg"), width=1200, height=360)


@csrf_exempt  # like the pages of residents, who have no account to steal
def ask(request: HttpRequest) -> HttpResponse:
    form = PlaceForm(request.POST or None, plan=town())
    done = form.cleaned_data["point"] if form.is_valid() else None
    return HttpResponse(PAGE.render(RequestContext(request, {"form": form, "done": done, "sheets": SHEETS})))


def show(request: HttpRequest) -> HttpResponse:
    spots = [(0, 0), (412, 305), (1000, 1000)]
    marks = [
        Mark(Point(x, y), number, f"Projet {number}", f"#{number}") for number, (x, y) in enumerate(spots, start=1)
    ]
    told = {"plan": town(), "marks": marks, "title": "Les projets", "sheets": SHEETS}
    return HttpResponse(SHOWN.render(RequestContext(request, told)))


urlpatterns = [path("place/", ask), path("places/", show), *urls.urlpatterns]
