"""Of which project would a resident like a certificate?"""

from typing import Any

from django import forms
from django.db.models import QuerySet

from engagement.models import Project


class ProjectForm(forms.Form):
    """One of those they took part in, and no other."""

    project = forms.ModelChoiceField(Project.objects.none())

    def __init__(self, *args: Any, projects: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["project"]
        choice.queryset = projects
