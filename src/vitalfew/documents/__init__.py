"""What the documents kept at an account say, so that the search box finds them by their words.

A document is opened once, by a process of its own that may take a few seconds and a few hundred megabytes and then ends; the
server and its worker never open it.
"""
