from django.db import migrations, models
from django.db.models import F
from django.utils import timezone


def as_known(apps, _editor):
    """Low scores were seen on the day of the last change, as far as is known; wallets that were told are given.

    What was put away before is told once more, as taken back.
    """
    rows = apps.get_model("surveys", "Respondent").objects
    for row in rows.exclude(seen_by=""):
        rows.filter(pk=row.pk).update(seen_on=timezone.localdate(row.changed_at))
    said = rows.filter(answered_on__isnull=False, wallet_told=True, answers__has_key="wallet_total")
    numbers = list(said.values_list("pk", flat=True))
    rows.filter(pk__in=numbers).update(wallet_given=True)
    gone = rows.filter(pk__in=numbers).exclude(put_away_at=None, wave__put_away_at=None)
    rows.filter(pk__in=list(gone.values_list("pk", flat=True))).update(wallet_told=False, version=F("version") + 1)


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0002_complaint"),
    ]

    operations = [
        migrations.AddField(
            model_name="respondent", name="seen_on", field=models.DateField(editable=False, null=True)
        ),
        migrations.AddField(
            model_name="respondent", name="taken_back", field=models.JSONField(default=list, editable=False)
        ),
        migrations.AddField(
            model_name="respondent", name="wallet_given", field=models.BooleanField(default=False, editable=False)
        ),
        migrations.RunPython(as_known, migrations.RunPython.noop),
    ]
