"""The store: Parquet files, and commits that say which of them count.

```
ARCHIVE/commits/0000000007.json                      which files count from now on
ARCHIVE/files/BATCH.parquet                          address → stamp; no stamp: not there any more
ARCHIVE/documents/BATCH.parquet                      stamp → its documents, or why there are none
ARCHIVE/events/government=서울/year=2021/BATCH.parquet    what the documents tell
```

Files are written first and count once a commit names them; a commit is one file that is there
whole or not at all. A writer that is killed leaves at most files that nobody reads. Of what is
written twice the newest batch counts: for an address, and for all that one stamp brings.
"""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import uuid4

import duckdb
import pyarrow as pa
import pyarrow.json as pa_json
import pyarrow.parquet as pq

from calendarize.archive.places import address
from calendarize.archive.shelf import shelf
from calendarize.errors import OutputError, UsageError
from calendarize.export.json import EventRecord

VERSION = 2
"""Of the layout and the columns; an archive of another version is not touched."""
Partition = tuple[str, int]
"""Government and year, as `government=…/year=…` has them."""
NOWHERE = "미상"
_AT_ONCE = 10_000
"""So many rows are held while an archive is gone through."""
TABLES = ("files", "documents", "events")

FILES = pa.schema(
    [("batch", pa.string()), ("url", pa.string()), ("stamp", pa.string()), ("size", pa.int64())]
)
DOCUMENTS = pa.schema(
    [
        ("batch", pa.string()),
        ("stamp", pa.string()),
        ("source", pa.string()),
        ("report_date", pa.date32()),
        ("department", pa.string()),
        ("government", pa.string()),
        ("events", pa.int64()),
        ("error", pa.string()),
        ("version", pa.string()),
    ]
)
_DAYS = ("report_date", "first_day", "last_day")
"""Columns of days beside those of the public JSON, for filters."""
_OWN = ("stamp", "event")
_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


def _arrow(told: Mapping[str, Any], known: Mapping[str, Any]) -> pa.DataType:
    """Return the column type for a JSON Schema; days and clock times stay as JSON has them."""
    if "$ref" in told:
        return _arrow(known[told["$ref"].rpartition("/")[2]], known)
    if "anyOf" in told:
        return _arrow(next(each for each in told["anyOf"] if each.get("type") != "null"), known)
    if told["type"] == "array":
        return pa.list_(_arrow(told.get("items") or told["prefixItems"][0], known))
    if told["type"] == "object":
        return pa.struct([(name, _arrow(each, known)) for name, each in told["properties"].items()])
    return _TYPES[told["type"]]


