"""A database that facts come from is named without its password, wherever its name is kept or shown."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from vitalfew.imports.actions import Job, receive
from vitalfew.imports.models import Import
from vitalfew.outlets.templatetags.names import change_text
from vitalfew.warehouse.readers import Refused

GIVEN = "sql://postgresql://ann:s3cr/t@127.0.0.1:1/shop?sslpassword=s3cr"
KEPT = "sql://postgresql://127.0.0.1:1/shop"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("named", [GIVEN, ""])
def test_an_import_keeps_no_password(home, named):
    with pytest.raises(Refused) as refused:
        receive(Job("order-lines", GIVEN, "test", given_name=named, query="SELECT 1"), home)

    row = Import.objects.get()
    assert row.file == KEPT
    assert "s3cr" not in str(refused.value)
    assert "s3cr" not in str(row.report)


def test_passwords_kept_before_are_masked():
    row = Import.objects.create(kind="order-lines", file=GIVEN, who="test", report={"file": GIVEN, "rows_read": 3})
    import_module("vitalfew.imports.migrations.0004_no_passwords_in_names").mask(
        apps, SimpleNamespace(connection=connection)
    )

    row.refresh_from_db()
    assert (row.file, row.report) == (KEPT, {"file": KEPT, "rows_read": 3})


def test_the_trail_shows_none_of_older_entries():
    assert change_text(GIVEN) == KEPT
