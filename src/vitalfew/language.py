"""Sentences in three languages, for halves of the house that know no Django.

An analysis speaks in :class:`Message`: a sentence marked for translation, with its figures beside it. Whoever shows it
calls :meth:`Message.say` with a language; figures are then written as that language writes them
(¥1,234.5 万 in Chinese, ¥12.3 M in English).
"""

import gettext
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from vitalfew.terms import gettext_noop as _

Language = Literal["zh-hans", "zh-hant", "en"]
LANGUAGES: Final[Mapping[Language, str]] = {"zh-hans": "简体中文", "zh-hant": "繁體中文", "en": "English"}
LOCALES: Final[Mapping[Language, str]] = {"zh-hans": "zh_Hans", "zh-hant": "zh_Hant", "en": "en"}
CURRENCY_SIGNS: Final[Mapping[str, str]] = {
    "CNY": "¥",
    "JPY": "JP¥",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "TWD": "NT$",
    "HKD": "HK$",
}

MINUS: Final = "\u2212"


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return gettext.translation("django", folder, languages=[LOCALES[language]], fallback=True)


@cache
def _renamed() -> Mapping[str, str]:
    """Sentences that were worded anew since a result or a record that is kept said them: former words → present ones."""
    former: Mapping[str, str] = json.loads((Path(__file__).parent / "locale" / "renamed.json").read_text("utf-8"))
    return former


def translate(message: str, language: Language) -> str:
    """The message in the language; unknown messages come back as they are."""
    return _catalogue(language).gettext(_renamed().get(message, message)) if message else ""


def spoken(code: str) -> Language:
    """The language of that code; Simplified Chinese where none is known."""
    return "en" if code == "en" else "zh-hant" if code == "zh-hant" else "zh-hans"


@dataclass(frozen=True)
class Percent:
    """A share, stored as a fraction: ``Percent(.783)`` is written 78.3 %; none and all need no decimals.

    What is hardly any is not written as none, nor what is nearly all as all: <0.1 %, >99.9 %.
    """

    value: float
    places: int = 1
    signed: bool = False

    def say(self, language: Language) -> str:
        places = 0 if abs(self.value) in _WHOLES else self.places
        number = f"{abs(self.value) * 100:,.{places}f}"
        sign = MINUS if self.value < 0 and number.strip("0.") else "+" if self.signed else self._nearly(number)
        return f"{sign}{self._edge(number) if sign in {'<', '>'} else number}{' ' if language == 'en' else ''}%"

    def _nearly(self, number: str) -> str:
        """Whether it is hardly any, or nearly all, of what it is a share of."""
        if 0 < self.value < 1 and float(number.replace(",", "")) in {0.0, 100.0}:
            return "<" if self.value < 0.5 else ">"  # noqa: PLR2004  (nearer to none, or to all)
        return ""

    def _edge(self, number: str) -> str:
        least = 10**-self.places
        return f"{least if float(number) == 0 else 100 - least:.{self.places}f}"


_WHOLES: Final = (0.0, 1.0)


@dataclass(frozen=True)
class Count:
    """A whole number with separators."""

    value: float

    def say(self, language: Language) -> str:  # noqa: ARG002  (all three write it alike)
        return f"{self.value:,.0f}".replace("-", MINUS)


@dataclass(frozen=True)
class Number:
    """A plain figure with a fixed number of places; of three and more, one that is above nothing is not written as nothing."""

    value: float
    places: int = 2

    def say(self, language: Language) -> str:  # noqa: ARG002  (all three write it alike)
        least = 10**-self.places
        if self.places >= 3 and 0 < self.value < least / 2:  # noqa: PLR2004  (the places of a small probability)
            return f"<{least:.{self.places}f}"
        return f"{self.value:,.{self.places}f}".replace("-", MINUS)


def short(value: float) -> Count | Number:
    """With one place, or none where it is whole: 3, 2.5."""
    return Count(value) if f"{value:.1f}".endswith(".0") else Number(value, 1)


def plain(value: float) -> Number:
    """With three figures or so, and none that says nothing: 118, 94.44, 0.76, 0.034; what is not nothing keeps its zeros."""
    size = abs(value)
    most = 3 if size < 1 else 2 if size < 100 else 1  # noqa: PLR2004  (the steps just told)
    written = f"{size:.{most}f}"
    if value and not float(written):
        return Number(max(value, 0.0), most)
    return Number(value, len(written.rstrip("0").partition(".")[2]))


@dataclass(frozen=True)
class Money:
    """An amount in its currency, shortened for reading: 万 and 亿 in Chinese, K and M in English."""

    value: float
    currency: str = ""

    def say(self, language: Language) -> str:
        sign = MINUS if self.value < 0 else ""
        mark = CURRENCY_SIGNS.get(self.currency, f"{self.currency} " if self.currency else "")
        return f"{sign}{mark}{_shortened(abs(self.value), language)}"


_CHINESE_STEPS: Final = ((1e8, "亿", "億"), (1e4, "万", "萬"))
_ENGLISH_STEPS: Final = ((1e9, "B"), (1e6, "M"), (1e3, "K"))
_SHORT_FROM: Final = 10_000


