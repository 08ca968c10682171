from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def create(apps: Any, schema_editor: Any) -> None:
    from vitalfew.accounts.pieces import Index

    for statement in Index("complaints_search").statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE complaints_search")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0007_merged"),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=100, unique=True)),
                ("received_on", models.DateField()),
                ("text", models.TextField(blank=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="complaints", to="accounts.account"
                    ),
                ),
            ],
            options={
                "ordering": ("-received_on", "-pk"),
            },
        ),
        migrations.RunPython(create, drop),
    ]
