"""Names of persons: a surname as frequent as in life, a given name of one or two characters. All invented."""

from typing import Final

import numpy as np

from vitalfew.demobook.arrays import Chance, words

_SURNAMES: Final = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆"
    "金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万覃武钱严莫孔向常汤"
)
_FEMALE: Final = "婷雅静敏丽娟慧玲芳倩琳莉萍燕霞雪梅洁颖蓉岚欣怡佳璐晓思雨婕"
_MALE: Final = "伟强磊军勇杰涛斌浩鹏辉建国志文宏海波俊凯峰刚毅鑫明亮健永立新"
_KNOWN: Final = frozenset(words("王健林 刘强东 马云 张勇 雷军 李斌 李宁 姚明 刘翔 林丹 王菲 周杰 李娜 张杰 何洁"))


def persons(rng: Chance, count: int) -> list[str]:
    """``count`` names, all different."""
    found: dict[str, None] = {}
    while len(found) < count:
        found.update(dict.fromkeys(_draw(rng, count)))
    return list(found)[:count]


def _draw(rng: Chance, count: int) -> list[str]:
    frequency = 1 / (3.0 + np.arange(len(_SURNAMES)))
    surnames = rng.choice(list(_SURNAMES), size=count, p=frequency / frequency.sum())
    names = [f"{surname}{_given(rng)}" for surname in surnames]
    return [name for name in names if name not in _KNOWN]


def _given(rng: Chance) -> str:
    characters = _FEMALE if rng.random() < 0.4 else _MALE  # noqa: PLR2004 - women among the people of the trade
    length = 2 if rng.random() < 0.75 else 1  # noqa: PLR2004 - given names of two characters
    return "".join(rng.choice(list(characters), size=length, replace=False))
