from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("engagement", "0013_hour_sheets")]

    operations = [
        migrations.AddField(
            model_name="stewardshipcheck",
            name="is_photo_public",
            field=models.BooleanField(default=False, verbose_name="photo shown on the site"),
        ),
        migrations.AddField(
            model_name="stewardshipcheck",
            name="conclusion",
            field=models.CharField(
                blank=True,
                choices=[
                    ("goes_on", "it goes on"),
                    ("renewed", "the convention is renewed"),
                    ("ended", "it ends"),
                ],
                max_length=8,
                verbose_name="conclusion",
            ),
        ),
        migrations.AddConstraint(
            model_name="stewardshipcheck",
            constraint=models.CheckConstraint(
                condition=Q(("photo__isnull", False), ("is_photo_public", False), _connector="OR"),
                name="only_a_photo_there_is_is_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="stewardshipcheck",
            constraint=models.CheckConstraint(
                condition=Q(("conclusion", ""), ("kind", "review"), _connector="OR"),
                name="only_a_review_is_concluded",
            ),
        ),
    ]
