"""The key account club: levels, who belongs to one since when and why, what members are entitled to, and its events.

An account comes in by a level's rule, or by hand with a reason and a second person's consent. Nobody flips: what once was met
is held to with some leeway, and who falls below it stays for a time of grace in which the department is told.

words       kinds of rights, how somebody came in, answers to invitations
rule        a level's conditions, without a database
models      levels, members, nominations, rights and their use, events and who is invited
reading     the figures that rules ask for, of all accounts that may meet one
joining     who comes in, rises, is warned, goes: every night, and when tiers come in force
questions   what a user may see of all that
actions     levels, rights, uses, nominations
inviting    events and invitations
favours     members of levels with the green channel go first
"""
