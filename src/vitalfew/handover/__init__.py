"""Handover: an account goes to somebody else of ours, or its person in charge leaves, and the relationship stays.

words       why, how far, what is to be done        models   a handover and its steps
brief       what the successor must know            measure  how long it took, and who was lost in the year after
"""
