"""Articles out of what others saved: web pages, feeds, WordPress exports and tables, as files below content/articles.

Separate from reading because what comes in here is nobody's article yet. Nothing is fetched, and nothing overwritten.
"""

from sijill.importing.plan import Plan, Row, planned, write
from sijill.importing.taking import MissingLibraryError, Wanted, taken_from

__all__ = ["MissingLibraryError", "Plan", "Row", "Wanted", "planned", "taken_from", "write"]
