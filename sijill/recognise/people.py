"""The forms by which an article names again the people that it has named in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sijill.arabic.names import short_of
from sijill.recognise.spot import Spot


def short_forms(
    spots: Iterable[Spot], surname: Callable[[tuple[str, ...]], tuple[str, ...]]
) -> dict[str, list[tuple[str, ...]]]:
    """First word → the full name and surname forms that start with it, longest first, for every person named in
    full."""
    forms: dict[str, set[tuple[str, ...]]] = {}
    for spot in spots:
        if spot.kind != "official" or spot.form == "nominal":
            continue
        parts = tuple(spot.key.split())
        first = short_of(spot.key)
        for form in (parts, (first,) if first else surname(parts)):
            if form:
                forms.setdefault(form[0], set()).add(form)
    return {word: sorted(group, key=lambda form: (-len(form), form)) for word, group in forms.items()}
