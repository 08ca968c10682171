from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Abs


def as_of_the_last_refresh(apps, schema_editor):
    """For the scorecards that lists show; an account that stopped has it from the next refresh on."""
    here = schema_editor.connection.alias
    latest = apps.get_model("warehouse", "Refresh").objects.using(here).filter(state="done").order_by("-pk").first()
    cards = apps.get_model("warehouse", "Scorecard").objects.using(here).filter(refresh=latest, growth__gt=-1)
    cards.update(moved=Abs(F("revenue_12m") * F("growth") / (1 + F("growth"))))


class Migration(migrations.Migration):
    dependencies = [
        ("warehouse", "0005_open_rank"),
    ]

    operations = [
        migrations.AddField(
            model_name="scorecard",
            name="moved",
            field=models.FloatField(null=True),
        ),
        migrations.AddIndex(
            model_name="scorecard",
            index=models.Index(fields=["refresh", "-moved", "customer"], name="scorecard_moved"),
        ),
        migrations.RunPython(as_of_the_last_refresh, migrations.RunPython.noop),
    ]
