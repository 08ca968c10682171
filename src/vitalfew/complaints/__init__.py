"""Complaints: taken in from everywhere, judged by their effect, led through a procedure, told about, and made good.

Complaints of the facts stand beside those taken in here; one of the facts may be taken up, and its figures stay as they came.

models      a complaint, its steps, what was said to the customer, what it was compensated, claims on third parties
severity    how bad it is, by its effect, and who goes first
procedure   the steps of both procedures, and what each one needs
clock       until when something is due, in business hours
actions     take in, correct, match, hand on, link and merge
proceeding  judge, go on step by step, wait, reopen
telling     what the customer is told, and what it says
voice       the form open to everybody, and the link under which one follows one's own complaint
grouping    complaints that say nearly the same, by their words, in the background; a person makes them a cause
compensating, claiming   money given, and claimed from suppliers and carriers
"""
