"""The register of losses: which accounts left, what they say why in a guided talk, and what we would have needed to know.

What an account says stands beside what the facts show (`churn-causes`) and is never overwritten by it; from ten reasons on that
analysis tells how far both agree.

words        states of an entry, what the account says of coming back
interview    the questions of the talk
models       entries
questions    what a user may see; accounts that seem lost and are not entered
actions      entered, talked to, refused, put away
counting     by cause, by whose doing, by manager and region, said against seen
own_tables   the reasons, for analyses
"""
