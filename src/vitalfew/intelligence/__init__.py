"""What we know of accounts, competitors and the market: from whom, of which day, how far it can be relied on, until when.

A piece of *intelligence* is a statement, and where it can be said so, a fact: an attribute and its value. It is graded as
intelligence services grade (Admiralty code), raised by others who heard it from an independent source, lowered by what
contradicts it, expires, and is renewed or superseded.

words       kinds and how long each is good for, grades, sources, attributes
grading     which grade is shown, and what it weighs as evidence
values      how the value of an attribute is read and compared
models      competitor, intelligence, confirmation, document
questions   what a user may see; contradicting facts side by side
actions     write down, confirm, renew, settle
own_tables  for the analyses: sentences, offers of competitors, delivered value
"""
