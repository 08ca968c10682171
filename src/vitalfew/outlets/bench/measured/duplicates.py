"""Companies that stand in a book twice: found among names of a million firms, Chinese and Latin, by their names alone.

Every tenth name is another way of writing an earlier one: another legal form, traditional characters, 市 or brackets about the
place, a character that sounds the same; a slip of a letter, punctuation, capitals. Which is known, so that what is found can
be judged.
"""

import random
import time
from functools import cache
from pathlib import Path
from typing import Any, Final

from vitalfew.duplicates.features.folding import words
from vitalfew.outlets.bench import Benchmark, Figures

SEED: Final = 1969
TWINS: Final = 0.1
ONSETS: Final = words("b c d f g h k l m n p r s t v w z br cr dr fl gr kl pl st tr")
VOWELS: Final = words("a e i o u ei ia")
CODAS: Final = ("", "", "l", "n", "r", "s", "x", "nd", "rt")
CHARACTERS: Final = (
    "沐澜铭晟煜昕淳皓霁烨嵘翊骏泽宸屹砺朗栩凌景岳睿旭衡毅颂沛祺盈泓煦禾恒瑞嘉弘启润铄珩聿昱钧骁隽澍湛川屿岚达丰辰信远峰原森野桥舟松柏澄朔恺和宁顺"
    "图维泉岭拓谷麟庭际晖越腾卓迈廷堃璟蔚序安邦宝诚创德东方福富高光广国海宏华辉汇佳建健金锦精久君凯康科乐力立利联良龙隆茂美民明能鹏奇强庆荣融"
    "盛圣时世泰天通同万旺威伟文祥翔协新鑫兴雄亚阳益永优友宇裕源云长振正志智中众州洲尊"
)
FORMS: Final = ("GmbH", "Ltd.", "Inc.", "S.A.", "B.V.", "AG", "LLC", "Corp.", "S.p.A.", "AB")
TRADES: Final = (
    "Industries",
    "Technologies",
    "Trading",
    "Electronics",
    "Systems",
    "Foods",
    "Chemicals",
    "Logistics",
    "",
)
CHINESE_FORMS: Final = ("有限责任公司", "公司", "有限公司")


def prepare(size: int, folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    names, twins = planted(size)
    columns = {"number": list(range(size)), "name": names, "twin": twins}
    pq.write_table(pa.table(columns), folder / "names.parquet")


def planted(size: int) -> tuple[list[str], list[int]]:
    """Names, half of them Chinese; and for each the number of the name that it repeats, or -1."""
    draw = random.Random(SEED)  # noqa: S311  (made-up names)
    firms = size - int(size * TWINS)
    names = [*chinese(firms // 2), *latin(draw, firms - firms // 2)]
    repeated = draw.sample(range(firms), size - firms)
    written = [
        _chinese_again(draw, names[each]) if each < firms // 2 else _latin_again(draw, names[each]) for each in repeated
    ]
    return names + written, [-1] * firms + repeated


def chinese(size: int) -> list[str]:
    """Firms with own words of two or three characters."""
    from vitalfew.demobook.names import TRADES as CHINESE_TRADES
    from vitalfew.demobook.places import CITIES

    draw = random.Random(SEED)  # noqa: S311  (made-up names)
    made: dict[str, None] = {}
    while len(made) < size:
        mark = "".join(draw.choices(CHARACTERS, k=draw.choice((2, 2, 3))))
        made.setdefault(f"{draw.choice(CITIES).name}{mark}{draw.choice(CHINESE_TRADES)[0]}有限公司")
    return list(made)


def latin(draw: random.Random, size: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < size:
        made.setdefault("".join(_syllable(draw) for _each in range(draw.choice((2, 3, 3, 4)))).capitalize())
    return [" ".join(filter(None, (word, draw.choice(TRADES), draw.choice(FORMS)))) for word in made]


def _syllable(draw: random.Random) -> str:
    return draw.choice(ONSETS) + draw.choice(VOWELS) + draw.choice(CODAS)


def _chinese_again(draw: random.Random, name: str) -> str:
    """The same firm, written otherwise."""
    from vitalfew.demobook.places import CITIES

    bare = name.removesuffix("有限公司")
    city = next(each.name for each in CITIES if bare.startswith(each.name))
    rest = bare[len(city) :]
    ways = (
        lambda: city + rest + draw.choice(CHINESE_FORMS[:2]),
        lambda: f"{city}市{rest}有限公司",
        lambda: f"{rest}（{city}）有限公司",
        lambda: _traditional(name),
        lambda: city + _heard_alike(draw, rest[0]) + rest[1:] + "有限公司",
        lambda: f"{city} {rest} 有限公司",
    )
    return draw.choice(ways)()


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


def _traditional(name: str) -> str:
    return str(_converter().convert(name))


def _heard_alike(draw: random.Random, character: str) -> str:
    """Another character of the same sound, as an input method offers it."""
    from vitalfew.duplicates.features.sounds import sound

    others = CHARACTERS + "木兰圣玉纯浩季业容易俊择陈义郎许灵井锐序横亦送佩其赢红须起闰硕行遇均晓树站"
    alike = [each for each in others if sound(each) == sound(character) and each != character]
    return draw.choice(alike) if alike else character


def _latin_again(draw: random.Random, name: str) -> str:
    word, *rest = name.split()
    place = draw.randrange(1, len(word) - 1)
    form = draw.choice(FORMS)
    ways = (
        lambda: " ".join([word, *rest[:-1], form]),
        lambda: name.upper().replace(".", ""),
        lambda: " ".join([word, *rest[:-1]]) or name,
        lambda: " ".join([word[:place] + word[place + 1 :], *rest]),
        lambda: " ".join([word[:place] + word[place] + word[place:], *rest]),
        lambda: " ".join([word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :], *rest]),
        lambda: ", ".join([" ".join([word, *rest[:-1]]), rest[-1]]),
    )
    return draw.choice(ways)()


def work(_size: int, folder: Path) -> Figures:
    import pyarrow.parquet as pq

    from vitalfew.duplicates.features.records import company_records
    from vitalfew.duplicates.linkage.companies import COMPANIES
    from vitalfew.duplicates.linkage.linking import linked

    read = pq.read_table(folder / "names.parquet")
    began = time.perf_counter()
    records = company_records(read["name"].to_pylist())
    parsed = time.perf_counter()
    found = linked(records, COMPANIES)
    done = time.perf_counter()
    return {
        "work seconds": done - began,
        "of it names taken apart": parsed - began,
        **judged(found.pairs, read["twin"].to_pylist()),
    }


def judged(pairs: Any, twins: list[int]) -> dict[str, float]:
    """Precision and recall: two names are one firm if one repeats the other, or both the same."""
    import numpy as np

    known = np.array(twins)
    firm = np.where(known < 0, np.arange(len(known)), known)
    left, right = (np.asarray(pairs[side]) for side in ("left", "right"))
    right_ones = int((firm[left] == firm[right]).sum())
    _firms, sizes = np.unique(firm, return_counts=True)
    truly = int((sizes * (sizes - 1) // 2).sum())
    return {"precision": right_ones / max(len(left), 1), "recall": right_ones / max(truly, 1)}


BENCHMARK: Final = Benchmark(
    title="Duplicate companies among Chinese and Latin names",
    unit="names",
    size=100_000,
    prepare=prepare,
    work=work,
    goals={1_000_000: {"work seconds": 9.0, "recall": 0.94, "precision": 0.999, "peak MiB": 1200}},
    more=frozenset({"recall", "precision"}),
)
