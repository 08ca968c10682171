from typing import Any

from django.db import migrations


def create(apps: Any, schema_editor: Any) -> None:
    """The index, with what days are called so far."""
    from vitalfew.accounts.grams import stored
    from vitalfew.accounts.pieces import Index

    index = Index("milestones_search")
    for statement in index.statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)
    using = schema_editor.connection.alias
    named = apps.get_model("milestones", "Milestone").objects.using(using).exclude(title="")
    index.put(((pk, stored(title)) for pk, title in named.values_list("pk", "title")), using)


def drop(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  (Django hands it over)
    schema_editor.execute("DROP TABLE milestones_search")


class Migration(migrations.Migration):
    dependencies = [("milestones", "0002_asked_for")]
    operations = [migrations.RunPython(create, drop)]
