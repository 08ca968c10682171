"""Accounts that left, won back: who is worth an attempt, what is offered and done, and what it brought against chance.

words        whether an attempt is worth it, how one stands, how an account that came back buys
worth        second lifetime value, chance and cost put together, with the reason in words
playbook     offers and steps by the cause of leaving
drawing      who of a round is left alone, by lot
models       rounds, attempts, steps
questions    what a user may see
actions      a round begun, an attempt changed, settled, put away; stepping for its steps
buying       what accounts bought within spans of days
judging      a round's result: those tried beside those left alone
watching     accounts that came back, for a year
own_tables   attempts that ended, for analyses
"""
