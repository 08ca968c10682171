"""The questions of the ready blocks, in the house's own words, in Simplified and Traditional Chinese and English."""

from collections.abc import Sequence
from typing import Final

from vitalfew.surveys.words import Block, Kind

WALLET_TOTAL, WALLET_RIVAL, WALLET_OTHER = "wallet_total", "wallet_rival", "wallet_rival_spend"
Said = tuple[str, str, str]
SCORES: Final[Sequence[tuple[Block, str, Said]]] = (
    (Block.TRUST, "trust_1", ("他们答应的事都会做到。", "他們答應的事都會做到。", "They do what they promise.")),
    (
        Block.TRUST,
        "trust_2",
        ("他们告诉我们的情况是真实的。", "他們告訴我們的情況是真實的。", "What they tell us is true."),
    ),
    (
        Block.TRUST,
        "trust_3",
        (
            "出了问题，他们也会顾及我们的利益。",
            "出了問題，他們也會顧及我們的利益。",
            "When something goes wrong, they mind our interests too.",
        ),
    ),
    (
        Block.TRUST,
        "trust_4",
        ("他们说的话，我们总要再核实一遍。", "他們說的話，我們總要再核實一遍。", "We have to check what they tell us."),
    ),
    (
        Block.COMMITMENT,
        "commitment_1",
        ("我们希望和他们长期合作下去。", "我們希望和他們長期合作下去。", "We want to work with them for a long time."),
    ),
    (
        Block.COMMITMENT,
        "commitment_2",
        ("这段合作值得我们花力气去维护。", "這段合作值得我們花力氣去維護。", "This relationship is worth our effort."),
    ),
    (
        Block.COMMITMENT,
        "commitment_3",
        (
            "遇到困难，我们愿意和他们一起想办法。",
            "遇到困難，我們願意和他們一起想辦法。",
            "In difficult times we look for a way together.",
        ),
    ),
    (
        Block.COMMITMENT,
        "commitment_4",
        (
            "只要别家便宜一点，我们就会换。",
            "只要別家便宜一點，我們就會換。",
            "We would change for a slightly lower price.",
        ),
    ),
    (
        Block.SATISFACTION,
        "satisfaction_1",
        ("总的来说，我们对他们满意。", "整體來說，我們對他們滿意。", "All in all we are satisfied with them."),
    ),
    (
        Block.SATISFACTION,
        "satisfaction_2",
        ("他们的表现达到了我们的期望。", "他們的表現達到了我們的期望。", "They are as good as we expected."),
    ),
    (
        Block.SATISFACTION,
        "satisfaction_3",
        ("和他们合作是愉快的。", "和他們合作是愉快的。", "Working with them is pleasant."),
    ),
    (Block.DRIVERS, "driver_product", ("产品质量和适用性", "產品品質和適用性", "Quality and fitness of the products")),
    (Block.DRIVERS, "driver_service", ("交货和售后服务", "交貨和售後服務", "Delivery and service")),
    (
        Block.DRIVERS,
        "driver_brand",
        ("品牌对我们生意的帮助", "品牌對我們生意的幫助", "What the brand does for our business"),
    ),
    (Block.DRIVERS, "driver_price", ("价格和付款条件", "價格和付款條件", "Prices and terms of payment")),
    (
        Block.DRIVERS,
        "driver_information",
        (
            "信息系统：下单、查库存、对账",
            "資訊系統：下單、查庫存、對帳",
            "Information system: orders, stock, statements",
        ),
    ),
    (
        Block.CSAT,
        "csat",
        ("您对最近一次合作满意吗？", "您對最近一次合作滿意嗎？", "How satisfied are you with our latest business?"),
    ),
    (Block.CES, "ces", ("找他们办事很省力。", "找他們辦事很省力。", "They make it easy to get things done.")),
    (Block.VALUE, "value_product", ("产品给我们带来的好处", "產品給我們帶來的好處", "What the products bring us")),
    (Block.VALUE, "value_service", ("服务给我们带来的好处", "服務給我們帶來的好處", "What the service brings us")),
    (
        Block.VALUE,
        "value_people",
        ("业务人员给我们带来的好处", "業務人員給我們帶來的好處", "What their people bring us"),
    ),
    (
        Block.VALUE,
        "value_image",
        ("品牌和口碑给我们带来的好处", "品牌和口碑給我們帶來的好處", "What their name brings us"),
    ),
    (
        Block.VALUE,
        "cost_money",
        ("花的钱（分数越高花得越多）", "花的錢（分數越高花得越多）", "Money it costs us (high is costly)"),
    ),
    (
        Block.VALUE,
        "cost_time",
        ("花的时间（分数越高花得越多）", "花的時間（分數越高花得越多）", "Time it costs us (high is costly)"),
    ),
    (
        Block.VALUE,
        "cost_energy",
        ("花的力气（分数越高花得越多）", "花的力氣（分數越高花得越多）", "Effort it costs us (high is costly)"),
    ),
    (
        Block.VALUE,
        "cost_mind",
        ("操的心（分数越高操心越多）", "操的心（分數越高操心越多）", "Worry it costs us (high is costly)"),
    ),
    (
        Block.PREFERENCE,
        "overall",
        (
            "综合起来，您给这家供应商打几分？",
            "綜合起來，您給這家供應商打幾分？",
            "All things considered, how good is this supplier?",
        ),
    ),
    (Block.PULSE, "pulse_work", ("我对自己的工作满意。", "我對自己的工作滿意。", "I am satisfied with my work.")),
    (
        Block.PULSE,
        "pulse_means",
        (
            "我有把客户服务好所需要的条件。",
            "我有把客戶服務好所需要的條件。",
            "I have what I need to serve customers well.",
        ),
    ),
    (
        Block.PULSE,
        "pulse_together",
        ("其他部门配合我们服务客户。", "其他部門配合我們服務客戶。", "Other departments help us to serve customers."),
    ),
    (Block.PULSE, "pulse_heard", ("我的意见有人听。", "我的意見有人聽。", "Somebody listens to what I say.")),
)
NPS: Final[Said] = (
    "您有多大可能把我们推荐给同行？",
    "您有多大可能把我們推薦給同行？",
    "How likely are you to recommend us?",
)
IN_WORDS: Final[Said] = ("我们最应该先改进什么？", "我們最應該先改進什麼？", "What should we do better first?")
HARD: Final[Said] = (
    "是什么让您最难把客户服务好？",
    "是什麼讓您最難把客戶服務好？",
    "What makes it hardest to serve customers well?",
)
WALLET: Final[Sequence[tuple[Kind, str, Said]]] = (
    (
        Kind.AMOUNT,
        WALLET_TOTAL,
        (
            "这一期间，贵公司在这类产品上一共采购了多少？",
            "這一期間，貴公司在這類產品上一共採購了多少？",
            "How much did you spend on such goods in all, in this period?",
        ),
    ),
    (
        Kind.TEXT,
        WALLET_RIVAL,
        (
            "除我们以外，主要的供应商是哪一家？",
            "除我們以外，主要的供應商是哪一家？",
            "Who is your main supplier beside us?",
        ),
    ),
    (
        Kind.AMOUNT,
        WALLET_OTHER,
        ("其中向这家供应商采购了多少？", "其中向這家供應商採購了多少？", "How much of it did you buy from them?"),
    ),
)
