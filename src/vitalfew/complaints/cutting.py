"""The words that a complaint is made of: Chinese cut by jieba's dictionary, traditional folded to simplified.

Left out are single characters, figures, and what is said in any complaint, whatever it is about.
"""

import re
import warnings
from collections.abc import Callable
from typing import Final

from vitalfew.accounts.grams import folded

RUN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z]{2,}")
SAID_ANYWHERE: Final = """
您好 你好 客户 请问 麻烦 谢谢 尽快 马上 立即 紧急 处理 意见 今天 回复 答复 来电 转给 负责人 再次 反映 投诉 问题 解决 希望 要求
我们 你们 他们 贵司 贵方 没有 还是 已经 现在 一样 这个 那个 什么 怎么 时候 上次 第二次 只能 另想办法 照片 邮箱 请来
the and is was are were of to in for on at it its we our us you your please with that this has have had not been be
by from as an or but they their them there again still very
"""
ANYWHERE: Final = frozenset(SAID_ANYWHERE.split())


def cutter() -> Callable[[str], list[str]]:
    """What cuts a text. The dictionary is read anew (a second, some hundred megabytes): hold it no longer than needed.

    Nothing is taken from or left in the folder for temporary files, where jieba keeps its dictionary otherwise.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from jieba import Tokenizer

    known = Tokenizer()
    known.FREQ, known.total = known.gen_pfdict(known.get_dict_file())
    known.initialized = True

    def cut(text: str) -> list[str]:
        words = (word for run in RUN.findall(folded(text)) for word in (known.cut(run) if not run.isascii() else [run]))
        return [word for word in words if len(word) > 1 and word not in ANYWHERE]

    return cut
