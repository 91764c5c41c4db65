from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0003_announcements_are_found_by_their_mailing"),
    ]

    operations = [
        migrations.AddField(
            model_name="venue",
            name="changed_at",
            field=models.DateTimeField(auto_now=True, null=True),
        ),
    ]
