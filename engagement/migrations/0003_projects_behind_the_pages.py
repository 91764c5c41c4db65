from django.db import migrations
from django.utils import timezone

STAGES = {"idea": "supported", "convention": "signed"}
ALL_STAGES = ("supported", "signed", "under_way", "delivered", "stewardship")


def take_over(apps, schema_editor):
    """Each page gets the project it tells of, at the stage it showed: what was shown stays true."""
    page_model, project_model = apps.get_model("engagement", "ProjectPage"), apps.get_model("engagement", "Project")
    passage_model = apps.get_model("engagement", "Passage")
    for page in page_model.objects.filter(project__isnull=True):
        stage = STAGES.get(page.stage, page.stage)
        since = page.first_published_at or page.latest_revision_created_at or timezone.now()
        project = project_model.objects.create(
            title=page.title[:160],
            stage=stage if stage in ALL_STAGES else "supported",
            community_id=page.community_id,
            neighbourhood_id=page.neighbourhood_id,
            is_from_before=True,
            created_at=since,
        )
        passage_model.objects.create(project=project, to_stage=project.stage, passed_at=since)
        page_model.objects.filter(pk=page.pk).update(project=project)


class Migration(migrations.Migration):
    dependencies = [("engagement", "0002_ideas_conventions_and_what_each_side_brings")]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
