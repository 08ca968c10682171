"""Data in both directions: what an account tells us of its sales and stock, and what we tell it.

With each account it is agreed on what is given, how often, by when, which way, and what it gets from us in return. Nothing
leaves the house that is not named there.

words     kinds of data, ways, how an exchange stands
models    what is agreed on
actions   agree, correct, put away
questions what a user may see of it
"""
