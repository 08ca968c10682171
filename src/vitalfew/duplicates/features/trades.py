"""Words of trade in company names: what is dealt in, and how. A firm's own word stands before them."""

from typing import Final

from vitalfew.duplicates.features.folding import lengths_by_end, words

CHINESE: Final = words(
    "科技 技术 贸易 商贸 经贸 工贸 外贸 国贸 商务 商业 销售 营销 经营 直销 批发 零售 连锁 百货 供应链 进出口 国际 "
    "实业 工业 企业 产业 发展 开发 投资 控股 资产 资本 基金 金融 证券 保险 担保 典当 租赁 拍卖 财富 电子 电器 电气 "
    "电力 电缆 电线 电机 电源 电池 电工 微电子 光电 光电子 半导体 集成 传感 激光 照明 灯饰 光学 通信 通讯 网络 "
    "网络科技 互联网 信息 软件 数码 数据 计算机 电脑 系统 智能 自动化 机器人 物联网 电子商务 机械 机电 机床 设备 "
    "装备 仪器 仪表 测控 测绘 检测 计量 精密 五金 工具 模具 金属 钢铁 钢材 钢结构 铝业 铜业 有色 铸造 锻造 轴承 阀门 "
    "泵业 水泵 管业 管道 支架 紧固件 弹簧 齿轮 汽车 汽配 汽车配件 配件 部件 零部件 车辆 车业 轮胎 船舶 航空 航天 "
    "铁塔 化工 化学 石化 石油 油品 能源 新能源 太阳能 燃气 热力 供水 供热 水务 水利 水电 矿业 煤炭 资源 再生 回收 "
    "环保 环境 净水 净化 水处理 材料 新材料 建材 石材 陶瓷 玻璃 水泥 混凝土 涂料 油漆 塑料 塑胶 塑业 橡胶 包装 印刷 "
    "彩印 纸业 纺织 针织 服装 服饰 制衣 皮革 鞋业 箱包 家纺 棉被 布艺 家具 家居 家电 家用电器 厨具 厨卫 卫浴 洁具 "
    "日用品 日化 化妆品 用品 办公 文具 礼品 玩具 工艺品 工艺 饰品 珠宝 钟表 眼镜 食品 饮料 饮品 酒业 啤酒 乳业 茶业 "
    "茶叶 粮油 水产 养殖 种业 饲料 农业 农资 农产品 林业 园艺 花卉 木业 竹业 制品 产品 生物 生物科技 医药 药业 制药 "
    "医疗 医疗器械 器械 器材 健康 保健 美容 美发 养生 建筑 建设 工程 安装 装饰 装修 装潢 防水 防腐 保温 幕墙 门窗 "
    "路桥 市政 园林 绿化 景观 地基处理 房地产 房产 地产 置业 物业 物业服务 消防 安防 保安 监理 设计 规划 策划 咨询 "
    "顾问 管理 服务 代理 中介 人力资源 劳务 家政 保洁 会计 税务 法律 知识产权 教育 培训 文化 传媒 传播 广告 会展 "
    "展览 影视 影业 演出 娱乐 动漫 游戏 体育 健身 旅游 旅行社 旅行 酒店 餐饮 饮食 物流 运输 货运 货代 仓储 配送 快递 "
    "速运 报关 铁路 公交 制造 加工 定制 制作 生产 研发 研究 容器 空调 制冷 暖通 冷链 物资 炉业 工业窑炉 窑炉 音响 "
    "乐器 印务 出版 图书 电视 网吧 租车 婚庆 摄影 宠物 医院 诊所 大药房 药房 学校 幼儿园 银行 信用社 商场 广场 购物 "
    "市场 门业 电动车 自行车 摩托车 工控 变压器 开关 电器销售 纺织品 商贸行 门市 书店 综合 特钢 数控 生态 节能 "
    "文化创意 创意 品牌 展示 时装 电梯 光伏 发电 液压 牧业 财务 农副 农副产品 生活 人力 派遣 修理 清洗 疏通 航运 "
    "组合 复合 复合材料 物产 项目 融资 融资租赁 动物药业 汽车用品 辅料 数控机床 调味品 副食 药材 种植 种植场 "
    "种养专业 专业 水果 特产 花店 清洗保洁 平价超市 网络技术 反应釜 科教 热能 动力 汽车销售 汽车服务 汽车租赁 "
    "企业管理 商业管理 酒店管理 餐饮管理 健康管理 资源管理 物业管理 生物工程 装饰工程 信息科技 信息技术 电子科技"
)
LATIN: Final = frozenset(
    words(
        "technologies technology technik industries industrie industrial international internationale global electronics "
        "electronic electric systems system services service solutions trading trade trades imports exports import export "
        "engineering manufacturing products production chemicals chemical chemie pharmaceuticals pharma research "
        "development laboratories labs software logistics transport consulting management enterprises ventures partners "
        "investment investments properties foods food energy power motors automotive instruments equipment machinery tools "
        "materials packaging plastics textiles medical health retail wholesale distribution supply sales marketing design "
        "construction handel handels vertrieb werke werk fabriek fabrik gloeilampenfabrieken chem intl"
    )
)
MOST: Final = 4
"""So many words of trade are taken off a name."""
SHORTEST: Final = 2


_WORDS: Final = frozenset(CHINESE)
_LENGTHS: Final = lengths_by_end(CHINESE)


def chinese_ending(text: str) -> tuple[tuple[str, ...], str]:
    """The words of trade that a name ends with, in their order, and what comes before: two characters at least."""
    found: list[str] = []
    rest = text
    while len(found) < MOST and (length := _last(rest)):
        found.insert(0, rest[-length:])
        rest = rest[:-length]
    return tuple(found), rest


def _last(text: str) -> int:
    """How long the word of trade at the end is."""
    room = len(text) - SHORTEST
    for length in _LENGTHS.get(text[-1:], ()):
        if length <= room and text[-length:] in _WORDS:
            return length
    return 0
