"""The people at our customers: known to the company, not to one of us only.

A *person* keeps name, telephones and what he or she wishes; a *post* is what the person is at one account: title,
department, level, influence, attitude, since and until. One person may hold posts at several accounts, and takes them
along: a move ends one post and opens another, which is a risk for the one account and a chance at the other.

Contacts that are imported become persons and posts; what people change here outlives later imports, and is given back to
the facts, so that every analysis reads it.

models      person, telephone, post
questions   whom a user may see; found, listed, at an account
actions     make, change, end, move
sync facts  from the facts, and back to them
"""
