"""What customers would have us make or do better: written down, looked at, tried with them, and told what came of it.

An idea is of one account, or of a colleague. The same asked by several is merged under one number; each of them is told.
What is shared with other customers has a title and a text of its own, so that nobody reads another firm's words.

models      ideas, votes, words with the customer, pilots
questions   what a user may see of them, which are the same
actions     write down, decide, share, merge, vote, try, tell
weighing    what those who asked are worth
facts       for the analyses: what accounts' knowledge is worth
"""
