"""Reads, compares and plots runs of Onward, a simulator of secondary migration."""

from .compare import mean_interval, paired_difference, yearly_claims
from .read import RunFileError, read, read_comparison

__all__ = [
    "RunFileError",
    "mean_interval",
    "paired_difference",
    "read",
    "read_comparison",
    "yearly_claims",
]
