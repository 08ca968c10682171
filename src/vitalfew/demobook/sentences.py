"""What customers say when they complain. Invented; {product}, {pieces}, {days} and {street} are filled in."""

from typing import Final

from vitalfew.demobook.arrays import Chance
from vitalfew.demobook.names import STREETS

CATEGORIES: Final = (
    "quality", "delivery", "damage", "service", "installation", "billing", "price", "attitude", "fairness",
    "competition",
)  # fmt: skip

_SAID: Final = {
    "quality": (
        "这批{product}有{pieces}台通电后噪音明显偏大，终端客户要求退货。",
        "{product}用了不到{days}天就不启动，已经是本月第二台了，请派技术人员来看。",
        "抽检发现{product}面板有色差，{pieces}台不能上样。",
        "{product}显示屏闪烁，换过主板还是一样，怀疑是批次问题。",
        "消费者反映{product}效果差，我们实测也达不到标称值。",
        "{product}的说明书和实物对不上，{pieces}台都一样，请给个说法。",
        "展厅里的{product}外壳摸着发麻，店员不敢再演示，请马上来人检查接地。",
    ),
    "delivery": (
        "{product}说好上周到，现在晚了{days}天，门店已经断货。",
        "催了三次，{product}还是没有发货，客户定金都退了两家。",
        "订{pieces}台{product}只到了一半，剩下的什么时候到没人能说清楚。",
        "促销海报都贴出去了，{product}没到货，损失谁来承担？",
        "交期一改再改，{days}天前就答应的货到今天没有影子，以后的承诺我们怎么信？",
        "货到{street}仓库没有提前通知，没人卸货，司机又拉回去了。",
    ),
    "damage": (
        "到货的{product}外箱破损，开箱{pieces}台有磕碰，已拍照留证。",
        "{product}运输途中倒置，压缩机异响，我们拒收了{pieces}台。",
        "卸货时发现{product}箱体进水，物流说不是他们的责任，请厂家出面。",
        "木托盘断了，{pieces}台{product}侧板变形，请尽快补发。",
    ),
    "service": (
        "报修{days}天了没有人上门，客户天天打电话到店里。",
        "售后说{product}的配件要等{days}天，旺季等不起。",
        "400电话一直占线，{product}的保修登记做不了。",
        "维修师傅来了两次都没带对配件，{product}至今没修好。",
        "答应的上门检测又改期，第三次了，我们很难向酒店交代。",
    ),
    "installation": (
        "{product}安装位置不对，返工费用{street}店先垫了，请核销。",
        "安装队没有按约定时间到，业主等了一整天。",
        "装机另收高空费没有事先说明，客户投诉到我们这里。",
        "工程上的{pieces}台{product}装完试机，有两台不通水，请复查。",
    ),
    "billing": (
        "对账单和实际收货差{pieces}台{product}，请核对后重开发票。",
        "上季度的返利到现在没有入账，已经拖了{days}天。",
        "发票税号写错，财务没法抵扣，请重开。",
        "价保差额说好当月冲抵，这个月的账单上没有看到。",
    ),
    "price": (
        "{product}网上卖得比我们的进价还低，门店没法做。",
        "隔壁{street}的同行拿到的{product}价格比我们低，请解释。",
        "刚进{pieces}台{product}就降价，库存差价怎么补？",
        "另一家厂同规格的报价低了八个点，还带安装，贵司能不能跟进？",
    ),
    "attitude": (
        "客服说话不耐烦，问{product}的到货时间，直接把电话挂了。",
        "业务员换了人之后没来过一次，微信也不回。",
        "退换货时仓库的人态度生硬，店员委屈得很。",
    ),
    "fairness": (
        "缺货的时候大客户照样发，我们小店一台{product}都分不到。",
        "同样下单，别人三天到，我们等{days}天，是不是看我们量小？",
        "半年没有人来看过我们，活动也不通知，感觉被忘了。",
        "样机、物料都先给连锁店，我们要了{days}天也没有。",
    ),
    "competition": (
        "有人私下跟我们采购谈条件，要求把贵司的{product}全部下架，我觉得应该让你们知道。",
        "别家业务员在{street}散布说贵司要停产{product}，老板动摇了，请你们尽快来一趟。",
        "对方许诺了额外的好处，条件是不许再卖贵司产品，这事不在桌面上，请保密。",
    ),
}  # fmt: skip
# Faults that only these goods can have.
_FAULTS: Final = {
    "空调": (
        "{product}不制冷，加了氟还是一样，{street}店的客户要求换新。",
        "{product}外机震动大，楼下邻居投诉，请来人看看。",
    ),
    "冰箱": ("{product}的门封不严，{pieces}台都有同样的情况。", "{product}冷藏室结冰，温控不准，客户已经退了一台。"),
    "洗衣机": ("{product}脱水时移位厉害，{pieces}台都这样。", "{product}漏水，客户家地板泡了，情绪很大，要求赔偿。"),
    "热水器": ("{product}忽冷忽热，换了两次恒温阀也没用。", "{product}接口渗水，酒店{pieces}间房不能用，请马上处理。"),
    "厨电": ("{product}吸力不够，餐馆说和宣传差太多。", "{product}打不着火，{pieces}台要换脉冲，配件什么时候到？"),
    "小家电": ("{product}开机有焦味，{pieces}台已下架，请尽快给结论。", "{product}按键失灵，退货率比别的型号高一倍。"),
    "净水器": ("{product}出水有异味，学校那边停用了。", "{product}滤芯接头漏水，{street}店垫付了赔偿。"),
    "取暖器": ("{product}外壳过热，客户不敢用，请给检测报告。", "{product}倾倒不断电，{pieces}台先封存了。"),
}
_OPENINGS: Final = ("", "", "", "您好，", "王工您好：", "麻烦转给负责人：", "再次反映：", "紧急！", "客户来电：")
_CLOSINGS: Final = (
    "",
    "",
    "",
    "请尽快处理。",
    "望今天回复。",
    "照片已发邮箱。",
    "等你们的处理意见。",
    "再不解决我们只能另想办法。",
)


def sentence(rng: Chance, category: str, product: str, goods: str, *, again: bool = False) -> str:
    """``goods``: the category of the product, for faults that fit it."""
    fitting = _SAID[category] + (_FAULTS[goods] * 2 if category == "quality" else ())
    said = str(rng.choice(fitting))
    filled = said.format(
        product=product,
        pieces=int(rng.integers(2, 13)),
        days=int(rng.integers(4, 31)),
        street=str(rng.choice(STREETS)),
    )
    opening = "上次的问题到现在没有解决，第二次投诉：" if again else str(rng.choice(_OPENINGS))
    return f"{opening}{filled}{rng.choice(_CLOSINGS)}"
