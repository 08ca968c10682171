"""Only what is plain leaves the house: a record handed to a page of the portal is refused, so that no field leaves unnamed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from django.forms import BaseForm
from django.utils.functional import Promise

from vitalfew.language import Message

LEAVES: Final = (str, int, float, bool, date, Decimal, Enum, Message, BaseForm, Promise, type(None))


class NotPlain(TypeError):
    """Something of the house was about to leave it."""


def plain(value: Any) -> Any:
    """The value, made of texts, numbers, days, words and forms alone.

    >>> plain({"orders": [{"number": "SO-1"}]})
    {'orders': [{'number': 'SO-1'}]}
    """
    if isinstance(value, LEAVES):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if type(value) in {list, tuple}:
        return [plain(each) for each in value]
    raise NotPlain(type(value).__name__)
