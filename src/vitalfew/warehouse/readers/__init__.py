"""The readers: a source of rows → checked rows of one canonical table, in batches, rejects kept.

    reading      what is known about a source, and its batches: ``open_source``, ``open_frame``, ``read_sql``
    headings     which column is which field            (``synonyms`` is the table of names)
    encoding     which bytes are which characters       shape     delimiter and heading line
    delimited    CSV, TSV, TXT        spreadsheet  XLSX        columnar  Parquet, Arrow        sql  a query
    checks       a block of text cells → typed rows and rejects
    numbers  dates  text  places      one column at a time
    reasons      why a file or a row was not taken, in words

Every source gives blocks of text cells with their line in the file; from there all go the same way. A block is checked
column by column; only what is not plain is looked at value by value, each distinct value once.
"""

from vitalfew.warehouse.readers.options import Options
from vitalfew.warehouse.readers.reading import Reading, open_frame, open_source, read_sql
from vitalfew.warehouse.readers.reasons import REASONS, Refused
from vitalfew.warehouse.readers.rows import Batch, Reject

__all__ = ["REASONS", "Batch", "Options", "Reading", "Refused", "Reject", "open_frame", "open_source", "read_sql"]
