from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def create(apps: Any, schema_editor: Any) -> None:
    from vitalfew.accounts.pieces import Index

    for statement in Index("documents_search").statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE documents_search")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0007_merged"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentText",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="accounts.accountfile",
                    ),
                ),
                ("text", models.TextField(blank=True)),
                (
                    "reading",
                    models.CharField(
                        choices=[
                            ("read", "Its words are found"),
                            ("picture", "A picture or a scan: it has no words that can be searched"),
                            ("locked", "Locked by a password"),
                            ("broken", "Damaged, or not what its name says"),
                            ("too-much", "Reading it took too long or too much memory"),
                            ("gone", "The file is not in its folder; restore it from a backup"),
                        ],
                        max_length=10,
                    ),
                ),
                ("names_erased", models.BooleanField(default=False)),
            ],
        ),
        migrations.RunPython(create, drop),
    ]