@cache
def columns() -> pa.Schema:
    """Return the columns of `events`: the keys of the public JSON Schema, then the archive's."""
    told = EventRecord.model_json_schema(mode="serialization")
    public = [(name, _arrow(each, told["$defs"])) for name, each in told["properties"].items()]
    return pa.schema([*public, *((name, pa.string()) for name in (*_DAYS, *_OWN))])


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Which files count after a commit, by table."""

    number: int
    parts: Mapping[str, Sequence[str]]


class Store:
    """An archive in a folder or at an address that fsspec knows."""

    def __init__(self, place: str) -> None:
        self.place = address(place)
        try:
            self.shelf = shelf(self.place)
        except (ImportError, ValueError) as error:
            raise UsageError(f"{place}: 열 수 없는 주소입니다({error}).") from error

    # ------------------------------------------------------------ commits

    def exists(self) -> bool:
        """Tell whether anything was ever committed."""
        return bool(self._commits())

    def snapshot(self) -> Snapshot:
        """Return which files count now; `UsageError` where this is another version's archive."""
        parts: dict[str, list[str]] = {table: [] for table in TABLES}
        names = self._commits()
        for data in self.shelf.read(names):
            told = json.loads(data)
            if told["version"] != VERSION:
                raise UsageError(
                    f"{self.place}: 다른 판({told['version']})의 보관소입니다. "
                    "그 판의 calendarize로 열거나 새로 만드세요."
                )
            for table in TABLES:
                kept = [] if told.get("reset") else parts[table]
                parts[table] = [*kept, *told[table]]
        return Snapshot(_number(names[-1]) if names else 0, parts)

    def commit(self, parts: Mapping[str, Sequence[str]], before: int, reset: bool = False) -> int:
        """Make files count, and return the commit's number: the first that is free after `before`.

        With `reset` they count instead of all others, and only if nobody committed meanwhile:
        else nothing is done and 0 is returned.
        """
        told = {"version": VERSION, "reset": reset, **{t: list(parts.get(t, ())) for t in TABLES}}
        data = json.dumps(told, ensure_ascii=False).encode()
        number = before + 1
        while not self._create(f"commits/{number:010}.json", data):
            if reset:
                return 0
            number += 1
        return number

    def _commits(self) -> list[str]:
        try:
            found = self.shelf.names("commits")
        except Exception as error:  # every store has errors of its own
            raise UsageError(
                f"{self.place}: 보관소를 열 수 없습니다({type(error).__name__}). "
                "주소와 접속 정보를 확인하세요."
            ) from error
        return sorted(name for name in found if _COMMIT.search(name))

    # ------------------------------------------------------------ writing

    def write(
        self,
        files: Sequence[Mapping[str, Any]],
        documents: Sequence[Mapping[str, Any]],
        events: Mapping[Partition, Iterable[tuple[str, bytes]]],
        before: int,
    ) -> int:
        """Write a batch and commit it; return the commit's number.

        `events` are, by partition, stamps and the JSON lines that stand for their events.
        """
        batch = f"{time.time_ns():020}-{uuid4().hex[:8]}"
        parts: dict[str, list[str]] = {table: [] for table in TABLES}
        for table, rows, schema in (("files", files, FILES), ("documents", documents, DOCUMENTS)):
            if rows:
                lines = "\n".join(json.dumps({"batch": batch, **row}, default=str) for row in rows)
                made = _table(lines.encode(), schema)
                parts[table] += self._store(f"{table}/{batch}.parquet", made.to_reader())
        for (government, year), stamped in events.items():
            made = _events(stamped, batch)
            if made is not None:
                where = f"events/government={government}/year={year}/{batch}.parquet"
                parts["events"] += self._store(where, made.to_reader())
        return self.commit(parts, before)

    def _store(self, name: str, rows: pa.RecordBatchReader) -> list[str]:
        """Write rows as a file and return its name; none where there are no rows."""
        out, count = io.BytesIO(), 0
        with pq.ParquetWriter(out, rows.schema, compression="zstd") as writer:
            for batch in rows:
                writer.write_batch(batch)
                count += len(batch)
        if count and not self._create(name, out.getvalue()):
            raise OutputError(f"{self.place}: 같은 이름의 파일이 있습니다({name}).")
        return [name] if count else []

    def _create(self, name: str, data: bytes) -> bool:
        """Write a file, whole or not at all; false where there is one of that name."""
        try:
            self.shelf.create(name, data)
        except FileExistsError:
            return False
        except Exception as error:  # every store has errors of its own
            raise OutputError(
                f"{self.place}: 보관소에 쓸 수 없습니다({type(error).__name__}: {error}). "
                "공간과 권한을 확인하고 다시 실행하면 이어서 합니다."
            ) from error
        return True

    # ------------------------------------------------------------ reading

    def connect(
        self, snapshot: Snapshot | None = None, *, threads: int | None = None
    ) -> duckdb.DuckDBPyConnection:
        """Return a database with the views `files`, `documents`, `events` of what counts now.

        `events` has a row for each event of each document; `raw_…` hold what was superseded too.
        With fewer `threads` than there are cores it takes less memory.
        """
        told = snapshot or self.snapshot()
        database = duckdb.connect(config={} if threads is None else {"threads": threads})
        self.shelf.show(database)
        schemas = {"files": FILES, "documents": DOCUMENTS, "events": stored_columns()}
        for table, schema in schemas.items():
            found = [self.shelf.path(name) for name in told.parts[table]]
            if not found:
                database.register(f"raw_{table}", _with_partition(table, schema).empty_table())
                continue
            listed = ", ".join("'" + name.replace("'", "''") + "'" for name in found)
            types = "hive_types={'government': VARCHAR, 'year': BIGINT}"
            hive = f", hive_partitioning=true, {types}" if table == "events" else ""
            source = f"SELECT * FROM read_parquet([{listed}]{hive})"
            database.execute(f"CREATE VIEW raw_{table} AS {source}")
        database.execute(_VIEWS)
        return database

    # ------------------------------------------------------------ fewer files

    def compact(self, many: int) -> None:
        """Write the rows that count into one file a partition where there are `many` files more
        than partitions; drop what was superseded, and delete the files that count no more."""
        before = self.snapshot()
        folders = {name.rpartition("/")[0] for names in before.parts.values() for name in names}
        if sum(map(len, before.parts.values())) - len(folders) < many:
            return
        batch = f"{time.time_ns():020}-{uuid4().hex[:8]}"
        parts: dict[str, list[str]] = {table: [] for table in TABLES}
        with self.connect(before, threads=1) as database:
            for table in TABLES:
                for folder in sorted(f for f in folders if f.partition("/")[0] == table):
                    of_folder = _OF_PARTITION if table == "events" else "true"
                    query = f"SELECT * {_HIDDEN[table]} FROM kept_{table} WHERE {of_folder}"
                    named = _PARTITION.search(folder)
                    values = [named[1], int(named[2])] if named else []
                    found = database.sql(query, params=values)
                    rows = found.to_arrow_reader(_AT_ONCE)
                    parts[table] += self._store(f"{folder}/{batch}.parquet", rows)
        if self.commit(parts, before.number, reset=True):
            self.shelf.remove([name for names in before.parts.values() for name in names])


