"""Addresses of databases that were kept with their password."""

from django.db import migrations

from vitalfew.databases import without_password


def mask(apps, schema_editor):
    """In the record and in its report; audit trail and ledgers can't be written anew, and mask it where they are shown."""
    rows = apps.get_model("imports", "Import").objects.using(schema_editor.connection.alias)
    for row in rows.filter(file__startswith="sql://").iterator():
        row.file = without_password(row.file)
        if "file" in row.report:
            row.report["file"] = row.file
        row.save(update_fields=["file", "report"])


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0003_mapping_has_no_version"),
    ]

    operations = [migrations.RunPython(mask, migrations.RunPython.noop)]
