"""When an address is asked again: soon while its story is news, ever later then, and never later than half a year."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from archive.reasons import STATES
from archive.waits import LONGEST_WAIT, RETRIES, next_try, wait

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AGES = some.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=20_000))


@pytest.mark.parametrize(
    ("state", "failures", "age", "expected"),
    [
        ("announced", 0, 0 * DAY, 0 * DAY),
        ("fetched", 3, 900 * DAY, 0 * DAY),
        ("archived", 0, -9 * HOUR, DAY),
        ("archived", 0, 0 * DAY, DAY),
        ("archived", 0, 71 * HOUR, DAY),
        ("archived", 0, 3 * DAY, 7 * DAY),
        ("unchanged", 0, 2 * DAY, DAY),
        ("unchanged", 0, 29 * DAY, 7 * DAY),
        ("unchanged", 0, 30 * DAY, 180 * DAY),
        ("archived", 0, 4000 * DAY, 180 * DAY),
        ("not an article", 0, DAY, DAY),
        ("not an article", 0, 10 * DAY, 7 * DAY),
        ("not an article", 0, 99 * DAY, 180 * DAY),
        ("gone", 0, DAY, 30 * DAY),
        ("gone", 0, 90 * DAY, 90 * DAY),
        ("gone", 0, 4000 * DAY, 180 * DAY),
        ("refused by robots", 0, 4000 * DAY, 30 * DAY),
        ("failed", 1, 4000 * DAY, HOUR),
        ("failed", 2, DAY, 6 * HOUR),
        ("failed", 3, DAY, DAY),
        ("failed", 4, DAY, 3 * DAY),
        ("failed", 5, DAY, 7 * DAY),
        ("failed", 6, DAY, 30 * DAY),
        ("failed", 600, DAY, 30 * DAY),
    ],
)
def test_the_wait_follows_from_state_age_and_failures(state: str, failures: int, age: timedelta, expected: timedelta) -> None:
    assert wait(state, failures, age=age) == expected


@given(some.sampled_from(STATES), some.integers(0, 50), AGES, AGES)
def test_an_older_story_waits_no_shorter(state: str, failures: int, one: timedelta, other: timedelta) -> None:
    assert wait(state, failures, age=min(one, other)) <= wait(state, failures, age=max(one, other))


@given(some.integers(0, 50), some.integers(0, 50), AGES)
def test_after_more_failures_the_wait_is_no_shorter(one: int, other: int, age: timedelta) -> None:
    assert wait("failed", min(one, other), age=age) <= wait("failed", max(one, other), age=age)


@given(some.sampled_from(STATES), some.integers(0, 50), AGES)
def test_nothing_waits_longer_than_half_a_year_and_what_is_settled_not_shorter_than_an_hour(
    state: str, failures: int, age: timedelta
) -> None:
    shortest = timedelta() if state in ("announced", "fetched") else RETRIES[0]
    assert shortest <= wait(state, failures, age=age) <= LONGEST_WAIT


@given(some.integers(0, 90))
def test_a_story_is_looked_at_daily_for_three_days_and_weekly_for_a_month(hours: int) -> None:
    """The looks of a whole life: at most one a day, few enough, and the last of the month not long after it."""
    start = datetime(2021, 3, 25, tzinfo=UTC)
    looks = [start + timedelta(hours=hours)]
    while looks[-1] < start + 400 * DAY:
        looks.append(next_try("archived", 0, at=looks[-1], day="2021-03-25", announced=looks[0]))
    apart = [(later - earlier, earlier - start) for earlier, later in pairwise(looks)]
    assert all(pause == (DAY if age < 3 * DAY else 7 * DAY if age < 30 * DAY else 180 * DAY) for pause, age in apart)
    assert len([look for look in looks if look < start + 30 * DAY]) <= 3 + 4


@given(some.sampled_from(STATES), some.integers(1, 9), some.timedeltas(min_value=-DAY, max_value=400 * DAY))
def test_nothing_is_asked_for_before_the_moment_that_was_named(state: str, failures: int, later: timedelta) -> None:
    at = datetime(2021, 3, 25, 5, tzinfo=UTC)
    free = next_try(state, failures, at=at, day=None, announced=at)
    assert next_try(state, failures, at=at, day=None, announced=at, not_before=at + later) == max(free, at + later)


def test_where_no_day_is_known_the_age_counts_from_the_announcement() -> None:
    at = datetime(2021, 3, 25, 5, tzinfo=UTC)
    assert next_try("archived", 0, at=at, day=None, announced=at - 10 * DAY) == at + 7 * DAY
    assert next_try("archived", 0, at=at, day="2021-03-24", announced=at - 100 * DAY) == at + DAY
