"""Company names: place + mark 字号 + trade + form, as in 苏州澜禾电器销售有限公司. All invented.

A mark is a pair of characters; pairs that are (or sound like) a well-known brand or a listed company are left out.
Numbers are turned into names, not drawn: number k of the ``combinations()`` gives always the same name, and two numbers
never the same one, so a million names need no memory of those given before.
"""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.demobook.arrays import Ints, words
from vitalfew.demobook.columns import picked
from vitalfew.demobook.places import CITIES

_FIRST: Final = "沐澜铭晟煜昕淳皓霁烨嵘翊骏泽宸屹砺朗栩凌景岳睿旭衡毅颂沛祺盈泓煦禾恒瑞嘉弘启润铄珩聿昱钧骁隽澍湛"
_SECOND: Final = "川屿岚达丰辰信远峰原森野桥舟松柏澄朔恺和宁顺图维泉岭拓谷麟庭际晖越腾卓迈廷堃璟蔚序"
# Pairs somebody well known already trades under.
_TAKEN: Final = frozenset(
    words(
        "恒大 恒信 恒泰 恒顺 恒丰 恒达 恒和 恒远 恒腾 恒峰 恒越 瑞丰 瑞信 瑞和 瑞达 瑞峰 瑞麟 瑞腾 瑞远 瑞松 瑞廷 "
        "嘉信 嘉和 嘉宁 嘉峰 嘉远 嘉麟 嘉维 嘉泉 弘信 弘和 弘达 弘毅 弘宁 启迪 启辰 启信 启达 润和 润达 润丰 润泽 "
        "润泉 朗源 朗信 朗迈 朗峰 嵘泰 皓宸 皓泽 凌云 凌源 凌峰 凌达 盈峰 盈信 盈丰 盈和 旭辉 旭峰 旭远 旭达 泽达 "
        "泽宇 泽丰 睿信 睿远 睿和 睿达 景峰 景顺 景和 景林 毅达 铭达 骏丰 骏达 骏和 泓信 煜峰 沛丰 宸宇 恒川 恒宁 "
        "湛江 钧达 钧信 翊峰 晟丰 晟和 晟信 晟原 淳和 禾丰 禾信 禾川 祺和 衡信 衡远 衡阳 岳阳 岳麓 屹丰 屹峰 泽川 "
        "景川 昱辉 昱能 润川 沐川 颂和 澜庭 澜沧 澜起 沐曦"
    )
)
MARKS: Final = tuple(a + b for a in _FIRST for b in _SECOND if a + b not in _TAKEN)

# No name may contain one of these: known makers, retailers and chains of the trade.
FAMOUS: Final = words(
    "美的 海尔 格力 苏宁 国美 海信 创维 长虹 康佳 志高 奥克斯 科龙 容声 小天鹅 老板电器 方太 万和 万家乐 华帝 九阳 "
    "苏泊尔 樱花 荣事达 新飞 美菱 春兰 澳柯玛 五星电器 汇银 大中 永乐 银泰 百联 华联 大润发 永辉 物美 万达 恒大 "
    "华润 三洋 松下 日立 大金 夏普 西门子 博世 帅康 德意 森歌 火星人 亿田 莱克 科沃斯 石头科技 追觅 云鲸 添可 小熊 "
    "北鼎 新宝 东菱 飞科 飞利浦 惠而浦 伊莱克斯 三花 盾安 海立 艾美特 先锋电器 格兰仕 沁园 安吉尔 扬子 双鹿 华凌 "
    "统帅 卡萨帝 京东 小米 天猫 淘宝 拼多多 唯品会 盈峰 史密斯"
)

# Trade word in the name, with the kind of account (see accounts.KINDS) and its industry.
TRADES: Final = (
    ("电器销售", 0, "家电零售"), ("电器", 0, "家电零售"), ("家用电器", 0, "家电零售"), ("电器贸易", 0, "家电批发"),
    ("商贸", 0, "家电批发"), ("制冷设备", 0, "制冷设备"), ("暖通设备", 0, "暖通设备"), ("厨卫电器", 0, "厨卫零售"),
    ("家电服务", 0, "家电零售"), ("机电设备", 0, "机电批发"), ("净水设备", 0, "净水设备"), ("电子商务", 0, "网络零售"),
    ("供应链管理", 1, "家电批发"), ("电器发展", 1, "家电批发"), ("商贸发展", 1, "家电批发"),
    ("电器连锁", 2, "家电连锁"), ("百货", 2, "百货"), ("家居广场", 2, "家居卖场"), ("商业管理", 2, "商业综合体"),
    ("建筑安装工程", 3, "建筑安装"), ("酒店管理", 3, "酒店"), ("食品", 3, "食品加工"), ("装饰工程", 3, "装饰工程"),
    ("物业服务", 3, "物业"), ("置业", 3, "房地产"), ("精密制造", 3, "机械制造"), ("纺织", 3, "纺织"),
    ("医疗器械", 3, "医疗设备"), ("教育科技", 3, "教育"),
)  # fmt: skip
STREETS: Final = words(
    "解放路 人民路 中山路 建设路 和平路 新华路 滨江 开发区 城南 城北 东门 西关 火车站 大学城 高新区 长江路 湖滨 "
    "学院路 文化宫 体育场 北站 南桥 东环 西环 新城 老街 钟楼 鼓楼 河东 河西"
)
_PRIME: Final = 7_368_787


def combinations() -> int:
    return len(CITIES) * len(MARKS) * len(TRADES)


def scattered(number: Ints, offset: int) -> Ints:
    """The numbers 0, 1, 2 … spread over all combinations without meeting one twice."""
    return (number * _PRIME + offset) % combinations()


def parts(number: Ints) -> tuple[Ints, Ints, Ints]:
    """Place in ``CITIES``, ``MARKS`` and ``TRADES`` for each number."""
    rest, trade = number // len(TRADES), number % len(TRADES)
    return rest // len(MARKS), rest % len(MARKS), trade


def plain_names(city: Ints, mark: Ints, trade: Ints) -> pa.Array:
    columns = (
        picked([city.name for city in CITIES], city),
        picked(MARKS, mark),
        picked([word for word, _, _ in TRADES], trade),
    )
    return pc.binary_join_element_wise(*columns, "有限公司", "")


def company(city: int, mark: int, trade: str, form: str = "有限公司") -> str:
    return f"{CITIES[city].name}{MARKS[mark]}{trade}{form}"
