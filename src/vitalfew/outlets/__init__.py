"""Outlets: everything that walks the catalogue or all rooms, and shows it: pages, API, command line, charts, docs."""
