"""A book that names its customers without a code: the name is offered as the code, never taken unasked."""

import pytest

from vitalfew.warehouse.readers import Options, Refused, open_source
from vitalfew.warehouse.tables import ORDER_LINES

BOOK = "订单号,客户名称,订单日期,数量,金额\nA1,甲公司,2025-01-05,1,10\n"


def test_the_name_is_offered_as_the_code(tmp_path):
    file = tmp_path / "book.csv"
    file.write_text(BOOK)

    with pytest.raises(Refused) as refused:
        open_source(file, ORDER_LINES)

    assert "customer=客户名称" in str(refused.value)


def test_the_name_serves_as_the_code_when_asked(tmp_path):
    file = tmp_path / "book.csv"
    file.write_text(BOOK)

    with open_source(file, ORDER_LINES, Options(mapping={"customer": "客户名称"})) as reading:
        (batch,) = reading.batches()

    assert batch.rows["customer"].to_pylist() == ["甲公司"]
