"""An archive keeps what documents tell: nothing is lost, nothing is there twice.

Dask and object stores where `heavy` tests are asked for.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calendarize.report import read_file
from tests import command
from tests.examples import EXAMPLES
from tests.hostile import take_over_archives
from tests.test_many import REPORT

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
pytest.importorskip("fsspec")

from calendarize.archive.codec import decoded, encoded
from calendarize.archive.engines import engine_named
from calendarize.archive.ingest import Added, add
from calendarize.archive.progress import Progress
from calendarize.archive.query import Wanted, events
from calendarize.archive.reading import rows
from calendarize.archive.store import Store, columns
from calendarize.events.assemble import assemble
from calendarize.events.select import Choice
from calendarize.export.json import EventRecord
from calendarize.mentions.reading import read
from calendarize.workers import Limits

COMMAND = [sys.executable, "-m", "calendarize", "archive"]
TODAY = date(2021, 6, 1)


def report(n: int) -> str:
    return REPORT.format(month=n % 12 + 1, dept="총무과", n=n, day=n % 28 + 1)


def folder_of(path: Path, count: int) -> Path:
    path.mkdir(exist_ok=True)
    for n in range(count):
        (path / f"보고{n:04}.txt").write_text(report(n), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "보고", 6)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "보관소"


def added(place: object, *roots: object, engine: str = "local", **how: bool) -> Added:
    chosen = engine_named(engine, 1, Limits())
    return add(Store(str(place)), list(map(str, roots)), chosen, Progress(), **how)


def held(place: object) -> Counter[tuple[str, ...]]:
    """Return the events of an archive, each with where it was read."""
    with Store(str(place)).connect() as database:
        asked = 'SELECT title, "start", "end", source.report, source.line::VARCHAR FROM events'
        return Counter(database.execute(asked).fetchall())


def run(
    *arguments: object, first: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    store = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    done = command.run("archive", *map(str, arguments), first=first, **store)
    told = (done.stdout.decode(), done.stderr.decode())
    return subprocess.CompletedProcess(done.args, done.returncode, *told)


def test_an_event_comes_back_as_it_was() -> None:
    for path in sorted(EXAMPLES.glob("*.txt")):
        for event in assemble(read(read_file(path))):
            assert decoded(encoded(event)) == event


def test_the_columns_are_the_keys_of_the_public_json() -> None:
    public = list(EventRecord.model_json_schema(mode="serialization")["properties"])
    assert columns().names[: len(public)] == public


def test_what_is_known_is_not_read_again(folder: Path, place: Path) -> None:
    first = added(place, folder)
    assert (first.read, first.same) == (6, 0)
    before = held(place)
    second = added(place, folder)
    assert (second.read, second.same, second.events) == (0, 6, 0)
    assert held(place) == before


def test_what_changes_moves_or_goes_is_brought_up_to_date(folder: Path, place: Path) -> None:
    added(place, folder)
    (folder / "보고0000.txt").write_text(report(9), encoding="utf-8")
    (folder / "보고0001.txt").rename(folder / "옮김.txt")
    (folder / "보고0002.txt").unlink()
    done = added(place, folder)
    assert (done.read, done.changed, done.gone, done.same) == (1, 1, 2, 3)
    fresh = place.with_name("새로")
    added(fresh, folder)
    here, there = (Counter(each[:3] for each in held(p).elements()) for p in (place, fresh))
    assert here == there


def test_a_folder_without_documents_is_told_unless_it_had_some(folder: Path, place: Path) -> None:
    empty = folder.with_name("빈 폴더")
    empty.mkdir()
    told = run("add", empty, "--to", place)
    assert told.returncode == 1
    assert "빈 폴더: 폴더에 읽을 수 있는 보고서" in told.stderr
    added(place, folder)
    for path in folder.iterdir():
        path.unlink()
    done = added(place, folder)
    assert (done.gone, done.problems) == (6, [])


def test_the_same_document_in_two_places_is_there_once(folder: Path, place: Path) -> None:
    shutil.copytree(folder, folder / "사본")
    assert added(place, folder).read == 6
    assert set(held(place).values()) == {1}
    shutil.rmtree(folder / "사본")
    added(place, folder)
    assert set(held(place).values()) == {1}


@pytest.mark.heavy
def test_a_broken_document_is_recorded_and_stops_nobody(folder: Path, place: Path) -> None:
    (folder / "고장.hwp").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    told = run("add", folder, "--to", place)
    assert told.returncode == 1
    assert "고장.hwp: 손상된" in told.stderr
    assert "읽은 파일 7" in told.stdout
    again = run("add", folder, "--to", place)
    assert again.returncode == 0
    assert "전에 읽지 못한 문서 1개" in again.stderr
    asked = run("query", place, "--sql", "SELECT source FROM documents WHERE error IS NOT NULL",
                "--format", "jsonl")  # fmt: skip
    assert json.loads(asked.stdout) == {"source": "고장.hwp"}
    assert added(place, folder, retry=True).read == 1


@pytest.mark.heavy
def test_a_document_that_does_harm_costs_an_archive_only_itself(folder: Path, place: Path) -> None:
    for n, name in enumerate(("죽음.txt", "커짐.txt")):
        (folder / name).write_text(report(20 + n), encoding="utf-8")
    told = run("add", folder, "--to", place, "--memory", 512, first=take_over_archives)
    assert "읽은 파일 8" in told.stdout
    died, grew = told.stderr.splitlines()
    assert died.startswith("죽음.txt: 읽는 중에 프로그램 오류가 났습니다(프로세스 중단)")
    assert grew.startswith("커짐.txt: 읽는 데 메모리가 512MB 넘게 들어")
    assert {report for *_, report, _ in held(place)} == {f"보고{n:04}.txt" for n in range(6)}


@pytest.mark.heavy
@pytest.mark.parametrize("times", [2, pytest.param(12, marks=pytest.mark.heavy)])
def test_killed_at_any_time_nothing_is_lost_or_twice(
    times: int, tmp_path: Path, place: Path
) -> None:
    folder = folder_of(tmp_path / "많음", 60)
    whole = tmp_path / "온전"
    added(whole, folder)
    by_chance = random.Random(17)
    kills = 0
    code = (
        "import sys; from calendarize.archive import ingest; ingest.RECORDS = 5\n"
        "from calendarize.cli import main\nmain()"
    )
    for _ in range(times):
        process = subprocess.Popen(
            [sys.executable, "-c", code, "archive", "add", str(folder), "--to", str(place)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(by_chance.uniform(0.6, 1.8))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.wait()
        if Store(str(place)).exists():
            assert held(place) <= held(whole)
    added(place, folder)
    assert held(place) == held(whole)
    assert kills


def test_fewer_files_hold_the_same(folder: Path, place: Path) -> None:
    for n in range(3):
        (folder / f"또{n}.txt").write_text(report(20 + n), encoding="utf-8")
        added(place, folder)
    (folder / "또0.txt").unlink()
    added(place, folder)
    before, store = held(place), Store(str(place))
    store.compact(1)
    assert held(place) == before
    named = {name for names in store.snapshot().parts.values() for name in names}
    assert named == {str(p.relative_to(place)) for p in place.rglob("*.parquet")}
    assert added(place, folder).read == 0


def test_a_filter_gives_what_the_main_command_gives(place: Path) -> None:
    added(place, EXAMPLES)
    for choice in (
        Choice(TODAY, first=date(2021, 7, 1), last=date(2021, 9, 30)),
        Choice(TODAY, departments=["의회사무처"], kinds=["session"]),
        Choice(TODAY, departments=["시장비서실"], statuses=["planned"]),
    ):
        readings = [read(read_file(path)) for path in sorted(EXAMPLES.glob("*.txt"))]
        wanted = Counter((e.title, str(e.value)) for e in choice.of(assemble(*readings)))
        _, found = events(Store(str(place)), Wanted(choice))
        assert Counter((e.title, str(e.value)) for e in found) == wanted


def test_a_phrase_asks_for_a_period_and_words(place: Path) -> None:
    added(place, EXAMPLES)
    told = run("query", place, "2021년 3분기 임시회", "--format", "jsonl", "--dept", "의회사무처")
    found = [json.loads(line) for line in told.stdout.splitlines()]
    assert "제302회 임시회" in {event["title"] for event in found}
    assert all("임시회" in json.dumps(event, ensure_ascii=False) for event in found)
    assert all(event["start"] is None or event["start"] < "2021-10" for event in found)


@pytest.mark.heavy
def test_an_archive_is_exported_as_calendar_and_page(place: Path, tmp_path: Path) -> None:
    added(place, EXAMPLES)
    for ending, begins in ((".ics", "BEGIN:VCALENDAR"), (".html", "<!"), (".csv", "Subject")):
        out = tmp_path / f"의회{ending}"
        assert run("export", place, "--dept", "의회사무처", "-o", out).returncode == 0
        text = out.read_text(encoding="utf-8-sig")
        assert text.lstrip().lower().startswith(begins.lower())
        assert "제302회 임시회" in text


@pytest.mark.heavy
def test_editions_in_an_archive_are_compared(place: Path) -> None:
    docs = EXAMPLES.parent / "docs" / "editions"
    added(place, docs, EXAMPLES / "council-2021-05.txt")
    told = run("changes", place, "--format", "json")
    plain = command.run("changes", docs, EXAMPLES / "council-2021-05.txt", "--format", "json")
    assert json.loads(plain.stdout)["changes"]
    assert json.loads(told.stdout) == json.loads(plain.stdout)


WRONG = {
    "query": "보관소를 지정하세요",
    "query /nonexistent": "보관소가 아닙니다",
    "add .": "--to로 보관소를",
    "qurey": "혹시 query?",
    "add . --to x --engine spark": "--engine spark",
}


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_usage_is_one_korean_line(arguments: str) -> None:
    told = run(*arguments.split())
    assert (told.returncode, told.stdout) == (2, "")
    (line,) = told.stderr.splitlines()
    assert WRONG[arguments] in line


def test_sql_that_is_none_is_one_line(folder: Path, place: Path) -> None:
    added(place, folder)
    told = run("query", place, "--sql", "SELEC")
    assert (told.returncode, len(told.stderr.splitlines())) == (2, 1)


def test_the_command_line_loads_none_of_it() -> None:
    code = (
        "import sys, calendarize, calendarize.cli, calendarize.archive.commands\n"
        "print([name for name in ('pyarrow', 'duckdb', 'fsspec', 'distributed') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_a_plain_generator_gives_the_rows(folder: Path) -> None:
    (folder / "고장.hwp").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    found = list(rows(map(str, sorted(folder.iterdir()))))
    assert "손상된" in found[0]["problem"]
    assert {row["source"]["report"] for row in found[1:]} == {f"보고{n:04}.txt" for n in range(6)}


@pytest.mark.heavy
def test_the_function_for_spark_that_the_docs_show_gives_the_rows(folder: Path) -> None:
    pandas = pytest.importorskip("pandas")
    page = (EXAMPLES.parent / "docs" / "archive.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (shown,) = (block for block in blocks if "mapInPandas" in block)
    names: dict[str, Any] = {}
    exec(shown.partition("\nurls.")[0], names)
    paths = list(map(str, sorted(folder.iterdir())))
    frames = [pandas.DataFrame({"url": part}) for part in (paths[:4], paths[4:])]
    told = [event for frame in names["read"](frames) for event in frame["event"]]
    assert list(map(json.loads, told)) == list(rows(paths))


# ---------------------------------------------------------------- Dask and object stores


@pytest.mark.heavy
def test_a_cluster_gives_one_result_a_document_when_a_worker_dies(
    tmp_path: Path, place: Path
) -> None:
    distributed = pytest.importorskip("distributed")
    folder = folder_of(tmp_path / "많음", 300)
    whole = tmp_path / "온전"
    added(whole, folder)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address.removeprefix("tcp://")
        victim = next(iter(cluster.workers.values()))
        given = cluster.scheduler.workers[victim.worker_address].processing
        process = subprocess.Popen(
            [*COMMAND, "add", str(folder), "--to", str(place), "--engine", f"dask://{address}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        while not given and process.poll() is None:
            time.sleep(0.05)
        running = process.poll() is None
        os.kill(victim.pid, signal.SIGKILL)
        out, _ = process.communicate(timeout=120)
    assert running, out.decode()
    assert process.returncode == 0, out.decode()
    assert held(place) == held(whole)


HWP_FILES = EXAMPLES.parent.parent / "shared" / "hwp"


@pytest.mark.heavy
@pytest.mark.skipif(not HWP_FILES.is_dir(), reason="the HWP files are not here")
def test_two_cores_read_eight_thousand_hwp_files_in_two_minutes(place: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*COMMAND, "add", str(HWP_FILES), "--to", str(place)], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert seconds / len(list(HWP_FILES.iterdir())) * 8000 / 2 < 120


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().mkdir("reports")
    yield "s3://reports"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@pytest.mark.heavy
def test_documents_and_archive_may_be_in_an_object_store(folder: Path, bucket: str) -> None:
    import s3fs

    store = s3fs.S3FileSystem()
    store.put(str(folder), "reports/in", recursive=True)
    archive = f"{bucket}/archive"
    assert added(archive, f"{bucket}/in").read == 6
    assert added(archive, f"{bucket}/in").same == 6
    assert set(held(archive).values()) == {1}
    store.pipe_file("reports/in/보고0000.txt", report(9).encode())
    store.rm("reports/in/보고0001.txt")
    done = added(archive, f"{bucket}/in")
    assert (done.read, done.changed, done.gone) == (1, 1, 1)
    told = run("query", archive, "--format", "jsonl")
    assert {json.loads(line)["source"]["report"] for line in told.stdout.splitlines()} == {
        f"보고{n:04}.txt" for n in (0, 2, 3, 4, 5)
    }
