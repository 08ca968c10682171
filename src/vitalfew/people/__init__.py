"""People: who uses vitalfew, what each may do, and what was done.

models        users, API tokens, the audit trail
permissions   the one table of rights: role × what × action
audit         append-only, hash-chained
gate          every route is in the table or it doesn't answer
"""
