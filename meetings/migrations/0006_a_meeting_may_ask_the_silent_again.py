from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_a_venue_says_when_it_changed")]

    operations = [
        migrations.AddField(
            model_name="meetingpage",
            name="nudges_the_silent",
            field=models.BooleanField(
                default=False,
                help_text="Those who come are reminded the day before in any case.",
                verbose_name="write once more, a week before, to those who have not answered",
            ),
        ),
    ]
