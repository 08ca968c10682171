from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_goes_first"),
        ("contacts", "0006_found_by_phone"),
        ("milestones", "0001_noted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(fields=["tell_on", "id"], name="milestone_tell"),
        ),
    ]
