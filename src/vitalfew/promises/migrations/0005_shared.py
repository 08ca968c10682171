from typing import Any

from django.db import migrations, models
from django.db.models import Q

KNOWN = Q(origin__in=("complaint", "agreement")) | Q(new_days__isnull=False) | Q(heard__isnull=False)
"""Promises that the customer knows of: asked for or agreed on, or answered in the portal already."""


def share(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  (Django hands it over)
    promises = apps.get_model("promises", "Promise")._base_manager
    known = list(promises.filter(KNOWN).values_list("pk", flat=True).distinct())
    for start in range(0, len(known), 500):
        promises.filter(pk__in=known[start : start + 500]).update(shared=True)


def nothing(apps: Any, schema_editor: Any) -> None:
    """The column goes by itself."""


class Migration(migrations.Migration):
    dependencies = [("promises", "0004_asked_in_the_portal")]
    operations = [
        migrations.AddField("promise", "shared", models.BooleanField(default=False, editable=False)),
        migrations.RunPython(share, nothing),
    ]