_COMMIT = re.compile(r"/\d{10}\.json$")
_PARTITION = re.compile(r"government=([^/]+)/year=(\d+)$")
_OF_PARTITION = "government = ? AND year = ?"
_HIDDEN = {"files": "", "documents": "", "events": "EXCLUDE (government, year)"}
_VIEWS = """
CREATE VIEW kept_files AS
  SELECT * FROM raw_files WHERE true
  QUALIFY row_number() OVER (PARTITION BY url ORDER BY batch DESC) = 1;
CREATE VIEW files AS SELECT url, stamp, size FROM kept_files WHERE stamp IS NOT NULL;
CREATE TEMP TABLE live AS
  SELECT stamp, max(batch) AS batch FROM raw_documents
  WHERE stamp IN (SELECT stamp FROM files) GROUP BY stamp;
CREATE VIEW kept_documents AS SELECT * FROM raw_documents SEMI JOIN live USING (stamp, batch);
CREATE VIEW documents AS SELECT * EXCLUDE (batch) FROM kept_documents;
CREATE VIEW kept_events AS SELECT * FROM raw_events SEMI JOIN live USING (stamp, batch);
CREATE VIEW events AS SELECT * EXCLUDE (batch, event) REPLACE (
    CASE WHEN first_day IS NULL AND last_day IS NULL
           THEN CASE WHEN rrule IS NULL THEN 'undated' ELSE 'ongoing' END
         WHEN last_day < current_date THEN 'done'
         WHEN first_day > current_date THEN 'planned'
         ELSE 'ongoing' END AS status)
  FROM kept_events;
"""


def each_row(found: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """Yield the rows that were asked for, few of them held at a time."""
    while rows := found.fetchmany(_AT_ONCE):
        yield from rows


def _with_partition(table: str, schema: pa.Schema) -> pa.Schema:
    if table != "events":
        return schema
    return schema.append(pa.field("government", pa.string())).append(pa.field("year", pa.int64()))


def _number(commit: str) -> int:
    return int(commit.rpartition("/")[2].partition(".")[0])


@cache
def stored_columns() -> pa.Schema:
    """Return the columns of `events` as they are stored: days as days, and the batch."""
    made = columns()
    for name in _DAYS:
        made = made.set(made.get_field_index(name), pa.field(name, pa.date32()))
    return made.append(pa.field("batch", pa.string()))


def _events(stamped: Iterable[tuple[str, bytes]], batch: str) -> pa.Table | None:
    """Return the events of JSON lines as a table, with the stamp of each."""
    data = bytearray()
    for stamp, lines in stamped:
        head = json.dumps({"batch": batch, "stamp": stamp})[:-1].encode() + b", "
        for line in lines.splitlines(keepends=True):
            data += head + line[1:]
    return _table(bytes(data), stored_columns()) if data else None


def _table(lines: bytes, schema: pa.Schema) -> pa.Table:
    """Return JSON lines as a table; what they do not tell is null.

    Lists of Python go through `pandas` where that is installed, which takes half a second.
    """
    days = [each for each in schema if pa.types.is_date(each.type)]
    written = schema
    for day in days:
        written = written.set(schema.get_field_index(day.name), pa.field(day.name, pa.string()))
    table = pa_json.read_json(
        pa.py_buffer(lines),
        read_options=pa_json.ReadOptions(use_threads=False, block_size=len(lines) + 1),
        parse_options=pa_json.ParseOptions(explicit_schema=written),
    )
    return table.select(schema.names).cast(schema)
