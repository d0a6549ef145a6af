"""All modules of the package, and what they compile and cache at their first report."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import date

import calendarize
from calendarize.events.assemble import assemble
from calendarize.export import Options, render
from calendarize.mentions.reading import read
from calendarize.report import read_file
from tests.examples import TODAY, reports

for module in pkgutil.walk_packages(calendarize.__path__, "calendarize."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
for form in ("timeline", "ics", "json"):
    render(form, assemble(read(read_file(reports()[0]))), Options(date.fromisoformat(TODAY)))
