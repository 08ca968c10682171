"""The green channel: whose business goes first in every queue of the house, and how long anybody else waits at most.

A room says by ``favours`` which accounts go first, and by ``queues`` what waits there for whom; every queue is then taken in
this order, and no other:

    1  what has waited as many working days as anybody waits at most, whoever's it is, by the day it came
    2  accounts that go first, the smaller their rank the sooner
    3  all others

So whoever goes first never holds up for longer than those days what is a small account's.

turns      the order, without a database
models     how long anybody waits at most, and which account went first from when until when
ordering   a queue in the database in this order, page after page
actions    who goes first, taken anew from the rooms; the longest wait
waits      how long what came has waited, by queue, of those who go first and of all others
"""
