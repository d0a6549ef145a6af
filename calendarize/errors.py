"""Errors that a user can do something about: one Korean line each."""

from __future__ import annotations


class CalendarizeError(Exception):
    """Whatever calendarize raises on purpose; `str()` is one Korean line with a remedy."""


class UsageError(CalendarizeError):
    """What was asked for cannot be done; exit status 2."""


class ServiceError(CalendarizeError):
    """A server did not do what was asked of it; exit status 1."""


class OutputError(Exception):
    """The result could not be written where it was to go; exit status 1."""
