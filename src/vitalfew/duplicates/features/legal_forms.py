"""Legal forms: what kind of company a name says it is, in Chinese and in Latin letters, as one word each.

有限公司 and GmbH are both *limited*, 股份有限公司 and Inc. both *shares*: the same company is written either way abroad.
"""

import re
from typing import Final

from vitalfew.duplicates.features.folding import lengths_by_end, words

LIMITED, SHARES, COMPANY, PARTNERSHIP = "limited", "shares", "company", "partnership"
GROUP, WORKS, SHOP, OFFICE = "group", "works", "shop", "office"

CHINESE: Final = {
    "股份有限责任公司": SHARES, "集团股份有限公司": SHARES, "控股股份有限公司": SHARES, "股份有限公司": SHARES,
    "股份公司": SHARES,
    "集团有限责任公司": LIMITED, "集团有限公司": LIMITED, "有限责任公司": LIMITED, "有限公司": LIMITED, "有限责任": LIMITED,
    "有限合伙企业": PARTNERSHIP, "有限合伙": PARTNERSHIP, "普通合伙": PARTNERSHIP, "合伙企业": PARTNERSHIP,
    "集团总公司": GROUP, "集团公司": GROUP, "集团": GROUP, "总公司": COMPANY, "公司": COMPANY, "有限": LIMITED,
    "工厂": WORKS, "制造厂": WORKS, "加工厂": WORKS, "总厂": WORKS, "厂": WORKS, "加工坊": WORKS, "合作社": PARTNERSHIP,
    "商行": SHOP, "商店": SHOP, "门市部": SHOP, "专卖店": SHOP, "经营部": SHOP, "经销部": SHOP, "批发部": SHOP, "超市": SHOP,
    "服务部": SHOP, "生活馆": SHOP, "工作室": SHOP, "服务站": SHOP, "美容院": SHOP, "饭店": SHOP, "店": SHOP,
    "事务所": OFFICE, "研究院": OFFICE, "研究所": OFFICE, "设计院": OFFICE, "中心": OFFICE,
}  # fmt: skip
LATIN: Final = {
    **dict.fromkeys(
        words(
            "ltd limited ltda llc lc gmbh mbh bv sarl srl sl pty pte pvt private kft sro doo ooo zoo oy as aps unlimited "
            "eurl ug"
        ),
        LIMITED,
    ),
    **dict.fromkeys(
        words(
            "inc incorporated corp corporation plc ag aktiengesellschaft sa nv spa ab se asa oyj kk kgaa sas jsc pjsc oao "
            "ao tbk bhd ad sca publ"
        ),
        SHARES,
    ),
    **dict.fromkeys(words("kg ohg lp llp cv vof snc ks gbr vzw ev eg"), PARTNERSHIP),
    **dict.fromkeys(words("co company cie compagnie companhia maatschappij sirketi firma"), COMPANY),
    **dict.fromkeys(words("group gruppe groupe grupo holding holdings konzern"), GROUP),
}
PHRASES: Final = {
    "naamloze vennootschap": "nv", "besloten vennootschap": "bv", "anonim sirketi": "sa", "kg auf aktien": "kgaa",
    "kommanditgesellschaft auf aktien": "kgaa", "sociedad anonima": "sa", "societe anonyme": "sa",
    "gesellschaft mit beschrankter haftung": "gmbh", "joint stock company": "jsc", "sp zoo": "zoo", "sp z oo": "zoo",
}  # fmt: skip
_BRANCH: Final = re.compile(
    r"^(.+?(?:公司|集团|控股|厂|酒店|商场|中心|银行))((?:第?[\u4e00-\u9fff0-9a-z()]{0,12}?)"
    r"(?:分公司|子公司|办事处|分店|分行|分厂|分部|营业部|营业厅|门店|项目部|代表处|联络处))$"
)


_LENGTHS: Final = lengths_by_end(CHINESE)


def chinese_ending(text: str) -> tuple[str, str]:
    """The form that a name ends with, and the name without it: two characters at least."""
    for length in _LENGTHS.get(text[-1:], ()):
        if length + 1 < len(text) and text[-length:] in CHINESE:
            return CHINESE[text[-length:]], text[:-length]
    return "", text


def branch_of(text: str) -> tuple[str, str]:
    """The head office's name, and the branch after it, where there is one."""
    found = _BRANCH.match(text) if text[-1:] in "司处店行厂部厅" else None
    return (found[1], found[2]) if found else (text, "")
