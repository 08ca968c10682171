"""Currency codes (ISO 4217, those in use), and what else people write for them where it means one currency only."""

import unicodedata
from typing import Final

from vitalfew.warehouse.readers.cells import Wrong

IN_USE: Final = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
    MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
    SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND
    VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CODES: Final = frozenset(IN_USE.split())
SAID: Final = {
    "RMB": "CNY", "CNH": "CNY", "人民币": "CNY", "人民幣": "CNY",
    "美元": "USD", "美金": "USD", "US$": "USD",
    "欧元": "EUR", "歐元": "EUR", "€": "EUR",
    "港币": "HKD", "港幣": "HKD", "港元": "HKD", "HK$": "HKD",
    "新台币": "TWD", "新台幣": "TWD", "新臺幣": "TWD", "NTD": "TWD", "NT$": "TWD",
    "日元": "JPY", "日圆": "JPY", "日圓": "JPY",
    "英镑": "GBP", "英鎊": "GBP", "£": "GBP",
}  # fmt: skip
AMBIGUOUS: Final = frozenset({"¥", "$", "元", "KR"})


def currency(cell: str) -> str | None:
    """The ISO code that a cell, or what is said of a whole file, stands for."""
    word = unicodedata.normalize("NFKC", cell).strip().upper()
    if not word:
        return None
    if word in AMBIGUOUS:
        raise Wrong("ambiguous_currency")
    code = SAID.get(word, word)
    if code not in CODES:
        raise Wrong("unknown_currency")
    return code
