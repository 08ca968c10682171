"""Complaints as the facts have them, found again by what the customer said."""
