from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0009_moments_come_with_what_happens"),
    ]

    operations = [
        migrations.AddField(
            model_name="town",
            name="accessibility_level",
            field=models.CharField(
                choices=[
                    ("not", "not compliant"),
                    ("partially", "partially compliant"),
                    ("fully", "fully compliant"),
                ],
                default="not",
                help_text=(
                    "Shown at the foot of every page and in the accessibility statement. A site that nobody has audited is not"
                    " compliant."
                ),
                max_length=10,
                verbose_name="accessibility of the site",
            ),
        ),
    ]
