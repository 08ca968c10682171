"""What works with an account and what does not, each with its evidence and day.

Found out once, it is used by all: it stands in the briefing of a visit, beside an account's complaints and in its plan, and is
asked for again after a year.

models      something that works, or does not
questions   what a user may see of them
actions     write down, confirm, correct, put away
"""
