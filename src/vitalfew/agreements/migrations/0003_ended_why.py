from django.db import migrations, models
from django.db.models import F


def apart(apps, schema_editor):
    """Of an agreement that ended, the one reason there was is that of its end."""
    ended = apps.get_model("agreements", "Agreement").objects.exclude(ended_on=None).filter(ended_why="")
    ended.update(ended_why=F("why"), why="")


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="ended_why",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.RunPython(apart, migrations.RunPython.noop),
    ]
