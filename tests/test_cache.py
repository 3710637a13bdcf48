"""The cache gives back what was put in, or nothing."""

from __future__ import annotations

from pathlib import Path

from sijill.cache import Cache, key_of


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_an_entry_comes_back_as_it_was_put(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "readings")
    key = key_of(b"article", "content/articles/a.txt", "1")
    assert cache.get(key) is None
    cache.put(key, b"reading")
    assert cache.get(key) == b"reading"


def test_a_key_changes_with_each_thing_that_a_reading_depends_on() -> None:
    keys = [
        key_of(b"article", "a.txt", "1"),
        key_of(b"articles", "a.txt", "1"),
        key_of(b"article", "b.txt", "1"),
        key_of(b"article", "a.txt", "2"),
        key_of(b"txtarticle", "a.", "1"),
    ]
    assert len(set(keys)) == len(keys)
    assert keys[0] == key_of(b"article", "a.txt", "1")


def test_a_damaged_entry_is_as_good_as_none_and_is_written_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "readings")
    key = key_of(b"article", "a.txt", "1")
    for damage in (b"", b"x", b"short", bytes(100)):
        cache.put(key, b"reading")
        (entry,) = files(tmp_path)
        entry.write_bytes(damage)
        assert cache.get(key) is None
    cache.put(key, b"reading")
    (entry,) = files(tmp_path)
    entry.write_bytes(entry.read_bytes()[:-1] + b"X")
    assert cache.get(key) is None
    cache.put(key, b"reading")
    assert cache.get(key) == b"reading"


def test_an_entry_under_another_key_is_not_taken_for_it(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    one, other = key_of(b"1", "a", "1"), key_of(b"2", "a", "1")
    cache.put(one, b"reading")
    (entry,) = files(tmp_path)
    (tmp_path / other[:2]).mkdir(exist_ok=True)
    entry.rename(tmp_path / other[:2] / other)
    assert cache.get(other) is None


def test_unused_entries_are_removed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    keys = [key_of(bytes([number]), "a", "1") for number in range(5)]
    for key in keys:
        cache.put(key, b"reading")
    cache.keep_only(keys[:2])
    assert [path.name for path in files(tmp_path)] == sorted(keys[:2])


def test_a_cache_that_cannot_be_written_costs_no_build(tmp_path: Path) -> None:
    (tmp_path / "readings").write_text("a file in the way")
    cache = Cache(tmp_path / "readings")
    cache.put("abcd", b"reading")
    cache.keep_only([])
    assert cache.get("abcd") is None


def test_no_folder_keeps_nothing() -> None:
    cache = Cache(None)
    cache.put("abcd", b"reading")
    assert cache.get("abcd") is None
