"""Mail in: a mailbox is read, and each mail stands on the timeline of the account it belongs to.

Whoever writes to a customer puts the mailbox's address in BCC; whoever gets a mail from one forwards a copy by a rule, or has
the mailbox itself. Addresses are compared with those of contacts and of our users. A mail that fits exactly one account
becomes an activity there, with its files; any other waits in the *tray* until somebody says where it belongs, or puts it away.
Whatever is wrong with a mail has a word of its own and stops no other; as it came it is kept until it is decided, and thirty
days beyond, so that a wrong match can be taken back.

A mail says itself who sent it. One whose sender the receiving server could not prove waits, too.

letters   bytes → what a mail says, however badly it is made
quoting   what is new in a text, without the mail it answers
mailbox   reading by IMAP
matching  whose addresses these are
models    a mailbox, a mail
actions   take in, match, part again, put away
work      fetch, now and every few minutes
"""
