"""The key account department: who looks after which accounts, how much that is, who is away, and who could take more.

models      how much somebody can look after
workdays    the firm's calendar
workload    what an account counts, and what that makes for a manager
matching    who suits an account best, with the reasons
questions   what pages and API ask      actions  what they change
"""
