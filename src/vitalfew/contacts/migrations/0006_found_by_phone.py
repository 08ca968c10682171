"""People are found by part of a telephone number, those on file already too."""

from typing import Any

from django.db import migrations


def tails_of(numbers: list[str]) -> list[str]:
    digits = ["".join(filter(str.isdecimal, number)) for number in numbers]
    return [each[start:] for each in digits for start in range(len(each) - 3)]


def put_anew(apps: Any, schema_editor: Any) -> None:
    from vitalfew.accounts.grams import stored
    from vitalfew.accounts.pieces import Index

    here = schema_editor.connection.alias
    numbers: dict[int, list[str]] = {}
    phones = apps.get_model("contacts", "Phone").objects.using(here).order_by("pk")
    for person, number in phones.values_list("person_id", "number").iterator():
        numbers.setdefault(person, []).append(number)
    people = apps.get_model("contacts", "Person").objects.using(here).filter(pk__in=phones.values("person_id"))
    rows = people.order_by("pk").values_list("pk", "name", "wechat", "email").iterator()
    Index("contacts_search").put(((pk, stored(*texts, *tails_of(numbers[pk]))) for pk, *texts in rows), here)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0005_part_and_reports_to")]
    operations = [migrations.RunPython(put_anew, migrations.RunPython.noop)]
