"""What we promised our accounts, by when, who keeps it, and whether it was kept.

A promise is kept by its day or it is broken; a new day counts only where the customer agreed to it before the old one had
passed. The integrity rate is the share kept of those whose day has come, by account, department and person.

models      a promise, and how its day was moved
came_from   from which record of the house it was made
questions   what a user may see of them, and what is open
actions     promise, keep, move by consent, release, give up
integrity   the share kept, with its interval
own_tables  for the analyses: promises and what became of them
"""
