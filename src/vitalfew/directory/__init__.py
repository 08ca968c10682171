"""The directory of distributors, agents, suppliers and carriers: who works between us and our customers, and how well.

An *organisation* has one or several kinds, people to turn to, and the accounts it serves. Its statistics come from the facts: by
the order lines that name it as their channel, else by its own purchases where it is a customer too, else by the accounts it
serves. Where the facts tell nothing, that is said.

kinds        what an organisation is, on what its figures rest
figures      shares, intervals and direction of what was counted
models       organisation, person, account served, figures
questions    what a user may see
measuring    from the facts to the figures
found        organisations that the facts name and the directory does not
importing    a list as CSV or workbook
actions      add, change, take in, serve
"""
