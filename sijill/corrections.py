"""`content/corrections.toml`: where editors say that words were read wrongly, or rightly, each row checked by itself.

Whether a row speaks of anything that is read is told where it is applied, by `corrected`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, get_args

from sijill.issues import ordered, quoted
from sijill.ledger import SIGNED, Row, rows_of
from sijill.model import CLAIM_FIELDS, Correction, Issue, Prop
from sijill.records import DATES, REFERENCES, is_date
from sijill.slugs import SLUG

__all__ = ["CORRECTIONS", "KEYS", "PLACE", "load_corrections", "values_of"]

CORRECTIONS = "corrections.toml"
"""The file's name under `content`; an archive need not have it."""
PLACE: Final = ("article", "sentence", "words")
KEYS: Final = (*PLACE, "claim", "field", "read", "right", *SIGNED)
_PROPS: Final[tuple[Prop, ...]] = get_args(Prop)


def load_corrections(content: Path) -> tuple[tuple[Correction, ...], tuple[Issue, ...]]:
    """The corrections of this content folder in the order of the file, and everything that is wrong with it."""
    issues: list[Issue] = []
    rows = rows_of(content / CORRECTIONS, f"{content.name}/{CORRECTIONS}", "correction", KEYS, issues)
    found = tuple(one for row in rows if (one := _correction(row)) is not None)
    return found, ordered(issues)


def values_of(correction: Correction) -> dict[str, str | bool]:
    """The row's values in the order of the file, as `row_text` writes them; what is empty is left out there."""
    told = {key: getattr(correction, key) for key in KEYS}
    nothing: dict[str, str | bool] = {"read": False, "right": False}
    return {key: nothing.get(key, "") if value is None else value for key, value in told.items()}


def _correction(row: Row) -> Correction | None:
    claim, field = _claim(row)
    read, right = _value(row, "read", field), _value(row, "right", field)
    article, sentence, words = (row.text(key) for key in PLACE)
    if article and SLUG.fullmatch(article) is None:
        hint = 'write the name of its file without the ending, as in `article = "astana-11"`'
        row.wrong("article is not an id", hint, "article")
    if sentence and not article:
        row.wrong("a sentence is named and no article", "add the article that it stands in", "sentence")
    if read is None and "read" in row.values and not (article and words):
        row.wrong("nothing was read, and it is not said where", "add the article and the words", "read")
    if not row.signed():
        return None
    by, on, note = row.signature()
    return Correction(read, right, by, on, note, article, sentence, words, claim, field, row.line)


def _claim(row: Row) -> tuple[Prop | None, str]:
    """The claim that is meant and its field; None and nothing where a mention is."""
    claim, field = row.text("claim"), row.text("field")
    prop = next((each for each in _PROPS if each == claim), None)
    if claim and prop is None:
        row.wrong(f"claim {quoted(claim)} is not known", f"known are {', '.join(_PROPS)}", "claim")
    elif prop is not None and field not in CLAIM_FIELDS[prop]:
        what = f"field {quoted(field)} is not known in {prop}" if field else "the claim is named and no field of it"
        row.wrong(what, f"its fields are {', '.join(CLAIM_FIELDS[prop])}", "field")
    elif field and not claim:
        row.wrong("a field is named and no claim", "add the claim, or remove the field", "field")
    return prop, field


def _value(row: Row, key: str, field: str) -> str | None:
    """What was read or what is right: false is None."""
    value = row.values.get(key)
    if value is False:
        return None
    text = row.text(key) if isinstance(value, str) else str(value) if field in DATES and value is not None else ""
    if not text:
        row.wrong(f"{key} is neither a value nor false", f"{_MEANT[key]}, or `{key} = false` for nothing", key)
    elif field in DATES:
        if not is_date(text):
            row.wrong(f"{key} {quoted(text)} is not a date", "write YYYY-MM-DD, YYYY-MM or YYYY", key)
    elif (not field or field in REFERENCES or field in ("party", "place")) and SLUG.fullmatch(text) is None:
        row.wrong(f"{key} {quoted(text)} is not an id", f'write it as in `{key} = "sergey-lavrov"`', key)
    return text


_MEANT = {"read": "write what was read", "right": "write what it should be"}
