"""Regions and cities of China, each city with the code of one of its districts (for the credit codes)."""

from dataclasses import dataclass
from typing import Final

_LIST: Final = {
    ("HD", "华东"): (
        "上海310115 南京320102 苏州320505 无锡320206 常州320402 南通320602 徐州320303 扬州321002 镇江321102 盐城320902 "
        "杭州330106 宁波330203 温州330302 嘉兴330402 湖州330502 绍兴330602 金华330702 台州331002 合肥340104 芜湖340202 "
        "蚌埠340302 福州350102 厦门350203 泉州350502 漳州350602 南昌360102 九江360402 赣州360702 济南370102 青岛370202 "
        "淄博370302 烟台370602 潍坊370702 济宁370811 临沂371302"
    ),
    ("HN", "华南"): (
        "广州440106 深圳440304 珠海440402 汕头440507 佛山440604 江门440703 湛江440802 惠州441302 东莞441900 中山442000 "
        "南宁450102 柳州450202 桂林450302 海口460105"
    ),
    ("HB", "华北"): (
        "北京110105 天津120101 石家庄130102 唐山130202 邯郸130402 保定130602 沧州130902 廊坊131002 太原140105 "
        "大同140213 呼和浩特150102 包头150202"
    ),
    ("HZ", "华中"): (
        "武汉420102 宜昌420502 襄阳420602 荆州421002 长沙430102 株洲430202 衡阳430405 岳阳430602 郑州410102 洛阳410302 "
        "新乡410702 南阳411302"
    ),
    ("XN", "西南"): (
        "成都510104 绵阳510703 南充511302 宜宾511502 重庆500103 贵阳520102 遵义520302 昆明530102 曲靖530302"
    ),
    ("XB", "西北"): "西安610102 宝鸡610302 咸阳610402 兰州620102 西宁630102 银川640104 乌鲁木齐650102",
    ("DB", "东北"): "沈阳210102 大连210202 鞍山210302 长春220102 吉林220202 哈尔滨230102 齐齐哈尔230202 大庆230602",
}  # fmt: skip


@dataclass(frozen=True)
class City:
    name: str
    region: int
    district: str


REGION_CODES: Final = tuple(code for code, _ in _LIST)
REGIONS: Final = tuple(name for _, name in _LIST)
CITIES: Final = tuple(
    City(entry[:-6], region, entry[-6:]) for region, line in enumerate(_LIST.values()) for entry in line.split()
)
REGION_SHARES: Final = (0.36, 0.19, 0.13, 0.13, 0.08, 0.05, 0.06)


def cities_of(region: int) -> list[int]:
    return [place for place, city in enumerate(CITIES) if city.region == region]
