"""What a rule finds: words of one paragraph that look like a reference to something, with all that their form says."""

from __future__ import annotations

from sijill.arabic.titles import Title
from sijill.model import Form, Kind
from sijill.value import Value, slotted

__all__ = ["HOLDING", "WORDED", "Spot", "holds"]

WORDED = "rule:worded-name"
"""Origin of a surname that is an ordinary word too: his whom the registry holds, where his party is spoken of."""


HOLDING = frozenset({"delegation", "document", "round"})
"""Kinds of names within which another may stand."""


@slotted
class Spot(Value):
    """A candidate mention: words `first` to `behind` (not included) of a paragraph, less `cut` letters of the first."""

    paragraph: int
    first: int
    behind: int
    cut: int
    kind: Kind
    origin: str
    key: str = ""
    """Officials: the folded name. Delegations: the party. Documents: the number or the record. Processes and
    rounds: empty."""
    process: str = ""
    """Rounds and processes: the process that the words name; empty where they name none."""
    number: int | None = None
    """Rounds: the number given."""
    when: str = ""
    """Rounds: new, next, this, current, previous or last, where the words say so instead of a number."""
    place: str = ""
    """Rounds: slug of the city named as the place."""
    title: Title | None = None
    """Officials: the title that stands with the name, or that is the mention."""
    heads: tuple[int, int, int] | None = None
    """Officials without a title: words, and letters to cut, of the delegation that «برئاسة» puts under them."""
    form: Form = "full"
    score: float = 1.0


def holds(whole: Spot, part: Spot) -> bool:
    """Whether the words of one spot are among those of a longer one that begins before it."""
    return whole.paragraph == part.paragraph and whole.first < part.first and part.behind <= whole.behind
