from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("engagement", "0003_projects_behind_the_pages")]

    operations = [
        # What 0003 wrote is checked before the table changes: PostgreSQL refuses to alter one with checks that wait.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="projectpage", name="community"),
        migrations.RemoveField(model_name="projectpage", name="neighbourhood"),
        migrations.RemoveField(model_name="projectpage", name="stage"),
    ]
