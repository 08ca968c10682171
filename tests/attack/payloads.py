"""Texts that somebody might send in the hope that a page, a sheet, a template or a query runs them."""

SCRIPT = "<script>alert(1)</script>"
PAYLOADS = [
    SCRIPT, '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "</title><svg/onload=alert(1)>", "javascript:alert(1)",
    "{{7*7}}{% debug %}", "${7*7}#{7*7}", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "　=1+1", "\t=1+1",

    "'; DROP TABLE accounts_account; --", "1 OR 1=1", "../../../etc/passwd", "%0d%0aSet-Cookie: a=b", "%s%n%x", "a\u202eb",
    "Ω≈ç√", "田中\u3000太郎", "\U0001f468\u200d\U0001f469",
    "]]>", "<!--", "&lt;script&gt;", "\\u003cscript\\u003e",
    "</script><script>alert(1)//",
]  # fmt: skip
RUNS = ("<script>alert", "<img src=x", "<svg/onload", "onmouseover='alert", "</script><script>alert")
"""What no page may hold as it stands."""
