"""Visits to accounts: planned, agreed with the customer, held, moved or cancelled, and what came of them.

A visit goes to one account, or brings several to a round table. Whoever goes reads a briefing before, and writes down
afterwards whom we met, what was said, what was promised and who does what next. A held visit is a line of the log of activities,
so that whatever reads touches knows of it.

models     a visit, its accounts, people and follow-ups
questions  what a user may see of them, who may change them
actions    plan, confirm, move, cancel, put away
holding    the result, kept once however often it is sent
beware     what speaks against a day: a colleague at the same door, an absence
"""
