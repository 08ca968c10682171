"""People: who uses vitalfew, what each may do, and what was done.

models        users, API tokens, the audit trail
permissions   the one table of rights: role × what × action
audit         append-only, hash-chained
records       what people edit: versioned, put away, fetched back
owning        records that not everybody with the right may change
parts         what a record is made of
saving        what a form or a button does, and how it is refused
traces        texts that name a person
gate          every route is in the table or it doesn't answer
"""
