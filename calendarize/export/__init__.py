"""Events become documents: text timeline, table, iCalendar, Google's CSV, JSON, HTML.

`FORMATS` maps the name of a format to its renderer, `SUFFIXES` the ending of a file to a name.
A renderer's module, and the library that it stands on, is imported when it is first called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from calendarize.events.model import Event
from calendarize.export.options import Approximate, Options, Renderer

__all__ = ["FORMATS", "SUFFIXES", "Approximate", "Options", "Renderer", "format_of", "render"]


@dataclass(frozen=True, slots=True)
class LazyRenderer:
    """A renderer named by module and function."""

    module: str
    function: str = "render"

    def __call__(self, events: Sequence[Event], options: Options) -> str | bytes:
        renderer = getattr(import_module(f"{__name__}.{self.module}"), self.function)
        return cast(Renderer, renderer)(events, options)


FORMATS: Mapping[str, Renderer] = {
    "timeline": LazyRenderer("timeline"),
    "table": LazyRenderer("table"),
    "gantt": LazyRenderer("gantt"),
    "agenda": LazyRenderer("agenda"),
    "markdown": LazyRenderer("table", "render_markdown"),
    "ics": LazyRenderer("ical"),
    "csv": LazyRenderer("csv"),
    "excel-csv": LazyRenderer("csv", "render_table"),
    "html": LazyRenderer("html"),
    "svg": LazyRenderer("chart", "render_svg"),
    "png": LazyRenderer("chart", "render_png"),
    "pdf": LazyRenderer("chart", "render_pdf"),
    "xlsx": LazyRenderer("office", "render_xlsx"),
    "docx": LazyRenderer("office", "render_docx"),
    "hwpx": LazyRenderer("office", "render_hwpx"),
    "json": LazyRenderer("json"),
    "jsonl": LazyRenderer("json", "render_lines"),
}

SUFFIXES: Mapping[str, str] = {
    ".txt": "timeline",
    ".md": "markdown",
    ".ics": "ics",
    ".csv": "csv",
    ".html": "html",
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".hwpx": "hwpx",
    ".json": "json",
    ".jsonl": "jsonl",
}


def format_of(path: str) -> str | None:
    """Return the format that a file's ending stands for."""
    return next((name for end, name in SUFFIXES.items() if path.lower().endswith(end)), None)


def render(name: str, events: Sequence[Event], options: Options) -> str | bytes:
    """Render events in a format of `FORMATS`; a `KeyError` where there is none of that name."""
    return FORMATS[name](events, options)
