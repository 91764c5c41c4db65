"""Who reads a page over before it goes out?"""

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from . import groups

NAME = "Relecture"
TASK = "Relecture par un collègue"
WAGTAILS_OWN = "Moderators approval"


def attach(*, home: Page) -> None:
    """Offer a second pair of eyes on every page below `home`, unless the town already has a workflow."""
    clear_default()
    if WorkflowPage.objects.exists():
        return
    task = GroupApprovalTask.objects.create(name=TASK)
    task.groups.set(Group.objects.filter(name__in=[groups.COMMUNICATION, groups.PARTICIPATION, groups.ADMINISTRATION]))
    workflow = Workflow.objects.create(name=NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home)


def clear_default() -> None:
    """Delete the workflow Wagtail's migrations make, where nothing went through it."""
    unused = Workflow.objects.filter(name=WAGTAILS_OWN, workflow_states__isnull=True)
    tasks = list(GroupApprovalTask.objects.filter(workflow_tasks__workflow__in=unused, task_states__isnull=True))
    unused.delete()
    for task in tasks:
        task.delete()
