"""What an analysis is, and the list of them.

An analysis is one function in one file of ``vitalfew.analyses``, declared once with :func:`analysis`. From that
declaration come its command, its API path, its page with an options form and a chart, its panel on the account page,
its page in the docs and its entries in the translation files.

    @analysis(group=Group.IDENTIFY, title=_("Vital few"), question=_("Which accounts bring most of our revenue?"), …)
    def pareto(account_months: Frame, *, basis: Literal["sales", "margin"] = "sales") -> Findings:
        …

Positional parameters name what it reads: a canonical table, a summary (``vitalfew.summaries``) or another analysis.
Keyword-only parameters are the user's options; ``as_of`` (days since 1970) and ``currency`` are handed in by the run.
"""

import importlib
import inspect
import math
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.language import Message
from vitalfew.terms import Group, Term, Unit
from vitalfew.terms import gettext_noop as _

Frame = nw.LazyFrame[Any]
Rank = tuple[str, Literal["ascending", "descending"]]
CONFIDENTIAL = frozenset({Group.VALUE, Group.CONTRIBUTION, Group.EQUITY, Group.ONE_TO_ONE})
HANDED_IN = frozenset({"as_of", "currency"})
VARIANTS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "yearly_contribution": ("contribution", {"months": 12}),
}
"""Inputs that are another analysis with options of their own; refreshes and lists take these options for it, too."""
MONEY_BASES: Final = frozenset({"margin", "contribution", "lifetime"})
"""What an option ``basis`` may count that not everybody may see."""
NO_FIGURES: Final = frozenset({Unit.CODE, Unit.WORD, Unit.TEXT, Unit.SENTENCES, Unit.DAY, Unit.MONTH, Unit.YES_NO})


@dataclass(frozen=True)
class Column:
    """A column of a result: its name, its unit and what it means; ``unit_in`` names a column with each row's own unit."""

    name: str
    unit: Unit
    label: str
    meaning: str
    words: type[Term] | None = None
    unit_in: str = ""
    statistic: bool = False
    """Whether it is for those who ask how we know: left out of the account's page."""

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure, set to the right."""
        return self.unit not in NO_FIGURES

    def in_row(self, row: Mapping[str, Any]) -> "Column":
        """The column with the unit that it has in this row."""
        own = row.get(self.unit_in) if self.unit_in else None
        return replace(self, unit=next(unit for unit in Unit if unit == own)) if own else self


@dataclass(frozen=True)
class Choice:
    """How an option is asked for: its label, the label of each where it is one of a few, and its range."""

    label: str
    names: Mapping[str, str] = field(default_factory=dict)
    least: float = 0.0
    most: float = 1e9


@dataclass(frozen=True)
class Drawing:
    """How the result is drawn; the data are the result's own columns.

    ``curve``  y over the rank of the account, largest first (Pareto, whale)
    ``bars``   how many accounts fall to each word of ``x``
    ``top``    the largest and smallest accounts by ``y``
    ``points`` accounts at ``x``, ``y``; parted in four where the fit has ``fields`` (x, y, names: above left and right,
               below left and right)
    ``line``   ``y`` over ``x`` in the order of the rows
    ``band``   the whole book's months as they were and as they are expected, from the fit's ``book`` (months, past,
               mean, low, high)
    ``map``    accounts × ``x``: what is there and what is missing (``y``), from the fit's ``map`` (customers, columns,
               there, missing)
    """

    kind: Literal["curve", "bars", "top", "points", "line", "band", "map"]
    y: str
    x: str = "customer"


@dataclass(frozen=True)
class Findings:
    """What an analysis found: rows, headline figures, the fit behind them, and what to be careful about."""

    rows: pa.Table
    figures: Mapping[str, float | int | str | None] = field(default_factory=dict)
    headline: Message | None = None
    warnings: Sequence[Message] = ()
    fit: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Figures are plain numbers, and one that is not finite is none."""
        object.__setattr__(self, "figures", {name: plain(value) for name, value in self.figures.items()})
        object.__setattr__(self, "fit", plain(self.fit))


def plain(value: Any) -> Any:
    """As JSON can carry it: NumPy's scalars and arrays as Python's, what is not finite as null."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return float(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


class Refusal(Exception):
    """The question can't be answered from these data; the message says why and what would help."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.say("en"))
        self.message = message


@dataclass(frozen=True)
class Option:
    """One of the user's options, as the function's signature declares it."""

    name: str
    type: type
    default: Any
    choices: tuple[str, ...]
    choice: Choice


