"""Lists of a room's records, declared once: a page with search, filters, order, views and export, and an answer of the API.

listing   what a list shows, finds, narrows and orders; its pages by key, not by offset
views     filters and order kept under a name
files     a list as CSV or workbook
pages     the list as a page
answers   the list as an answer of the API
"""
