"""Doubt: from where on a reader is warned that a date may be another one."""

THRESHOLD = 0.97
"""A time less sure than this is doubtful (의심).

Chosen on annotated documents, each read by what the other families teach (`python -m tests.doubt`):
most wrong days lie below it, and few right ones.
"""


def is_doubtful(confidence: float) -> bool:
    """Tell whether a time is so unsure that every output should say so."""
    return confidence < THRESHOLD
