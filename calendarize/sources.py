"""Where reports come from: arguments, environment, configuration file, built-in samples."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from calendarize.errors import UsageError

VARIABLE = "CALENDARIZE_REPORTS"


@dataclass(frozen=True, slots=True)
class Sources:
    """Reports to read; `notice` is a Korean line for standard error where they were not given."""

    paths: tuple[str, ...]
    notice: str | None = None


def samples() -> Path:
    """Return the folder of the built-in sample reports."""
    packaged = Path(str(files("calendarize").joinpath("examples")))
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent / "examples"


def config_file() -> Path:
    """Return the path of the user's configuration file, whether or not it exists."""
    from platformdirs import user_config_path

    return user_config_path("calendarize") / "config.toml"


def _configured(path: Path) -> tuple[str, ...]:
    """Read `reports = ["…"]` of a configuration file; relative paths start at its folder."""
    import tomllib

    from pydantic import BaseModel, ConfigDict, ValidationError

    class Config(BaseModel):
        model_config = ConfigDict(extra="forbid")
        reports: list[str] = []

    try:
        config = Config.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(
            f"{path}: 설정 파일을 읽을 수 없습니다({reason}). "
            'reports = ["폴더"] 형식인지 확인하세요.'
        ) from error
    return tuple(str(path.parent / Path(report).expanduser()) for report in config.reports)


def find_sources(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> Sources:
    """Return the reports named by the arguments, else by the environment, the configuration
    file, else the built-in samples.

    Raises `UsageError` where the configuration file cannot be read.
    """
    if arguments:
        return Sources(tuple(arguments))
    if named := environ.get(VARIABLE):
        return Sources(tuple(part for part in named.split(os.pathsep) if part))
    config = config_file()
    if config.is_file() and (configured := _configured(config)):
        return Sources(configured)
    return Sources(
        (str(samples()),),
        "보고서를 지정하지 않아 내장 예시 보고서를 읽습니다. (사용법: calendarize --help)",
    )
