"""An import that is taken back leaves nothing behind."""

import pytest

from vitalfew.accounts.models import Account
from vitalfew.imports.actions import Job, receive, undo
from vitalfew.imports.models import Import
from vitalfew.imports.work import refresh_now

ROWS = "order_id,line_no,ordered_on,customer,quantity,amount\nO1,1,2025-01-05,{code},1,10\n"


@pytest.mark.django_db(transaction=True)
def test_an_import_taken_back_takes_its_stubs_along(home, tmp_path):
    for code in ("KEPT", "GONE"):
        file = tmp_path / f"{code}.csv"
        file.write_text(ROWS.format(code=code).replace("O1", f"O-{code}"))
        receive(Job("order-lines", file, "test", given_name=code), home)
    refresh_now(home)
    assert set(Account.objects.values_list("code", flat=True)) == {"KEPT", "GONE"}

    undo(Import.objects.get(file="GONE").pk, home, "test")
    refresh_now(home)

    assert list(Account.objects.values_list("code", flat=True)) == ["KEPT"]