@dataclass(frozen=True)
class Analysis:
    """A declared analysis: the function and all that the outlets need to show it."""

    function: Callable[..., Findings]
    group: Group
    title: str
    question: str
    columns: tuple[Column, ...]
    source: str
    drawing: Drawing | None
    choices: Mapping[str, Choice]
    per_account: bool
    confidential: bool
    """Whether it tells what not everybody may see: margins, contribution, lifetime value, why somebody leaves."""
    version: int
    ranked: Rank | None
    """By which column screens put accounts in order, where it isn't the chart's."""
    only_for: Mapping[str, tuple[str, str]]
    """Optional inputs that are read only where an option has that value."""

    @property
    def of_accounts(self) -> bool:
        """Whether its rows speak of accounts, one or several a row."""
        return self.columns[0].name == "customer"

    @property
    def name(self) -> str:
        return self.function.__name__.replace("_", "-")

    @cached_property
    def _signature(self) -> inspect.Signature:
        return inspect.signature(self.function)

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """What it reads, by name; optional ones (with a default of None) may be absent."""
        return tuple(n for n, p in self._signature.parameters.items() if p.kind is not p.KEYWORD_ONLY)

    @cached_property
    def optional_inputs(self) -> frozenset[str]:
        return frozenset(n for n in self.inputs if self._signature.parameters[n].default is None)

    @cached_property
    def handed_in(self) -> frozenset[str]:
        return HANDED_IN & self._signature.parameters.keys()

    @cached_property
    def options(self) -> Mapping[str, Option]:
        hints = get_type_hints(self.function)
        return {
            name: self._option(name, hints[name], parameter.default)
            for name, parameter in self._signature.parameters.items()
            if parameter.kind is parameter.KEYWORD_ONLY and name not in HANDED_IN
        }

    def _option(self, name: str, hint: Any, default: Any) -> Option:
        few = get_args(hint) if get_origin(hint) is Literal else ()
        return Option(name, str if few else hint, default, few, self.choices.get(name, Choice(name)))

    def tells_money(self, options: Mapping[str, Any]) -> bool:
        """Whether the answer with these options tells margins, contribution or lifetime value."""
        return self.confidential or options.get("basis") in MONEY_BASES

    def reads(self, name: str, options: Mapping[str, Any]) -> bool:
        """Whether it looks at that input, asked with these options."""
        option, value = self.only_for.get(name, ("", ""))
        return not option or options.get(option) == value

    def column(self, name: str) -> Column:
        return next(each for each in self.columns if each.name == name)

    @property
    def description(self) -> str:
        """The method in words: definition, equation, worked example, source."""
        module = inspect.getmodule(self.function)
        return inspect.getdoc(module) or ""


def analysis(
    *,
    group: Group,
    title: str,
    question: str,
    columns: Sequence[Column],
    source: str,
    drawing: Drawing | None = None,
    choices: Mapping[str, Choice] | None = None,
    per_account: bool = True,
    confidential: bool | None = None,
    version: int = 1,
    ranked: Rank | None = None,
    only_for: Mapping[str, tuple[str, str]] | None = None,
) -> Callable[[Callable[..., Findings]], Analysis]:
    """Declare the function below as an analysis of the catalogue.

    ``per_account``: one row an account. ``confidential``: not for everybody's eyes; by its group, unless said. ``ranked``:
    the column, and its direction, by which screens put the accounts in order. ``only_for``: optional inputs that are looked at
    only where an option has some value, so that who does not ask for it does not wait for them.
    """
    told = group in CONFIDENTIAL if confidential is None else confidential

    def declare(function: Callable[..., Findings]) -> Analysis:
        return Analysis(
            function, group, title, question, tuple(columns), source, drawing, choices or {}, per_account, told, version,
            ranked, only_for or {},
        )  # fmt: skip

    return declare


@cache
def catalogue() -> Mapping[str, Analysis]:
    """Every analysis by name, found by walking ``vitalfew.analyses``."""
    package = importlib.import_module("vitalfew.analyses")
    modules = (
        importlib.import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)
    )
    declared = [value for module in modules for value in vars(module).values() if isinstance(value, Analysis)]
    order = list(Group)
    return {each.name: each for each in sorted(declared, key=lambda each: (order.index(each.group), each.name))}


class UnknownOption(ValueError):
    """An option that the analysis doesn't have, or a value it can't take."""

    def __init__(self, message: Message, option: str = "") -> None:
        super().__init__(message.say("en"))
        self.message = message
        self.option = option
        """The option whose value it can't take."""


def read_option(option: Option, text: str) -> Any:
    """The value a person typed, as the option's type; refused with the accepted ones when it isn't one."""
    if option.choices:
        if text not in option.choices:
            raise _not_accepted(option, text, ", ".join(option.choices))
        return text
    if option.type is bool:
        return text.lower() in {"1", "true", "yes", "on"}
    try:
        value = option.type(text)
    except ValueError:
        raise _not_accepted(option, text, _EXPECTED.get(option.type, option.type.__name__)) from None
    if isinstance(value, int | float) and not option.choice.least <= value <= option.choice.most:
        raise _not_accepted(option, text, f"{option.choice.least:,.10g} – {option.choice.most:,.10g}")
    return value


_EXPECTED = {int: "123", float: "0.5", str: "abc"}


def _not_accepted(option: Option, text: str, accepted: str) -> UnknownOption:
    return UnknownOption(
        Message(
            _("Option {name}: '{text}' is not accepted. Accepted: {accepted}"),
            {"name": option.name, "text": text, "accepted": accepted},
        ),
        option.name,
    )
