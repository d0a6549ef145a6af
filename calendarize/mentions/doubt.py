"""Doubt: from where on a reader is warned that a date may be another one."""

THRESHOLD = 0.97
"""A time less sure than this is doubtful (의심).

Chosen on annotated documents that nothing was learned from (`python -m tests.doubt`): two thirds
of the wrong days lie below it, among 7 % of the entries.
"""


def is_doubtful(confidence: float) -> bool:
    """Tell whether a time is so unsure that every output should say so."""
    return confidence < THRESHOLD
