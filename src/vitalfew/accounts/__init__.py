"""Accounts: the one record of a customer that all departments share, and the page that shows it whole.

models        account, team, files, saved views
grams         how a name is found: by hanzi, pinyin, initials, traditional or simplified, code
search        one box over all accounts a user may see
questions     lists and pages ask here; every answer starts from what the user may see
actions       changes: permission asked, audit written, version checked
sync          accounts as the facts know them
facts_of      one account's orders and months, from the ledgers
columns       what an account list can show, sort and filter by
pages, api    translate only
"""
