from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("handover", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="went_along",
            field=models.JSONField(default=dict, editable=False),
        ),
    ]
