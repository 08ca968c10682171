"""What kind of source a file is: told by its first bytes; its name may only agree."""

from typing import Final

from vitalfew.warehouse.readers.files import File
from vitalfew.warehouse.readers.options import Options
from vitalfew.warehouse.readers.reasons import Refused
from vitalfew.warehouse.readers.rows import Source
from vitalfew.warehouse.tables import Table

ZIP, PARQUET, OLE, PDF = b"PK", b"PAR1", b"\xd0\xcf\x11\xe0", b"%PDF"
WORKBOOKS: Final = {".xlsx", ".xlsm", ".xltx", ".xltm", "", ".tmp", ".upload"}
BINARY_NAMES: Final = {".xlsx", ".xlsm", ".xls", ".parquet"}


def source_of(file: File, table: Table, options: Options) -> Source:
    """The source that reads this file."""
    begins = file.begins()
    if not begins:
        raise Refused("empty_file")
    if begins.startswith(OLE):
        raise Refused("encrypted_or_unsupported")
    if begins.startswith((ZIP + b"\x03\x04", ZIP + b"\x05\x06")):
        return _workbook(file, table, options)
    if begins.startswith(PARQUET):
        from vitalfew.warehouse.readers.columnar import Parquet

        return Parquet(file.stream)
    if begins.startswith(PDF) or file.ending in BINARY_NAMES:
        raise Refused("type_mismatch")
    from vitalfew.warehouse.readers.delimited import Delimited

    return Delimited(file.stream, table, options)


def _workbook(file: File, table: Table, options: Options) -> Source:
    if file.ending not in WORKBOOKS:
        raise Refused("type_mismatch" if file.ending in {".csv", ".tsv", ".txt"} else "encrypted_or_unsupported")
    from vitalfew.warehouse.readers.spreadsheet import Workbook

    return Workbook(file.stream, table, options)
