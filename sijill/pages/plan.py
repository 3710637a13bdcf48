"""A page before it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..model import Page

__all__ = ["Plan"]


class Plan(NamedTuple):
    """Where a page will stand, and what makes it."""

    url: str
    """That of the page."""
    make: Callable[[], Page]
