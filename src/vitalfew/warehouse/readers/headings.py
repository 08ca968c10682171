"""Which column of a file is which field: the user's word first, then the canonical names, then the known synonyms.

A near match is offered and never applied: ``下单日`` for the order date, ``Order dt`` likewise.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, lru_cache

from vitalfew.language import LANGUAGES, translate
from vitalfew.warehouse.readers.reasons import Refused
from vitalfew.warehouse.readers.synonyms import SYNONYMS
from vitalfew.warehouse.tables import Table

OWN_NAME, FIRST_CHOICE = -1, 0
NEAR, VERY_NEAR = 0.5, 0.7
SHOWN = 40
BESIDE = re.compile(r"[(（：:，,]")

TRADITIONAL = str.maketrans(
    "訂單號編碼產戶稱數價額幣種別貨銷員業務類區國經負責帳賬電話聯繫職郵庫倉盤點時間開關閉發應項際實諾計劃預約標準備註說問題評對競爭"
    "採購總門鋪終結餘賠償補處訴內詳嚴級態響離薦紹統會組織屬機構來優層頭銜運費進廠報線據憑證質動週設認識轉記錄現儲險檔從訪調買賣錢銀條稅體",
    "订单号编码产户称数价额币种别货销员业务类区国经负责账账电话联系职邮库仓盘点时间开关闭发应项际实诺计划预约标准备注说问题评对竞争"
    "采购总门铺终结余赔偿补处诉内详严级态响离荐绍统会组织属机构来优层头衔运费进厂报线据凭证质动周设认识转记录现储险档从访调买卖钱银条税体",
)


@dataclass
class Assignment:
    """Field -> place of its column, and what there is to tell about how it was found."""

    columns: dict[str, int]
    guessed: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    suggestions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: dict[str, int] = field(default_factory=dict)


@lru_cache(maxsize=10_000)
def fold(heading: str) -> str:
    """A heading as it is compared: width, case, traditional form, spaces and punctuation do not count."""
    letters = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(letter for letter in letters if letter.isalnum()).translate(TRADITIONAL)


@cache
def names_of(table: Table) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Folded heading -> (rank, field) of every field it may stand for, the best rank being the lowest."""
    found: dict[str, list[tuple[int, str]]] = {}
    for column in table.columns:
        for rank, names in _ranks(table, column.name, column.meaning):
            for name in names:
                found.setdefault(name, []).append((rank, column.name))
    return {name: tuple(sorted(places)) for name, places in found.items()}


def _ranks(table: Table, name: str, meaning: str) -> Iterable[tuple[int, set[str]]]:
    groups = [set(map(fold, group.split("·"))) for group in SYNONYMS[table.name].get(name, "").split("|")]
    listed = set[str]().union(*groups)
    own = {fold(word) for word in (name, meaning)} - listed
    yield OWN_NAME, own
    yield from enumerate(groups)
    yield len(groups), {fold(label) for label in labels(meaning)} - listed - own - {""}


def labels(meaning: str) -> set[str]:
    """What a field is called on our screens and in our exports, with and without what stands in brackets or after a colon."""
    said = {translate(meaning, language) for language in LANGUAGES}
    return said | {BESIDE.split(label)[0] for label in said}


def recognised(cells: Iterable[str], table: Table, wanted: Mapping[str, str]) -> int:
    """How many fields a line would name if it were the heading line."""
    names, own = names_of(table), {fold(heading) for heading in wanted.values()}
    fields = {
        folded if folded in own else names[folded][0][1]
        for folded in map(fold, cells)
        if folded and (folded in own or folded in names)
    }
    return len(fields)


def assign(headings: Sequence[str], table: Table, wanted: Mapping[str, str]) -> Assignment:
    """Give every field its column, or refuse the file and name what is missing or there twice."""
    folded = [fold(heading) for heading in headings]
    columns = {name: _chosen(name, heading, headings, table) for name, heading in wanted.items()}
    guesses, second = _guess(folded, headings, table, columns)
    found = Assignment(columns | guesses, tuple(_not_own(guesses, folded)))
    used = set(found.columns.values())
    found.ignored = tuple(heading for i, heading in enumerate(headings) if i not in used and heading.strip())
    found.suggestions = _near(found.ignored, table, [name for name in table.by_name if name not in found.columns])
    if "customer" not in found.columns and "customer_name" in found.columns:
        found.suggestions["customer"] = (headings[found.columns["customer_name"]],)
    if second:
        found.remarks["second_choice"] = second
    if len(set(found.ignored)) < len(found.ignored):
        found.remarks["duplicate_ignored"] = 1
    _refuse_gaps(found, headings, table)
    return found


def _chosen(name: str, heading: str, headings: Sequence[str], table: Table) -> int:
    """The place of the column the user has named for a field."""
    places = [i for i, given in enumerate(headings) if given == heading]
    places = places or [i for i, given in enumerate(headings) if fold(given) == fold(heading)]
    if name not in table.by_name or not places:
        columns = (heading,) if name in table.by_name else (name,)
        raise _refusal("missing_column", headings, columns=columns, headings=_shown(headings))
    if len(places) > 1:
        raise _refusal("duplicate_column", headings, columns=_words([name], table), headings=(heading,))
    return places[0]


