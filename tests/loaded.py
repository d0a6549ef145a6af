"""What most commands import, compile and cache at their first report; nothing that starts threads."""

from __future__ import annotations

from datetime import date

import calendarize.changes.compare
import calendarize.changes.together
import calendarize.cli
import calendarize.events.checks
import calendarize.explain
import calendarize.export.changes
import calendarize.export.sessions
import calendarize.run  # noqa: F401
from calendarize.events.assemble import assemble
from calendarize.export import Options, render
from calendarize.mentions.reading import read
from calendarize.report import read_file
from tests.examples import TODAY, reports

for form in ("timeline", "ics", "json", "html", "table"):
    render(form, assemble(read(read_file(reports()[0]))), Options(date.fromisoformat(TODAY)))
