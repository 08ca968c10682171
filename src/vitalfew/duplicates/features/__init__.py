"""What a company's name is made of, and how it sounds: plain text in, plain text out.

places        Chinese provinces, cities, counties at the start, the end or in brackets of a name
legal_forms   有限公司, 集团, GmbH, Ltd: what kind of company it is
trades        words that say what is dealt in
folding       traditional to simplified, full width to half, accents away
sounds        pinyin, and latin letters as they are heard
company_name  a name taken apart
records       many names at once, as a table
"""
