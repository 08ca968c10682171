r"""What is new in the text of a mail: without the mail that it answers, whichever program quoted it.

>>> new_part("好的，周五发货。\n\n在 2026年3月5日，王晓峰 写道：\n> 什么时候发货？")
'好的，周五发货。'
>>> new_part("Fine.\n\nOn Thu, 5 Mar 2026 at 10:00, Wang wrote:\n> When?")
'Fine.'

A text that is nothing but a quotation stays whole.
"""

import re
from typing import Final

HEADS: Final = re.compile(
    r"^\s*(?:"
    r"On .{4,200} wrote:"
    r"|(?:在|於|于)?\s*.{4,200}(?:写道|寫道|寫了|写了)\s*[:：]"
    r"|-{2,}\s*(?:Original Message|Forwarded message|原始邮件|原始郵件|转发邮件|轉寄郵件|回复的原邮件).{0,40}-{2,}"
    r"|_{20,}"
    r"|(?:发件人|寄件者|寄件人|From)\s*[:：].{1,300}"
    r")\s*$",
    re.IGNORECASE,
)
FIELD: Final = re.compile(r"^\s*(?:发件人|寄件者|寄件人|From)\s*[:：]", re.IGNORECASE)
OTHERS: Final = re.compile(
    r"^\s*(?:发送时间|发送日期|日期|寄件日期|收件人|收件者|主题|主旨|抄送|Sent|Date|To|Subject|Cc)\s*[:：]",
    re.IGNORECASE,
)
SIGNATURE: Final = "-- "
LONGEST_LINE: Final = 600


def new_part(text: str) -> str:
    """The text up to where the quotation begins."""
    lines = text.splitlines()
    end = next((place for place in range(len(lines)) if _begins(lines, place)), len(lines))
    kept = "\n".join(lines[:end]).strip()
    return kept or text.strip()


def _begins(lines: list[str], place: int) -> bool:
    line = lines[place]
    if line == SIGNATURE or (line.startswith(">") and _only_quoted(lines, place)):
        return True
    if len(line) > LONGEST_LINE or not HEADS.match(line):
        return False
    return not FIELD.match(line) or any(OTHERS.match(each) for each in lines[place + 1 : place + 4])


def _only_quoted(lines: list[str], place: int) -> bool:
    return all(not line.strip() or line.startswith(">") for line in lines[place:])
