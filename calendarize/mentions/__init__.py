"""Mentions: a time expression in its place becomes a value, a role and a title."""
