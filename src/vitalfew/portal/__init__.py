"""What people of our customers see of the house, and who of them may: ``/portal/``; access is given at ``/portal-access/``.

A visitor is a user of the role PORTAL, who has no right of the house but to visit. What he sees is not what is left when
something is taken away, but what a room's file ``portal`` names, field by field, for one of the accounts given to him.

words         how an access stands
models        access, invitations, shared files, ideas
standing      which accesses open now, and to which accounts
plain         only what is plain leaves the house
invitations   the link by which somebody chooses a password, once
questions     what a user of ours may see of it
actions       give, correct, suspend, end, invite
letters       the invitation as a letter
gate          the pages of the portal: who visits, for which accounts
"""
