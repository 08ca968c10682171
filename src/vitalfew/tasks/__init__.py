"""What people decide about the lines of Today: done, later, or somebody else's.

A line belongs to the room that asks; here stands only what its reader did with it, so that it leaves the list, comes back when
it should, and reaches the colleague it was handed to.

models     a decision about a line
questions  what is decided of a user's lines, what was handed to the user
actions    tick off, put off, hand on, take back
"""
