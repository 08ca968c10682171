"""Imports: how files become facts, seen, mended and taken back.

models      an import and its report, saved mappings
actions     receive a file, take an import back, save a mapping
questions   what was imported, what was rejected
work        what runs in the background: an uploaded file, a refresh after it
pages       /data/
"""
