"""By which names the fields of each table are known in other people's files.

A row is a field; names between dots are equals (two of them in one file are one too many); ``|`` goes down to names
that are only taken when nothing before it is there. A field's own name and its English label come first without being
listed, unless the own name is listed further down: ``product`` beside a ``ProductKey`` is the product's name.

Names are compared folded (see ``headings.fold``): width, case, spaces, punctuation and traditional characters do not
count. 下单日 and its kin are left out on purpose: when an order was placed and when it was booked are two dates in many
systems, so they are offered and not taken.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CUSTOMER = """客户编码 · 客户编号 · 客户代码 · 客户代号 · 客户号 · 客户ID · 客户序号 · customer id
    · customer code · customer no · customer number · customer key · customer id k · customer id fk
    · cust id · cust no · cust code · client id · client code · reseller key · dealer code · dealer id
    · account code · account seq | account id | account no · account number · 账户编号 | customer · 客户
    · account · client"""
CUSTOMER_NAME = """客户名称 · 客户名 · 客户全称 · customer name · client name · account name | 公司名称
    · 企业名称 · 单位名称 · 购货单位 · company · company name · reseller name · dealer name | reseller
    · dealer | 客户 · customer · account"""
PRODUCT = """产品编码 · 产品编号 · 产品代码 · 产品号 · 产品ID · 商品编码 · 商品编号 · 商品代码 · 物料编码
    · 物料编号 · 料号 · 货号 · 品号 · 存货编码 · product code · product id · product no · product key
    · product id k · product id fk · product seq · stock code · sku · sku code · item code · item no
    · item number · material number · part no · part number | product number | product · 产品 · 商品 · 物料
    · 存货 · item · article · material"""
PRODUCT_NAME = """产品名称 · 产品名 · 商品名称 · 商品名 · 品名 · 物料名称 · 存货名称 · 货品名称
    · product name · item name | description · product description · item description · material description
    · 产品描述 | 产品 · 商品 · product"""
QUANTITY = """数量 · 订购数量 · 订货数量 · 订单数量 · 销售数量 · 件数 · qty · quantity ordered · order qty
    · order quantity · ordered quantity · sales quantity · units"""
CURRENCY = "币种 · 币别 · 货币 · 币种代码 · 货币代码 · 结算币种 · currency code · curr · ccy"
SALES_PERSON = """销售员 · 业务员 · 销售人员 · 业务人员 · 销售代表 · 业务代表 · sales person · salesperson
    · sales rep · salesman · sales representative | 客户经理 · employee key · employee id fk
    · sales rep employee number"""
COMPETITOR = "竞争对手 · 主要竞争对手 · 竞品 · 竞争者 · main competitor · rival"

ORDER_LINES = {
    "order_id": """订单号 · 订单编号 · 订单编码 · 订单号码 · 订单ID · 销售订单号 · 销售订单编号 · order no
        · order number · order nr · sales order number · sales order no · sales order id | 单据编号 · 单据号
        · 销售单号 · 出库单号 | 单号 | 发票号 · 发票号码 · invoice · invoice no · invoice number · invoice id | basket id
        · transaction id""",
    "line_no": """行号 · 行项目 · 行项目号 · 订单行号 · 明细行号 · 分录号 · 项次 · line number · line
        · line id · line item · order line number · order line · position · pos | sales order detail id
        · sales order detail id k""",
    "customer": CUSTOMER + " | household id",
    "ordered_on": """订单日期 · 订货日期 · order date · ordered at · date ordered · sales order date
        | 销售日期 · 单据日期 · 业务日期 · 开单日期 · sales date · transaction date · transaction timestamp
        | 发票日期 · 开票日期 · invoice date | 日期 · date""",
    "product": PRODUCT,
    "quantity": QUANTITY,
    "amount": """金额 · 金额元 · 行金额 · 销售额 · 销售金额 · line amount · line total · net amount
        · net sales · sales amount · net value · extended amount | sales · sales value · revenue · turnover
        | 含税金额 · 价税合计""",
    "unit_price": """单价 · 单价元 · 销售单价 · 成交单价 · unit price · price each · net price · sales price
        | 价格 · 售价 · price | 含税单价""",
    "cost": """成本 · 成本额 · 成本金额 · 总成本 · 销售成本 · cost amount · line cost · total cost
        · total product cost · cogs""",
    "currency": CURRENCY,
    "channel": "渠道 · 销售渠道 · 通路 · 销售通路 · sales channel",
    "sales_person": SALES_PERSON,
    "promised_on": """承诺日期 · 承诺交期 · 承诺交货日期 · 约定交期 · 交期 · promised date · promise date
        | 要求交期 · 要求交货日期 · 要求日期 · 需求日期 · required date · requested date
        · requested delivery date | 预计交期 · 预计交货日期 · 计划交期 · expected delivery date · due date""",
    "delivered_on": """实际交货日期 · 交付日期 · 送达日期 · 到货日期 · delivered date · delivered at
        · delivery date | 发货日期 · 出货日期 · shipped date · ship date · shipped on · shipping date""",
    "quantity_delivered": """交货数量 · 已交数量 · 交付数量 · 到货数量 · delivered quantity · qty delivered
        · delivered qty | 发货数量 · 出货数量 · 实发数量 · shipped quantity · qty shipped · shipped qty""",
    "list_amount": "折前金额 · 折扣前金额 · 原价金额 · 标价金额 · gross amount · list amount · gross sales",
    "customer_name": CUSTOMER_NAME,
    "product_name": PRODUCT_NAME,
}

CUSTOMERS = {
    "customer": CUSTOMER,
    "name": """客户名称 · 客户全称 · 公司名称 · 公司全称 · 企业名称 · 单位名称 · customer name
        · account name · company name · reseller name · client name | 名称 · 全称 · company · reseller
        | customer · 客户""",
    "parent": """上级客户 · 上级公司 · 上级编码 · 母公司 · 母公司编码 · 所属集团 · parent account
        · parent company · parent customer · parent code""",
    "kind": "客户类型 · 客户类别 · 客户性质 · customer type · account type · business type | 类型 · type",
    "region": "区域 · 地区 · 大区 · 片区 · 销售区域 · sales region · area",
    "country": "国家 · 国别 · 国家地区 · country region · country code",
    "industry": "行业 · 所属行业 · 所在行业 · sector · industry name | industry lookup",
    "uscc": "统一社会信用代码 · 社会信用代码 · 信用代码 · credit code · unified credit code",
    "opened_on": """开户日期 · 建档日期 · 合作日期 · 合作开始日期 · 开始合作日期 · 成为客户日期
        · customer since · open date · opened · account opened · client since""",
    "founded_on": "成立日期 · 成立时间 · 注册日期 · founded · founding date · date founded · established on",
    "manager": """客户经理 · 大客户经理 · key account manager · account manager · kam | 负责人 · 业务员
        · 销售员 · account owner · owner · salesperson · sales rep employee number""",
    "payment_terms_days": """账期 · 账期天数 · 付款天数 · 信用天数 · 付款期限 · payment terms · payment days
        · credit days""",
    "credit_limit": "信用额度 · 授信额度 · 信用限额 · credit line",
}

PRODUCTS = {
    "product": PRODUCT,
    "name": """产品名称 · 产品名 · 商品名称 · 品名 · 物料名称 · 存货名称 · product name · item name | 名称
        · description | product · 产品""",
    "category": """类别 · 品类 · 分类 · 产品类别 · 产品分类 · 商品分类 · product category · category name
        · product line · product group | product type · subcategory""",
    "unit": "单位 · 计量单位 · uom · unit of measure",
    "list_price": """标价 · 目录价 · 定价 · 零售价 · 标准售价 · msrp · catalogue price · list price | 单价
        · 价格 · price · unit price""",
    "standard_cost": "标准成本 · 单位成本 · 成本价 · 进价 · unit cost · buy price | 成本 · cost",
}

PAYMENTS = {
    "invoice_id": """发票号 · 发票号码 · 发票编号 · 账单号 · 账单编号 · 应收单号 · invoice · invoice no
        · invoice number · bill no · bill number""",
    "customer": CUSTOMER,
    "invoiced_on": "开票日期 · 发票日期 · 账单日期 · invoice date · invoiced · billing date · bill date",
    "due_on": "到期日 · 到期日期 · 应付日期 · 应收日期 · due date · due",
    "paid_on": """付款日期 · 收款日期 · 回款日期 · 到账日期 · 支付日期 · paid date · payment date · paid at
        · paid""",
    "amount": """金额 · 发票金额 · 开票金额 · 应收金额 · 账单金额 · invoice amount · amount due
        · invoice total | total · 价税合计""",
    "currency": CURRENCY,
}

SERVICE_COSTS = {
    "entry_id": """记录编号 · 流水号 · 凭证号 · 费用单号 · 单据编号 · 单号 · entry no · entry number
        · record id | id · 编号""",
    "customer": CUSTOMER,
    "spent_on": "发生日期 · 费用日期 · expense date · cost date | 日期 · date",
    "activity": "活动 · 活动类型 · 费用类型 · 费用项目 · 事项 · activity type · cost type · expense type",
    "hours": "工时 · 小时 · 小时数 · 时长 · hours spent",
    "cost": "费用 · 费用金额 · 花费 · expense · cost amount | 成本 · 金额 · amount",
    "currency": CURRENCY,
}

STOCK = {
    "product": PRODUCT,
    "place": """仓库 · 仓库名称 · 仓库编码 · 库位 · 库存地点 · warehouse · location · storage location
        | 地点 · store · site""",
    "counted_on": "盘点日期 · 库存日期 · 结存日期 · count date · stock date · as of | 日期 · date",
    "quantity": """库存 · 库存数量 · 库存量 · 现存量 · 现有库存 · on hand · qty on hand · quantity on hand
        · stock | 数量 · qty""",
    "on_order": "在途 · 在途数量 · 在订数量 · 已订未到 · qty on order · quantity on order · incoming",
}

SELL_OUT = {
    "customer": CUSTOMER,
    "product": PRODUCT,
    "date": "日期 · 销售日期 · sales date · sold on",
    "quantity": """销量 · 销售数量 · 售出数量 · 数量 · units sold · quantity sold · qty sold · qty | units
        · sales units""",
    "stock_after": """期末库存 · 剩余库存 · 结存 · 结存数量 · closing stock · stock left · ending stock
        | 库存 · stock""",
    "place": "门店 · 门店名称 · 店铺 · 终端 · store · shop · outlet | 仓库 · warehouse · 地点",
}

EXCHANGE = {
    "customer": CUSTOMER,
    "product": PRODUCT + " | item gtin or sku",
    "date": "日期 · 销售日期 · 盘点日期 · 报告日期 · report date · sales date · stock date | period end",
    "sold": """销量 · 销售数量 · 售出数量 · units sold · quantity sold · qty sold | 数量 · qty · quantity · units
        · sales units""",
    "stock": """期末库存 · 剩余库存 · 结存 · 结存数量 · 库存数量 · closing stock · stock left · ending stock · on hand
        · qty on hand · quantity on hand · stock after | 库存""",
    "received": "到货数量 · 收货数量 · 入库数量 · 进货数量 · qty received · quantity received · receipts",
    "place": """门店 · 门店名称 · 店铺 · 终端 · store · shop · outlet | 仓库 · warehouse · 地点 · location
        · location gln or code""",
}

OWN_CODES = {
    "code": """客户产品编码 · 客户料号 · 客户物料编码 · 客户编码 · 对方编码 · 对方料号 · 贵方编码 · their code · customer code
        · customer item · customer part number | sku · item · article | code""",
    "product": "我方产品编码 · 我方编码 · 我司编码 · 我司料号 · 本公司编码 · our code · our product · our item | "
    + PRODUCT,
}

SURVEYS = {
    "response_id": "答卷编号 · 答卷号 · 答卷ID · 问卷编号 · response no · response number · response",
    "item": "题目 · 题号 · 问题 · 问项 · 题项 · 指标 · question · question id",
    "customer": CUSTOMER,
    "answered_on": """答题日期 · 填写日期 · 提交日期 · 提交时间 · 调查日期 · answer date · submitted at
        · survey date | 日期 · date""",
    "respondent": "受访者 · 受访人 · 填写人 · 答题人 · respondent name",
    "scale_min": "最低分 · 量表下限 · scale low · minimum",
    "scale_max": "最高分 · 满分 · 量表上限 · scale high · maximum",
    "score": "得分 · 评分 · 分数 · 打分 · rating · points | answer · value",
    "competitor": COMPETITOR,
}

COMPLAINTS = {
    "complaint_id": """投诉编号 · 投诉单号 · 客诉编号 · 客诉单号 · 工单号 · 工单编号 · complaint no
        · complaint number · case id · case no · case number · case seq · ticket id · ticket no
        · ticket number | 编号 · id""",
    "customer": CUSTOMER,
    "received_on": """投诉日期 · 投诉时间 · 受理日期 · 受理时间 · 接收日期 · 收到日期 · complaint date
        · date received · case created on · created on · created at · opened on | 日期 · date""",
    "channel": "渠道 · 投诉渠道 · 来源 · 投诉来源 · origin · source · case origin",
    "product": PRODUCT,
    "category": """类别 · 投诉类别 · 投诉类型 · 问题类型 · 分类 · complaint type · issue type · case type
        | subject · type · topic""",
    "text": """内容 · 投诉内容 · 问题描述 · 详情 · complaint text · details · comment · what happened | 描述
        · description | title""",
    "severity": "严重程度 · 严重性 · 严重等级 | 紧急程度 · 优先级 · priority",
    "first_reply_on": """首次回复日期 · 首次回复时间 · 首次响应日期 · 首次响应时间 · first reply
        · first response · first response at""",
    "closed_on": """关闭日期 · 结案日期 · 办结日期 · 解决日期 · closed · closed at · close date
        · closed date · resolved on""",
    "outcome": "结果 · 处理结果 · 处理方案 · resolution",
    "compensation": "赔偿金额 · 补偿金额 · 赔付金额 · 赔偿 · 补偿 · compensation amount · refund",
}

CONTACTS = {
    "contact_id": """联系人编号 · 联系人编码 · 联系人ID · contact no · contact number · contact seq
        | contact id | id · 编号""",
    "customer": CUSTOMER + " | company",
    "name": "姓名 · 联系人姓名 · 联系人 · 名字 · contact name · full name · person | contact",
    "level": "层级 · 级别 · 职级 · seniority",
    "title": "职务 · 职位 · 岗位 · 头衔 · job title · position",
    "department": "部门 · 所属部门 · dept",
    "email": "邮箱 · 电子邮箱 · 电子邮件 · 邮件 · e-mail · mail · email address",
    "phone": "电话 · 联系电话 · 手机 · 手机号 · 手机号码 · telephone · tel · mobile · phone number",
    "influence": "影响力",
    "attitude": "态度 · 支持度 · 立场",
    "since": "认识日期 · 起始日期 · 开始日期 · start date",
    "left_on": "离职日期 · 离开日期 · left · left at · end date",
}

REFERRALS = {
    "referrer": """推荐客户 · 推荐客户编码 · 推荐方 · 推荐人 · 介绍客户 · 介绍人 · referrer code
        · referring customer · referred by""",
    "referred": """被推荐客户 · 被推荐客户编码 · 被推荐方 · 被推荐人 · 被介绍客户 · 新客户 · referred code
        · referred customer · new customer""",
    "referred_on": "推荐日期 · 介绍日期 · referral date · referred at | 日期 · date",
}

WALLET = {
    "customer": CUSTOMER,
    "period": "期间 · 年月 · 期次 · fiscal period | 年度 · 年份 · year | 月份 · month",
    "total_spend": """总采购额 · 采购总额 · 品类采购总额 · 年采购额 · total purchases · category spend
        · wallet · spend""",
    "competitor": COMPETITOR,
    "competitor_spend": """竞争对手采购额 · 对手采购额 · 竞品采购额 · competitor purchases
        · spend with competitor""",
    "currency": CURRENCY,
}

CONTRACTS = {
    "contract": """合同号 · 合同编号 · 合同编码 · 协议编号 · 协议号 · contract id · contract no · contract number
        · agreement number""",
    "customer": CUSTOMER,
    "started_on": "合同开始日期 · 生效日期 · 起始日期 · 开始日期 · contract start · start date · valid from",
    "ended_on": "合同结束日期 · 终止日期 · 到期日期 · 结束日期 · contract end · end date · valid to",
    "period_value": "年合同额 · 年合同金额 · 合同金额 · 年金额 · annual value · contract value · yearly value",
    "currency": CURRENCY,
    "covers": "合同范围 · 覆盖范围 · scope",
    "kind": "合同类型 · 合同类别 · contract type · contract kind · type",
    "channel": "签约渠道 · 渠道 · sales channel",
    "discount": "折扣率 · 折扣 · 签约折扣 · discount rate",
    "payment_terms_days": "账期 · 账期天数 · 付款期限 · payment terms · payment days",
    "automatic_renewal": "自动续约 · 自动续签 · auto renewal · auto renew",
}

CAMPAIGN = {
    "campaign": "活动名称 · 活动 · 营销活动 · 促销活动 · campaign name",
    "customer": CUSTOMER,
    "arm": "组别 · 分组 · 实验组 · group · treatment",
    "starts_on": "开始日期 · 起始日期 · 活动开始日期 · start date",
    "ends_on": "结束日期 · 截止日期 · 活动结束日期 · end date",
    "cost": "费用 · 活动费用 · 投入 · campaign cost",
    "currency": CURRENCY,
    "score": "得分 · 评分 · 响应得分 · uplift score",
}

KNOWLEDGE_EVENTS = {
    "event": "事项编号 · 记录编号 · 编号 · event id · event no · event number",
    "customer": CUSTOMER,
    "happened_on": "提出日期 · 发生日期 · 日期 · event date · date",
    "kind": "类型 · 类别 · event type · type",
    "probability": "成功概率 · 概率 · 可能性 · chance · likelihood",
    "gain": "收益 · 预期收益 · 预计收益 · expected gain · benefit",
    "cost": "费用 · 成本 · 投入",
    "currency": CURRENCY,
    "expected_on": "预计实现日期 · 预期日期 · expected date",
    "evidence": "依据 · 证据 · 凭据 · reference",
}

TRANSACTION_FACTS = {
    "fact": "记录编号 · 事项编号 · 编号 · fact id · fact no · fact number",
    "customer": CUSTOMER,
    "kind": "类型 · 类别 · fact type · type",
    "worth": "年价值 · 每年价值 · 价值 · annual worth · value",
    "currency": CURRENCY,
    "since": "起始日期 · 开始日期 · start date · from",
    "until": "截止日期 · 结束日期 · end date · to",
    "source": "来源 · 依据 · 出处 · evidence",
}

DIRECTORY = {
    "name": """公司名称 · 企业名称 · 单位名称 · 名称 · 全称 · company · organisation · organization
        | 供应商 · 经销商 · 承运商 · 代理商 · supplier""",
    "kinds": "类型 · 类别 · 性质 · type · kinds · category",
    "code": "编号 · 编码 · 代码 · no · number · id",
    "region": "区域 · 地区 · 大区 · 省份 · province",
    "country": "国家 · 国家地区",
    "uscc": "统一社会信用代码 · 信用代码 · 税号",
    "web": "网站 · 网址 · 官网 · url · homepage",
    "phone": "电话 · 联系电话 · 手机 · tel · phone",
    "email": "邮箱 · 电子邮箱 · 邮件 · mail",
    "channel": "订单行中的名称 · 渠道 · channel",
    "note": "备注 · 说明 · remark · remarks · comment",
}
SYNONYMS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "order_lines": ORDER_LINES,
        "customers": CUSTOMERS,
        "products": PRODUCTS,
        "payments": PAYMENTS,
        "service_costs": SERVICE_COSTS,
        "stock": STOCK,
        "sell_out": SELL_OUT,
        "exchange": EXCHANGE,
        "own_codes": OWN_CODES,
        "surveys": SURVEYS,
        "complaints": COMPLAINTS,
        "contacts": CONTACTS,
        "referrals": REFERRALS,
        "directory": DIRECTORY,
        "wallet": WALLET,
        "contracts": CONTRACTS,
        "campaign": CAMPAIGN,
        "knowledge_events": KNOWLEDGE_EVENTS,
        "transaction_facts": TRANSACTION_FACTS,
    }
)