def _shortened(value: float, language: Language) -> str:
    if value < _SHORT_FROM:
        return f"{value:,.0f}"
    if language == "en":
        return next(
            f"{value / step:,.{_places(value / step)}f} {name}" for step, name in _ENGLISH_STEPS if value >= step
        )
    return next(
        f"{value / step:,.{_places(value / step)}f} {hans if language == 'zh-hans' else hant}"
        for step, hans, hant in _CHINESE_STEPS
        if value >= step
    )


def _places(value: float) -> int:
    """Three figures or so: 1.23, 12.3, 123."""
    return 2 if value < 10 else 1 if value < 1000 else 0  # noqa: PLR2004  (three figures)


@dataclass(frozen=True)
class Day:
    """A calendar day, in days since 1970: 2026年3月5日, 5 March 2026."""

    value: int

    def say(self, language: Language) -> str:
        day = date(1970, 1, 1) + timedelta(days=self.value)
        if language == "en":
            return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
        return f"{day.year}年{day.month}月{day.day}日"


_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Month:
    """The calendar month of a day, in days since 1970: 2026年3月, March 2026."""

    value: int

    def say(self, language: Language) -> str:
        day = date(1970, 1, 1) + timedelta(days=self.value)
        if language == "en":
            return f"{_ENGLISH_MONTHS[day.month - 1]} {day.year}"
        return f"{day.year}年{day.month}月"


@dataclass(frozen=True)
class Span:
    """A length of time in whole days: 14 days, 14天."""

    value: float

    def say(self, language: Language) -> str:
        n = Count(self.value)
        return Message(_("{n} day") if n.say(language) == "1" else _("{n} days"), {"n": n}).say(language)


@dataclass(frozen=True)
class Word:
    """A marked word inside a sentence, translated with it."""

    value: str

    def say(self, language: Language) -> str:
        return translate(self.value, language)


@dataclass(frozen=True)
class Accounts:
    """Accounts by their codes; whoever shows the sentence may know their names."""

    codes: Sequence[str]

    def say(self, language: Language) -> str:
        return listed(self.codes, language)


@dataclass(frozen=True)
class Names:
    """Names that are the same in every language, the one after the other."""

    names: Sequence[str]

    def say(self, language: Language) -> str:
        return listed(self.names, language)


def listed(names: Sequence[str], language: Language) -> str:
    """Names the one after the other: A, B; A、B."""
    return (", " if language == "en" else "、").join(names)


Figure = Percent | Count | Number | Money | Day | Month | Span | Word | Accounts | Names | str


class _Said(str):
    """A figure in words, which may choose the words beside it: ``{n:order|orders}`` is ``order`` where n is 1."""

    __slots__ = ()

    def __format__(self, forms: str) -> str:
        one, bar, several = forms.partition("|")
        return (one if self == "1" else several) if bar else super().__format__(forms)


@dataclass(frozen=True)
class Message:
    """A sentence marked for translation and the figures that go into it.

    >>> Message("The top 20 % bring {share} of sales", {"share": Percent(0.783)}).say("en")
    'The top 20 % bring 78.3 % of sales'
    >>> Message("{n} {n:account is|accounts are} lost", {"n": Count(1)}).say("en")
    '1 account is lost'
    """

    text: str
    figures: Mapping[str, Figure] = field(default_factory=dict)

    def say(self, language: Language = "en") -> str:
        words = {name: value if isinstance(value, str) else value.say(language) for name, value in self.figures.items()}
        return translate(self.text, language).format(**{name: _Said(said) for name, said in words.items()})

    @property
    def accounts(self) -> list[str]:
        """The codes of the accounts it speaks of."""
        return [code for each in self.figures.values() if isinstance(each, Accounts) for code in each.codes]

    def naming(self, names: Mapping[str, str]) -> "Message":
        """The sentence with the names of its accounts in place of their codes, as far as they are known."""
        named = {
            name: Accounts([names.get(code, code) for code in each.codes]) if isinstance(each, Accounts) else each
            for name, each in self.figures.items()
        }
        return Message(self.text, named)

    def stored(self) -> dict[str, Any]:
        """As plain JSON values, for a sentence that is kept and said later in any language."""
        return {"text": self.text, "figures": {name: _stored(value) for name, value in self.figures.items()}}

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> "Message":
        return cls(kept["text"], {name: _restored(value) for name, value in kept["figures"].items()})


@dataclass(frozen=True)
class Kept:
    """Sentences as they are kept, to be said later."""

    sentences: str

    def say(self, language: Language = "en") -> str:
        return say_kept(self.sentences, language)


def _stored(figure: Figure) -> Any:
    if isinstance(figure, str):
        return figure
    values = [value.item() if hasattr(value, "item") else value for value in vars(figure).values()]
    return [type(figure).__name__, *values]


_KINDS: Final[Mapping[str, Any]] = {
    kind.__name__: kind for kind in (Percent, Count, Number, Money, Day, Month, Span, Word, Accounts, Names)
}


def _restored(kept: Any) -> Figure:
    figure: Figure = kept if isinstance(kept, str) else _KINDS[kept[0]](*kept[1:])
    return figure


def say_kept(kept: str, language: Language) -> str:
    """Sentences kept as JSON, the one after the other, in the language.

    >>> say_kept('[{"text": "{n} orders.", "figures": {"n": ["Count", 3]}}]', "en")
    '3 orders.'
    """
    between = " " if language == "en" else ""
    return between.join(Message.restored(each).say(language) for each in json.loads(kept))
