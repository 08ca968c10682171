from typing import Any

from django.db import migrations


def create(apps: Any, schema_editor: Any) -> None:
    from vitalfew.accounts.grams import stored
    from vitalfew.accounts.pieces import AT_A_TIME, Index

    index = Index("activities_search")
    for statement in index.statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)
    kept = apps.get_model("activities", "Activity").objects.using(schema_editor.connection.alias)
    rows = kept.order_by("pk").values_list("pk", "text")
    some = [(pk, stored(text)) for pk, text in rows.iterator(AT_A_TIME)]
    index.put(some, schema_editor.connection.alias)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE activities_search")


class Migration(migrations.Migration):
    dependencies = [("activities", "0003_ways")]
    operations = [migrations.RunPython(create, drop)]
