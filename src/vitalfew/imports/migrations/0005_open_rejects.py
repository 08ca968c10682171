from django.db import migrations, models


def as_reported(apps, schema_editor):
    """Rows rejected so far wait to be mended or left out."""
    rows = apps.get_model("imports", "Import").objects.using(schema_editor.connection.alias)
    for row in rows.filter(state="done").order_by("-pk").only("report").iterator():
        if rejected := row.report.get("rows_rejected"):
            row.open_rejects = rejected
            row.save(update_fields=["open_rejects"])


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0004_no_passwords_in_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="open_rejects",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(condition=models.Q(("open_rejects__gt", 0)), fields=["-id"], name="import_open"),
        ),
        migrations.RunPython(as_reported, migrations.RunPython.noop),
    ]
