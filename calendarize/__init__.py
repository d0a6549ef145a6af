"""calendarize: find every date in Korean government reports, make timelines and calendars."""

__version__ = "0.1.0"
