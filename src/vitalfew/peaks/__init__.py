"""Peak seasons (旺季) agreed on with accounts before they come.

How the account sees its trend, what stock is sensible, which quantities it books week by week, to what we commit ourselves, and
whether production and transport can.

seasons   the peaks found in the data, and which of them come next without an agreement
outturn   booked against taken against sold
models    an agreement, its booked quantities, what production and transport are asked
actions   draft, ask, agree, close; ask and answer production and transport
"""
