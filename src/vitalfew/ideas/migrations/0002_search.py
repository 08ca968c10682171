from typing import Any

from django.db import migrations


def create(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  (Django hands it over)
    from vitalfew.accounts.pieces import Index

    for statement in Index("ideas_search").statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  (as above)
    schema_editor.execute("DROP TABLE ideas_search")


class Migration(migrations.Migration):
    dependencies = [("ideas", "0001_ideas")]
    operations = [migrations.RunPython(create, drop)]
