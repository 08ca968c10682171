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
    """``lots``: pieces on a line compared with an air conditioner; ``models``: name and list price in yuan."""

    name: str
    code: str
    unit: str
    lots: float
    season: tuple[float, ...]
    models: tuple[str, ...]

    @property
    def priced(self) -> list[tuple[str, int]]:
        """Name and list price in 分."""
        pairs = (model.split(":") for model in self.models)
        return [(name, int(yuan) * 100) for name, yuan in pairs]


CATEGORIES: Final = (
    Category(
        name="空调",
        code="KT",
        unit="台",
        lots=1.0,
        season=(0.45, 0.45, 1.0, 1.5, 2.1, 2.1, 1.5, 0.9, 0.55, 0.4, 0.5, 0.55),
        models=words(
            "1匹定频壁挂空调:1899 1匹变频壁挂空调:2399 1.5匹定频壁挂空调:2199 1.5匹变频壁挂空调:2799 "
            "1.5匹新风壁挂空调:3699 大1.5匹静音空调:3099 2匹变频柜式空调:5299 2匹圆柱柜机:5999 "
            "3匹变频柜式空调:6799 3匹圆柱柜机:7799 3匹新风柜机:9499 移动空调:1299 风管机:6299 "
            "5匹商用柜机:11999 多联机室内机:4399 除湿机:1399"
        ),
    ),
    Category(
        name="冰箱",
        code="BX",
        unit="台",
        lots=0.9,
        season=(0.8, 0.6, 1.0, 1.1, 1.3, 1.3, 1.2, 1.0, 0.9, 0.9, 1.0, 0.9),
        models=words(
            "双门直冷冰箱:999 双门风冷冰箱:1599 三门直冷冰箱:1399 三门风冷冰箱:2299 法式多门冰箱:3699 "
            "十字对开门冰箱:4299 对开门变频冰箱:3499 嵌入式冰箱:6499 卧式冷柜:1499 立式冷柜:2199 "
            "商用展示柜:3299 酒店迷你冰箱:799 母婴冰箱:2699"
        ),
    ),
    Category(
        name="洗衣机",
        code="XY",
        unit="台",
        lots=0.9,
        season=(0.9, 0.6, 1.0, 1.0, 1.1, 1.0, 0.9, 0.95, 1.1, 1.1, 1.25, 1.1),
        models=words(
            "8公斤波轮洗衣机:899 10公斤波轮洗衣机:1199 12公斤波轮洗衣机:1599 10公斤滚筒洗衣机:2399 "
            "10公斤洗烘一体机:3699 12公斤变频滚筒:3299 热泵干衣机:4599 双缸洗衣机:699 迷你壁挂洗衣机:1299 "
            "商用洗脱机:5999 分区洗滚筒:5499"
        ),
    ),
    Category(
        name="热水器",
        code="RS",
        unit="台",
        lots=1.0,
        season=(1.1, 0.7, 0.9, 0.9, 0.8, 0.7, 0.7, 0.8, 1.0, 1.2, 1.6, 1.6),
        models=words(
            "40升电热水器:799 60升电热水器:999 80升扁桶电热水器:1499 12升燃气热水器:1599 "
            "13升恒温燃气热水器:2199 16升零冷水热水器:2999 18升零冷水热水器:3799 空气能热水器:4999 "
            "即热式电热水器:899 小厨宝:499 壁挂炉:5699"
        ),
    ),
    Category(
        name="厨电",
        code="CD",
        unit="台",
        lots=1.1,
        season=(0.8, 0.6, 1.0, 1.1, 1.3, 1.0, 0.9, 0.9, 1.1, 1.2, 1.2, 0.9),
        models=words(
            "欧式油烟机:1399 侧吸油烟机:1699 顶侧双吸油烟机:2399 变频油烟机:2799 双眼燃气灶:799 "
            "大火力燃气灶:1199 集成灶:6999 嵌入式蒸烤箱:4299 消毒柜:1299 8套洗碗机:2999 13套洗碗机:4599 "
            "商用电磁灶:1899"
        ),
    ),
    Category(
        name="小家电",
        code="XJ",
        unit="台",
        lots=3.0,
        season=(1.2, 0.7, 0.9, 0.9, 1.0, 1.2, 0.8, 0.8, 1.0, 1.0, 1.5, 1.0),
        models=words(
            "电饭煲:199 IH电饭煲:399 电压力锅:299 电水壶:89 破壁机:359 空气炸锅:329 微波炉:399 "
            "微蒸烤一体机:999 吸尘器:699 挂烫机:259 落地电风扇:189 循环扇:349 空气净化器:799 加湿器:169"
        ),
    ),
    Category(
        name="净水器",
        code="JS",
        unit="台",
        lots=1.0,
        season=(0.8, 0.6, 1.1, 1.1, 1.2, 1.1, 1.1, 1.0, 1.1, 1.0, 1.1, 0.8),
        models=words(
            "400G反渗透净水机:1099 600G反渗透净水机:1699 800G反渗透净水机:2399 1200G净水机:3499 "
            "台式净饮机:1299 管线机:899 前置过滤器:499 商用直饮机:4999 超滤净水机:699"
        ),
    ),
    Category(
        name="取暖器",
        code="QN",
        unit="台",
        lots=2.0,
        season=(1.6, 0.6, 0.3, 0.2, 0.1, 0.1, 0.1, 0.3, 1.0, 2.0, 2.9, 2.8),
        models=words(
            "油汀取暖器:399 踢脚线取暖器:549 暖风机:199 石墨烯取暖器:459 欧式快热炉:369 壁挂浴室暖风机:599 "
            "小太阳:99 电热毯套装:239"
        ),
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
    goods = [
        (place, f"{kind.code}-{number}", name, price)
        for place, kind in enumerate(CATEGORIES)
        for number, (name, price) in enumerate(kind.priced, start=101)
    ]
    category, code, name, price = zip(*goods, strict=True)
    return Products(
        code=code,
        name=name,
        category=np.array(category),
        list_price=np.array(price),
        cost=np.round(np.array(price) * rng.uniform(0.56, 0.66, len(goods))).astype(np.int64),
        popularity=rng.gamma(1.2, 1.0, len(goods)) + 0.15,
    )


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
