"""What the firm makes: some ninety appliances in eight categories, each with cost, list price and its season.

Seasons (January to December, 1 = average): dealers fill up with air conditioners before the summer, with heaters and
water heaters before the winter; kitchens follow the weddings and house moves of May and autumn.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.arrays import Chance, Ints, Reals, words
from vitalfew.demobook.columns import money, table, text


@dataclass(frozen=True)
class Category:
    """``lots``: how many pieces stand on a line compared with an air conditioner."""

    name: str
    code: str
    unit: str
    prices: tuple[int, int]
    lots: float
    season: tuple[float, ...]
    models: tuple[str, ...]


CATEGORIES: Final = (
    Category(
        "空调",
        "KT",
        "台",
        (1699, 8999),
        1.0,
        (0.45, 0.45, 1.0, 1.5, 2.1, 2.1, 1.5, 0.9, 0.55, 0.4, 0.5, 0.55),
        words(
            "1匹定频壁挂空调 1匹变频壁挂空调 1.5匹定频壁挂空调 1.5匹变频壁挂空调 1.5匹新风壁挂空调 大1.5匹静音空调 "
            "2匹变频柜式空调 2匹圆柱柜机 3匹变频柜式空调 3匹圆柱柜机 3匹新风柜机 移动空调 风管机 5匹商用柜机 "
            "多联机室内机 除湿机"
        ),
    ),
    Category(
        "冰箱",
        "BX",
        "台",
        (999, 6999),
        0.9,
        (0.8, 0.6, 1.0, 1.1, 1.3, 1.3, 1.2, 1.0, 0.9, 0.9, 1.0, 0.9),
        words(
            "双门直冷冰箱 双门风冷冰箱 三门直冷冰箱 三门风冷冰箱 法式多门冰箱 十字对开门冰箱 对开门变频冰箱 "
            "嵌入式冰箱 卧式冷柜 立式冷柜 商用展示柜 酒店迷你冰箱 母婴冰箱"
        ),
    ),
    Category(
        "洗衣机",
        "XY",
        "台",
        (699, 5499),
        0.9,
        (0.9, 0.6, 1.0, 1.0, 1.1, 1.0, 0.9, 0.95, 1.1, 1.1, 1.25, 1.1),
        words(
            "8公斤波轮洗衣机 10公斤波轮洗衣机 12公斤波轮洗衣机 10公斤滚筒洗衣机 10公斤洗烘一体机 12公斤变频滚筒 "
            "热泵干衣机 双缸洗衣机 迷你壁挂洗衣机 商用洗脱机 分区洗滚筒"
        ),
    ),
    Category(
        "热水器",
        "RS",
        "台",
        (599, 4299),
        1.0,
        (1.1, 0.7, 0.9, 0.9, 0.8, 0.7, 0.7, 0.8, 1.0, 1.2, 1.6, 1.6),
        words(
            "40升电热水器 60升电热水器 80升扁桶电热水器 12升燃气热水器 13升恒温燃气热水器 16升零冷水热水器 "
            "18升零冷水热水器 空气能热水器 即热式电热水器 小厨宝 壁挂炉"
        ),
    ),
    Category(
        "厨电",
        "CD",
        "台",
        (499, 4999),
        1.1,
        (0.8, 0.6, 1.0, 1.1, 1.3, 1.0, 0.9, 0.9, 1.1, 1.2, 1.2, 0.9),
        words(
            "欧式油烟机 侧吸油烟机 顶侧双吸油烟机 变频油烟机 双眼燃气灶 大火力燃气灶 集成灶 嵌入式蒸烤箱 消毒柜 "
            "8套洗碗机 13套洗碗机 商用电磁灶"
        ),
    ),
    Category(
        "小家电",
        "XJ",
        "台",
        (79, 999),
        3.0,
        (1.2, 0.7, 0.9, 0.9, 1.0, 1.2, 0.8, 0.8, 1.0, 1.0, 1.5, 1.0),
        words(
            "电饭煲 IH电饭煲 电压力锅 电水壶 破壁机 空气炸锅 微波炉 微蒸烤一体机 吸尘器 挂烫机 落地电风扇 循环扇 "
            "空气净化器 加湿器"
        ),
    ),
    Category(
        "净水器",
        "JS",
        "台",
        (399, 4599),
        1.0,
        (0.8, 0.6, 1.1, 1.1, 1.2, 1.1, 1.1, 1.0, 1.1, 1.0, 1.1, 0.8),
        words(
            "400G反渗透净水机 600G反渗透净水机 800G反渗透净水机 1200G净水机 台式净饮机 管线机 前置过滤器 "
            "商用直饮机 超滤净水机"
        ),
    ),
    Category(
        "取暖器",
        "QN",
        "台",
        (129, 1299),
        2.0,
        (1.6, 0.6, 0.3, 0.2, 0.1, 0.1, 0.1, 0.3, 1.0, 2.0, 2.9, 2.8),
        words("油汀取暖器 踢脚线取暖器 暖风机 石墨烯取暖器 欧式快热炉 壁挂浴室暖风机 小太阳 电热毯套装"),
    ),
)


@dataclass(frozen=True, eq=False)
class Products:
    """One entry per product; money in 分."""

    code: tuple[str, ...]
    name: tuple[str, ...]
    category: Ints
    list_price: Ints
    cost: Ints
    popularity: Reals

    def __len__(self) -> int:
        return len(self.code)

    @cached_property
    def lots(self) -> Reals:
        """Pieces on a line compared with others: small things are bought by the carton."""
        base = np.array([category.lots for category in CATEGORIES])[self.category]
        return base * np.minimum(3.0, (180_000 / self.list_price) ** 0.5)

    def season(self, strength: float) -> Reals:
        """Products × months; ``strength`` 1 as listed above, 0 flat."""
        shape = np.array([category.season for category in CATEGORIES]) ** strength
        season: Reals = (shape / shape.mean(axis=1, keepdims=True))[self.category]
        return season


def products(rng: Chance) -> Products:
    entries = [(place, number) for place, kind in enumerate(CATEGORIES) for number in range(len(kind.models))]
    category = np.array([place for place, _ in entries])
    price = np.array([_price(rng, CATEGORIES[place]) for place, _ in entries])
    return Products(
        code=tuple(f"{CATEGORIES[place].code}-{101 + number}" for place, number in entries),
        name=tuple(CATEGORIES[place].models[number] for place, number in entries),
        category=category,
        list_price=price,
        cost=np.round(price * rng.uniform(0.56, 0.66, len(entries))).astype(np.int64),
        popularity=rng.gamma(1.2, 1.0, len(entries)) + 0.15,
    )


def _price(rng: Chance, category: Category) -> int:
    """A price that ends in 9, in 分; most models are at the cheaper end."""
    low, high = np.log(category.prices)
    return int(np.exp(low + (high - low) * rng.beta(1.4, 1.9)) // 10 * 10 + 9) * 100


def product_table(made: Products) -> pa.Table:
    columns: dict[str, Any] = {
        "product": text(made.code),
        "name": text(made.name),
        "category": text(CATEGORIES[place].name for place in made.category),
        "unit": text(CATEGORIES[place].unit for place in made.category),
        "list_price": money(made.list_price),
        "standard_cost": money(made.cost),
    }
    return table("products", columns)
