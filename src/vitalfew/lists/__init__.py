"""Lists of a room's records, declared once: a page with search, filters, order, views and export, and an answer of the API.

listing   what a list shows, finds, narrows and orders; its pages by key, not by offset
files     a list as CSV or workbook
pages     the list as a page, and the views kept of it
answers   the list as an answer of the API
"""
