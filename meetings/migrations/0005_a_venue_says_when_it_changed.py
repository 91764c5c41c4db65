from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_a_meeting_may_be_online_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="venue",
            name="changed_at",
            field=models.DateTimeField(auto_now=True, null=True),
        ),
    ]
