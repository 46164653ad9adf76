"""The bench of speed is fair: everybody takes turns, and ratios are taken within a round on the pages that both read."""

from dataclasses import replace

import pytest

from bench.pages import Label
from bench.speed import SELDOM, Runner, _verdict, filled, measure
from tests.builders import page

LABELS = [Label(name=name, page=page()) for name in ("satu", "dua")]


def runner(name: str, *rounds: dict[str, float]) -> Runner:
    """A runner whose turns are over."""
    found = Runner(name, name, len, LABELS)
    found.rounds = dict(enumerate(rounds))
    return found


def test_the_ratio_is_taken_in_each_round_on_the_pages_that_both_read() -> None:
    base = runner("trafilatura", {"satu": 0.6, "dua": 9.0}, {"satu": 0.4, "dua": 9.0})
    ours = runner("family", {"satu": 0.1}, {"satu": 0.2})
    assert ours.ratios(base) == pytest.approx([6.0, 2.0])
    assert base.ratios(base) == pytest.approx([1.0, 1.0])
    assert ours.pages_per_second() == pytest.approx(7.5)


def test_everybody_takes_turns_the_slow_one_seldom_and_the_first_round_does_not_count() -> None:
    order: list[str] = []

    def reader(name: str, label: Label) -> None:
        order.append(f"{name} {label.name}")

    def failing(label: Label) -> None:
        reader("newspaper4k", label)
        raise ValueError

    runners = [
        Runner("generic", "ours", lambda label: reader("generic", label), LABELS),
        Runner("trafilatura", "", lambda label: reader("trafilatura", label), [replace(LABELS[0])]),
        Runner("newspaper4k", "", failing, LABELS[:1]),
    ]
    measure(runners, 4)
    assert [len(each.rounds) for each in runners] == [4, 4, len(range(0, 4, SELDOM["newspaper4k"]))]
    assert all(seconds >= 0 for each in runners for turn in each.rounds.values() for seconds in turn.values())
    # The round that does not count, then: each begins a round in its turn.
    assert order[:4] == ["newspaper4k satu", "generic satu", "generic dua", "trafilatura satu"]
    assert order[4:8] == ["generic satu", "generic dua", "trafilatura satu", "newspaper4k satu"]
    assert order[8:11] == ["trafilatura satu", "generic satu", "generic dua"]


@pytest.mark.parametrize(("ratios", "said"), [([1.4, 1.5, 1.6], "met"), ([1.4, 1.4, 1.6], "not met")])
def test_a_target_is_met_by_the_median(ratios: list[float], said: str) -> None:
    assert _verdict("generic", ratios).endswith(f"target 1.5x: {said}")


@pytest.mark.parametrize("size", [0, 60, 5_000, 80_000])
def test_a_page_is_filled_up_behind_its_story_and_never_cut(size: int) -> None:
    story = b"<html><body><h1>Banjir</h1><p>Air surut.</p></body></html>"
    full = filled(story, size)
    assert len(full) == max(size, len(story))
    assert full.startswith(b"<html><body><h1>Banjir</h1><p>Air surut.</p>")
    assert full.endswith(b"</body></html>")


def test_a_page_without_an_end_is_left_as_it_is() -> None:
    assert filled(b"<h1>Banjir</h1>", 5_000) == b"<h1>Banjir</h1>"
