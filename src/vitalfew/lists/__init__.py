"""What the pages and operations of rooms have in common: lists of records, one of them, and the steps taken with one.

listing     what a list shows, finds, narrows and orders; its pages by key, not by offset
files       a list as CSV or workbook
pages       the list as a page, and the views kept of it
answers     the list as an answer of the API
records     the pages of a kind of record, and the steps taken with one
parts       the pages of what a record is made of
operations  a kind of record over the API
"""
