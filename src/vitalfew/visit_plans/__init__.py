"""Weeks of visits, proposed for several of us at once: who calls where on which day, and why.

models      a plan, and the visits it proposes
reading     from the house to what `maths.itineraries` is asked
computing   the plan worked out, its visits kept with their reasons
moving      another person or week by hand
questions   what pages and API ask      actions  what they change      work  in the background
"""
