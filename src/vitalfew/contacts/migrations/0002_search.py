from typing import Any

from django.db import migrations


def create(apps: Any, schema_editor: Any) -> None:
    from vitalfew.accounts.pieces import Index

    for statement in Index("contacts_search").statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE contacts_search")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_people_and_posts")]
    operations = [migrations.RunPython(create, drop)]
