"""What talks are about, as the words behind them say: «حول سوريا», «الخاصة بالأزمة السورية», «حول التسوية في سوريا»."""

from __future__ import annotations

from sijill.arabic.lexicon import Passage
from sijill.recognise.subjects import OWN

__all__ = ["topic_end"]


def topic_end(passage: Passage, behind: int) -> int:
    """The word behind what the talks are about: «جولة جديدة من المحادثات حول سوريا», «… الخاصة بالأزمة السورية»,
    «… حول التسوية في سوريا»."""
    at = behind
    while passage.starts_one(("party", "round_filler"), at, bare=True) and not passage.starts("event_years_of_now", at):
        at += 1
    link = passage.hit("round_link", at)
    if link is None:
        return at
    topic = link.end
    while (filler := passage.hit("round_filler", topic, bare=topic > link.end)) is not None:
        topic = filler.end
    inner = topic + (topic > link.end and passage.starts("in", topic, bare=True))
    ours = passage.hit(OWN, inner)
    if ours is not None:
        return ours.end
    return topic if passage.any(OWN, link.end, topic) else at
