from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STARTED_WITH = {
    "la-demarche": "how",
    "mentions-legales": "legal_notice",
    "donnees-personnelles": "privacy",
    "accessibilite": "accessibility",
}


def name_what_towns_started_with(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The pages that a town was given, where it kept their addresses."""
    pages = apps.get_model("pages", "StandardPage").objects
    for slug, purpose in STARTED_WITH.items():
        pages.filter(slug=slug, depth=3).update(purpose=purpose)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="standardpage",
            name="purpose",
            field=models.CharField(
                blank=True,
                choices=[
                    ("how", "how a “fifty-fifty” works"),
                    ("legal_notice", "legal notice"),
                    ("privacy", "personal data"),
                    ("accessibility", "accessibility statement"),
                ],
                default="",
                help_text="Every page leads to it. Leave empty for an ordinary page.",
                max_length=16,
                verbose_name="what the site uses it for",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(name_what_towns_started_with, migrations.RunPython.noop),
    ]
