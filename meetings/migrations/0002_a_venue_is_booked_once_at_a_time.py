"""Two live meetings never hold the same venue at the same time; ranges of keys need no extension."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
                ALTER TABLE meetings_venuebooking ADD CONSTRAINT a_venue_is_booked_once_at_a_time
                EXCLUDE USING gist (
                    int8range(venue_id, venue_id, '[]') WITH &&,
                    tstzrange(starts_at, ends_at) WITH &&
                )
            """,
            reverse_sql="ALTER TABLE meetings_venuebooking DROP CONSTRAINT a_venue_is_booked_once_at_a_time",
        )
    ]
