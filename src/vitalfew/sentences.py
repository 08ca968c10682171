"""A sentence with its own figures for every account, without an object per account.

A column of :attr:`~vitalfew.terms.Unit.SENTENCES` holds, for each account, sentences as :class:`~vitalfew.language.Message`
stores them, as a JSON list; they are said later, in the language of whoever reads them (`language.say_kept`).

    told(_("Silent for {days} days."), days=counts(silence))      one sentence an account, null where a figure is unknown
    kept(told(…), told(…))                                        the column: those that are said, in that order
"""

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike

from vitalfew.panels import Bools, figures
from vitalfew.terms import Term

PLACES = 6


def told(text: str, where: Bools | None = None, **said: pa.Array) -> pa.Array:
    """The marked text with a figure of each account in every place; null where one is unknown, or not ``where``."""
    if not said:
        if where is None:
            raise ValueError("a sentence without figures says where it holds")
        return pc.if_else(pa.array(where), json.dumps({"text": text, "figures": {}}, ensure_ascii=False), None)
    parts: list[Any] = [f'{{"text": {_quoted(text)}, "figures": {{']
    for number, (name, values) in enumerate(said.items()):
        parts += [f'{", " if number else ""}"{name}": ', values]
    sentence = pc.binary_join_element_wise(*parts, "}}", "")
    return sentence if where is None else pc.if_else(pa.array(where), sentence, None)


def kept(*sentences: pa.Array) -> pa.Array:
    """Each account's sentences in order, those that are null left out; null where none is left."""
    after_comma = [pc.binary_join_element_wise(", ", each, "").fill_null("") for each in sentences]
    inside = pc.utf8_slice_codeunits(pc.binary_join_element_wise(*after_comma, ""), len(", "))
    return pc.if_else(pc.equal(inside, ""), None, pc.binary_join_element_wise("[", inside, "]", ""))


def opened(column: pa.Array) -> pa.Array:
    """The sentences of a kept column, to be kept again beside others."""
    return pc.utf8_slice_codeunits(column, 1, -1)


def percents(values: ArrayLike, places: int = 0, *, signed: bool = False) -> pa.Array:
    return _figure("Percent", values, places, signed)


def counts(values: ArrayLike) -> pa.Array:
    return _figure("Count", values)


def spans(values: ArrayLike) -> pa.Array:
    """Lengths of time in whole days."""
    return _figure("Span", values)


def numbers(values: ArrayLike, places: int = 1) -> pa.Array:
    return _figure("Number", values, places)


def amounts(values: ArrayLike, currency: str) -> pa.Array:
    return _figure("Money", values, currency)


def days(values: ArrayLike) -> pa.Array:
    """Calendar days, from days since 1970."""
    return _kind("Day", _whole(values))


def months(values: ArrayLike) -> pa.Array:
    """Calendar months, from days since 1970."""
    return _kind("Month", _whole(values))


def texts(values: pa.Array) -> pa.Array:
    """Names and the like, said as they are in every language."""
    clean = pc.replace_substring_regex(values.cast(pa.string()), r"[\x00-\x1f]", " ")
    escaped = pc.replace_substring(pc.replace_substring(clean, "\\", "\\\\"), '"', '\\"')
    return pc.binary_join_element_wise('"', escaped, '"', "")


def labels(words: type[Term], codes: pa.Array) -> pa.Array:
    """Words of a closed set, said as people call them."""
    quoted = pa.array([_quoted(word.label) for word in words])
    place = pc.index_in(codes.cast(pa.string()), value_set=pa.array([word.value for word in words]))
    return _kind("Word", quoted.take(place))


def _whole(values: ArrayLike) -> pa.Array:
    return figures(np.asarray(values, dtype=np.float64)).cast(pa.int64()).cast(pa.string())


def _figure(kind: str, values: ArrayLike, *more: Any) -> pa.Array:
    rounded = figures(np.asarray(np.round(np.asarray(values, dtype=np.float64), PLACES), dtype=np.float64))
    return _kind(kind, rounded.cast(pa.string()), *more)


def _kind(kind: str, values: pa.Array, *more: Any) -> pa.Array:
    tail = "".join(f", {_quoted(each)}" for each in more)
    return pc.binary_join_element_wise(f'["{kind}", ', values, f"{tail}]", "")


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