def _guess(
    folded: Sequence[str], headings: Sequence[str], table: Table, given: Mapping[str, int]
) -> tuple[dict[str, int], int]:
    """Fields by rank, the best name first; equals for one field are refused, lesser names are counted."""
    taken, names = set(given.values()), names_of(table)
    free = [(i, place) for i, name in enumerate(folded) if i not in taken for place in names.get(name, ())]
    guesses: dict[str, int] = {}
    second: set[int] = set()
    for i, (rank, name) in sorted(free, key=lambda item: (item[1][0], item[0])):
        if name in given or i in guesses.values():
            continue
        if name not in guesses:
            guesses[name] = i
        elif _equals(folded[guesses[name]], folded[i], _rank(names, folded[guesses[name]], name), rank):
            two = (headings[guesses[name]], headings[i])
            raise _refusal("duplicate_column", headings, columns=_words([name], table), headings=two)
        else:
            second.add(i)
    return guesses, len(second - set(guesses.values()))


def _equals(taken: str, other: str, taken_rank: int, rank: int) -> bool:
    """Two headings one of which is too many: the same word twice, or two names of the first choice."""
    return taken == other or taken_rank == rank <= FIRST_CHOICE


def _rank(names: Mapping[str, tuple[tuple[int, str], ...]], folded: str, field_name: str) -> int:
    return next(rank for rank, name in names[folded] if name == field_name)


def _not_own(guesses: Mapping[str, int], folded: Sequence[str]) -> Iterable[str]:
    return (name for name, place in guesses.items() if folded[place] != fold(name))


def gaps(columns: Iterable[str], table: Table) -> list[str]:
    """Required fields without a column; what can be worked out from others is not needed."""
    there = set(columns)
    there |= {"amount"} if {"quantity", "unit_price"} <= there else set()
    there |= {"line_no"}
    return [name for name in table.required if name not in there]


def _refuse_gaps(found: Assignment, headings: Sequence[str], table: Table) -> None:
    missing = gaps(found.columns, table)
    if not missing:
        return
    offers = tuple(f"{name}={heading}" for name in missing for heading in found.suggestions.get(name, ()))
    shown = _shown(headings)
    if offers:
        raise _refusal("missing_column", headings, "map", columns=_words(missing, table), headings=shown, offers=offers)
    fields = tuple(missing)
    raise _refusal(
        "missing_column", headings, "map_fields", columns=_words(fields, table), headings=shown, fields=fields
    )


def _refusal(reason: str, found: Sequence[str], hint: str = "map_any", **params: tuple[str, ...]) -> Refused:
    """A refusal that knows every heading found, for who would like to choose among them."""
    every = tuple(heading for heading in distinct(found) if heading.strip())
    return Refused(reason, hint, every=every, **params)


def proposed(headings: Sequence[str], table: Table) -> dict[str, str]:
    """Field -> the heading that fits best, each heading once: known names first, near ones for what is required."""
    names, taken, found = names_of(table), set[str](), dict[str, str]()
    ranked = sorted((rank, heading, name) for heading in headings for rank, name in names.get(fold(heading), ()))
    near = [(name, like) for name, likes in _near(headings, table, table.required).items() for like in likes]
    for name, heading in [*((name, heading) for _rank, heading, name in ranked), *near]:
        if name not in found and heading not in taken:
            found[name] = heading
            taken.add(heading)
    return found


def _near(free: Sequence[str], table: Table, fields: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Unknown headings that resemble a name of a field that has no column yet."""
    likeness = {
        (name, heading): max(_alike(fold(heading), known) for known in _known(table, name))
        for name in fields
        for heading in free
    }
    enough = {name: NEAR if table.by_name[name].required else VERY_NEAR for name in fields}
    offers = {name: tuple(heading for heading in free if likeness[name, heading] > enough[name]) for name in fields}
    return {name: near for name, near in offers.items() if near}


def _known(table: Table, field_name: str) -> list[str]:
    return [known for known, places in names_of(table).items() if field_name in {name for _, name in places}]


def _alike(heading: str, known: str) -> float:
    """How alike two names are; those of very different lengths are not, without a closer look."""
    shorter, longer = sorted((len(heading), len(known)))
    if 2 * shorter <= NEAR * (shorter + longer):
        return 0.0
    return SequenceMatcher(None, heading, known, autojunk=False).ratio()


def _words(fields: Iterable[str], table: Table) -> tuple[str, ...]:
    return tuple(table.by_name[name].meaning for name in fields)


def _shown(headings: Sequence[str]) -> tuple[str, ...]:
    return tuple(heading for heading in headings if heading.strip())[:SHOWN]


def distinct(headings: Sequence[str]) -> list[str]:
    """The headings as keys of a row: none empty, none twice."""
    given: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = heading or f"#{place + 1}"
        given[f"{name} #{place + 1}" if name in given else name] = place
    return list(given)
