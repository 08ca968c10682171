"""Service through the whole course of a purchase: before it, during it, after delivery and in use.

A template says which checks each stage has, whose work they are and when they are due. A journey is one purchase of an account
that is accompanied by them; it keeps the checks it began with. What is done late, left out or never begun once the goods are
delivered is reported, so that nobody is forgotten who has paid.

words        stages, what a check is due after, what became of it
due          the day of a check, without a database
models       templates and their checks; journeys and theirs; orders that suggest a journey
questions    what a user may see of them, and what is open
composing    the checks of a template
actions      begin, correct, close, hand on; settle a check, leave it out, take that back
dating       days and stage of a journey, from its facts and its checks
reading      what the facts say of orders
following    journeys brought in line with the facts, every night by background
figures      the share of checks done in time, with its interval
"""
