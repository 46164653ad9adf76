"""What can be told of a page's selectors before it is parsed: a no is certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.fields import next_link
from pipelines.markup import decode, parse
from pipelines.rules import Rules
from pipelines.selectors import Tree, may_find
from spiders.families.disway import Disway
from spiders.families.promedia import Promedia
from spiders.families.tribun import Tribun
from spiders.families.wordpress import WordPress
from tests.steady import steady

FAMILIES = [each.rules for each in (WordPress, Disway, Promedia, Tribun)]
LINKS = {
    WordPress: '<div class="page-links"><b class="current">1</b><a href="/2021/03/25/kabar/2/">2</a></div>',
    Disway: '<ul class="pagination"><li><a rel="next" href="/read/1/kabar/15">»</a></li></ul>',
    Promedia: '<div class="paging--article"><a class="paging__link--next" href="?page=2">2</a></div>',
    Tribun: '<a class="bgblue" href="?page=2">Halaman selanjutnya</a>',
}
NAMES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"


@pytest.mark.parametrize("family", LINKS, ids=lambda family: family.family)
def test_a_page_with_the_link_may_have_it_in_whatever_bytes(family):
    page = f"<html><body>{LINKS[family]}</body></html>"
    assert may_find(page.encode(), family.rules.next_page)
    assert may_find(page.encode("utf-16"), family.rules.next_page)
    assert not may_find(b"<html><body><p>Kabar gembira &#8211; untuk warga&#39;s</p></body></html>", family.rules.next_page)


@pytest.mark.parametrize("letter", NAMES)
def test_a_letter_may_be_spelled_as_a_number(letter):
    for spelled in (f"&#{ord(letter)};", f"&#x{ord(letter):x};", f"&#X00{ord(letter):X};", f"&#0{ord(letter)} "):
        assert may_find(f'<p><a class="{spelled}" href="/2">2</a></p>'.encode(), ("#anything",))


PIECES = [
    *LINKS.values(),
    "page-links",
    "current",
    "&#112;age-links",
    '<div class="',
    '">',
    "</div>",
    '<a rel="next" href="?page=2">',
    "\0",
    "ul",
]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12), encoding=st.sampled_from(["utf-8", "utf-16", "latin-1"]))
@steady
@pytest.mark.parametrize("rules", FAMILIES)
def test_where_nothing_may_be_found_nothing_is(rules: Rules, pieces: list[str], encoding: str):
    raw = "".join(pieces).encode(encoding, errors="ignore")
    root = parse(decode(raw, "text/html"))
    if root is not None and next_link(Tree(root), rules, "https://contoh.id/2021/03/25/kabar/"):
        assert may_find(raw, rules.next_page)
