"""Why something was not taken: each code with what happened and what to do.

The codes are part of what users and scripts rely on: new ones may join, none is ever renamed.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from vitalfew.terms import gettext_noop as _

Param = str | int | tuple[str, ...]

# A row is rejected.
ROW: Final[Mapping[str, str]] = MappingProxyType(
    {
        "missing": _("A required value is empty. Fill it in."),
        "not-a-number": _("This is not a number, or can be read in two ways. Write it as 1234.56."),
        "not-a-date": _("This is not a date of the calendar, or can be read in two ways. Write it as 2025-03-31."),
        "out-of-range": _("The number is too large, or the date lies in the future or before 1900. Correct it."),
        "currency_precision": _("More than four decimal places. Round it yourself; nothing is rounded unasked."),
        "too_long": _("The text is longer than the field allows. Shorten it; nothing is cut unasked."),
        "control_characters": _("The text contains control characters. Remove them."),
        "invisible_characters": _("The code contains invisible characters. Type it anew."),
        "damaged_code": _("A spreadsheet has turned this code into a rounded number. Restore the code as text."),
        "unknown_currency": _("This is not a currency code. Write the three letters, such as CNY."),
        "ambiguous_currency": _("The sign stands for several currencies. Write the three letters, such as CNY."),
        "bad-encoding": _("Characters were lost before the file came here. Export the row again from its source."),
        "wrong_column_count": _(
            "The row has more or fewer cells than the heading line. Check its delimiters and quotes."
        ),
        "malformed": _("A quotation mark is not closed, or stands in the wrong place. Correct the quotes."),
        "unknown-customer": _("No customer of this code is known. Import the customers first, or correct the code."),
        "duplicate-key": _("Another row of this file has the same key and other content. Keep one of them."),
    }
)

# A whole file is refused; some of these sentences name what was found.
FILE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "empty_file": _("The file is empty. Export it again."),
        "no_data": _("The file has headings and no rows below them. Export it again with its rows."),
        "missing_column": _("Not found: %(columns)s. Headings in the file: %(headings)s."),
        "duplicate_column": _("%(columns)s: more than one heading fits (%(headings)s). Rename or choose one."),
        "too_many_columns": _("The file has more than %(limit)s columns. Export only the columns needed."),
        "bad-encoding": _("The characters of the file cannot be read with certainty (line %(line)s, byte %(byte)s)."),
        "not-a-date": _("%(columns)s: dates such as %(example)s leave open whether the day or the month comes first. Say which."),
        "malformed": _("A single line is longer than %(limit)s characters. Check the line ends and quotes."),
        "choose_sheet": _("Several sheets fit: %(sheets)s. Choose one."),
        "type_mismatch": _("The content is not what the file name says. Check the file, or rename it."),
        "macro_file": _("The workbook contains macros. Save it as a workbook without macros (.xlsx)."),
        "encrypted_or_unsupported": _("The file is encrypted or of a kind not read here. Save it as .xlsx or .csv."),
        "corrupt_file": _("The file is damaged and cannot be opened. Export it again."),
        "unsafe_xml": _("The workbook contains document types or entities, which are not read. Save it anew."),
        "unsafe_archive": _("The archive holds parts that do not belong into a workbook. Save it anew."),
        "too_large_unpacked": _("The file unpacks to far more than its size allows. Save it anew, or as .csv."),
        "unknown_currency": ROW["unknown_currency"],
        "ambiguous_currency": ROW["ambiguous_currency"],
        "names_erased": _(
            "The file named a person whose data were erased since, so it was set aside unread. Send it again without that person."
        ),
        "edi_characters": _("The message says of its characters what does not hold: %(where)s. Send it anew, in UNOW or UTF-8."),
        "edi_syntax": _("The message cannot be taken apart: %(where)s. Send it anew."),
        "edi_envelope": _("The message lacks its beginning or end, or something stands outside them: %(where)s. Send it whole."),
        "edi_count": _("The message counts wrongly: %(where)s says %(said)s, there are %(found)s. Send it whole."),
        "edi_number": _("The number at the end of the message is another than at its beginning: %(where)s. Send it anew."),
        "edi_kind": _("Messages of this kind are not taken: %(where)s. Taken are INVRPT, SLSRPT and 852."),
        "source_failed": _("The source gave an error: %(error)s"),
    }
)  # fmt: skip

# A row is accepted, and this is told with the number of such rows.
WARNINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "amount_mismatch": _("The amount is not quantity times unit price; the amount was taken."),
        "zero_price": _("The unit price or amount is zero."),
        "zero_quantity": _("The quantity is zero."),
        "sign_mismatch": _("Quantity and amount have different signs."),
        "merged_cells": _("The sheet has merged cells: only their first row carries the value."),
        "hidden_rows": _("Hidden rows were read as well."),
        "duplicate_ignored": _("A heading that is not needed occurs more than once."),
        "decimal_comma": _(
            "Numbers were rejected that look as if a comma stood for the decimal point. Say so if it does."
        ),
        "lookalike_key": _(
            "Customer codes that look like another one of the file: each was taken as a customer of its own."
        ),
        "name_conflict": _("Customer codes under more than one name; the code decides who it is."),
        "second_choice": _("Another column could have been meant as well; see the mapping."),
    }
)

HINTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "map": _("Choose the column yourself, for example: %(offers)s."),
        "map_fields": _("Name the columns with --map FIELD=COLUMN; the fields are %(fields)s."),
        "map_any": _("Name the column with --map FIELD=COLUMN."),
        "encoding": _("Name the encoding, such as gb18030, big5 or utf-8, or export the file again as UTF-8."),
        "day_first": _("Say whether the day or the month comes first: --day-first or --month-first."),
        "sheet": _("Name the sheet with --sheet."),
    }
)

REASONS: Final[Mapping[str, str]] = MappingProxyType({**FILE, **ROW})


def _plain(text: str) -> str:
    return text


class Refused(Exception):
    """The whole file is not taken; nothing of it is stored."""

    def __init__(self, reason: str, hint: str | None = None, **params: Param) -> None:
        super().__init__(reason)
        self.reason = reason
        self.message = FILE[reason]
        self._hint = hint
        self.hint = HINTS[hint] if hint else None
        self.params = params

    def __str__(self) -> str:
        return self.say()

    def stored(self) -> dict[str, Any]:
        """As plain JSON values, for a refusal that is kept and said later in any language."""
        return {"reason": self.reason, "hint": self._hint, "params": self.params}

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> "Refused":
        params = {name: tuple(each) if isinstance(each, list) else each for name, each in kept["params"].items()}
        return cls(kept["reason"], kept["hint"], **params)

    def say(self, translate: Callable[[str], str] = _plain, *, hinted: bool = True) -> str:
        """The sentence for a reader; names of columns are translated too, what stood in the file is not.

        Hints speak of the command line's options; a page asks with fields of its own, and leaves them out.
        """
        words = {name: self._word(name, value, translate) for name, value in self.params.items()}
        sentences = [self.message, self.hint] if self.hint and hinted else [self.message]
        return " ".join(translate(sentence) % words for sentence in sentences)

    @staticmethod
    def _word(name: str, value: Param, translate: Callable[[str], str]) -> str:
        if not isinstance(value, tuple):
            return str(value)
        return translate(_(", ")).join(translate(item) if name == "columns" else item for item in value)
