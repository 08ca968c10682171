"""Letters to customers: written by rooms in the reader's language, sent in the background, kept with what they said.

A room gives the words (subject, paragraphs, at most one button); how they look as text and as HTML is decided here, once. Where
no mail server is named nothing is sent: the letter is kept and can be read, and be sent once there is one. What answers somebody
is always sent; what nobody asked for is not, as soon as its reader says so, by one click and without signing in.

writing   a room's letter → a record that waits, or says why it does not
wording   the firm's own words around every letter of a kind in a language; marks what stands for what in them
layout    its text and its HTML
server    the mail server, and what it refuses
sending   what is due goes out; tried again where that failed, ever later
refusing   what an address does not want, kept without the address
"""
