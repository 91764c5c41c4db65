from django.db import migrations

TABLES = [
    "wagtailsearchpromotions_searchpromotion",
    "wagtailsearchpromotions_querydailyhits",
    "wagtailsearchpromotions_query",
    "simple_translation_simpletranslation",
]
APPS = ["wagtailsearchpromotions", "simple_translation"]


class Migration(migrations.Migration):
    """Two apps of Wagtail's that a town had until now: tables nobody empties any more would keep pages from going."""

    dependencies = [
        ("pages", "0002_pages_say_what_they_are_for"),
    ]

    operations = [
        *[migrations.RunSQL(f"DROP TABLE IF EXISTS {table}", migrations.RunSQL.noop) for table in TABLES],
        migrations.RunSQL([("DELETE FROM django_migrations WHERE app = ANY(%s)", [APPS])], migrations.RunSQL.noop),
    ]
