"""What there is of every product, what will come, what accounts will need, and when a shelf will be empty: week by week.

The picture is drawn in the background after each refresh and kept: products by weeks, so that a page asks for no analysis. What
the facts do not know, what can be made in which week and how long goods take, people enter.

reading   what is on hand, on order, delivered and needed, read from the facts
weeks     days of need put into weeks, and what is left of the stock
drawing   the whole picture, and what of it is kept
bookings  what accounts booked for a peak beyond that
overriding planners' own figures in place of the forecast; helped: whether these came nearer
allotting who would get how much of what is short, and what floors and priority cost
alarming  that a shelf will be empty, before it is
"""
