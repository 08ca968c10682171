from typing import Any

from django.db import migrations


def create(apps: Any, schema_editor: Any) -> None:
    from vitalfew.accounts.pieces import Index

    for statement in Index("accounts_search").statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE accounts_search")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
