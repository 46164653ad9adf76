"""One story has one address, however a link to it is decorated, and no text raises."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.addresses import host_of, identity, joined, split
from tests.steady import steady

STORY = "https://contoh.com/2021/03/kabar.html"


@pytest.mark.parametrize(
    "url",
    [
        STORY,
        f"  {STORY}\n",
        "HTTPS://Contoh.COM/2021/03/kabar.html",
        "https://contoh.com:443/2021/03/kabar.html",
        f"{STORY}#komentar",
        f"{STORY}?utm_source=fb&UTM_Medium=wa",
        f"{STORY}?m=1",
        f"{STORY}?m=0&fbclid=x&gclid=y&amp=1&spref=tw&ref=z&share=email&print=1&replytocom=7&igshid=a&mc_cid=b&mc_eid=c",
        f"{STORY}?",
        "https://warga@contoh.com/2021/03/kabar.html",
    ],
)
def test_decorations_go(url: str) -> None:
    assert identity(url) == STORY


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://contoh.com", "https://contoh.com/"),
        ("https://contoh.com/kabar/amp/", "https://contoh.com/kabar/"),
        ("https://contoh.com/kabar/amp", "https://contoh.com/kabar"),
        ("https://contoh.com/kabar/amp/amp/", "https://contoh.com/kabar/"),
        ("https://contoh.com/amp/", "https://contoh.com/amp/"),
        ("https://contoh.com/lampu-amp/", "https://contoh.com/lampu-amp/"),
        ("https://contoh.com/?p=123&utm_campaign=x", "https://contoh.com/?p=123"),
        ("https://contoh.com/?p=a+b%20c&kosong=", "https://contoh.com/?p=a+b+c&kosong="),
        ("https://contoh.com:8080/a", "https://contoh.com:8080/a"),
        ("http://contoh.com:443/a", "http://contoh.com:443/a"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("https://contoh.com/A/B", "https://contoh.com/A/B"),
        # What is no address on the web stays as it is.
        ("", ""),
        (" kabar ", "kabar"),
        ("mailto:redaksi@contoh.com", "mailto:redaksi@contoh.com"),
        ("http://[alamat]/", "http://[alamat]/"),
        ("https://contoh.com:http/", "https://contoh.com:http/"),
        ("https:///kabar", "https:///kabar"),
        ("/2021/03/kabar.html", "/2021/03/kabar.html"),
    ],
)
def test_identities(url: str, expected: str) -> None:
    assert identity(url) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/b", "https://contoh.com/b"),
        (" b ", "https://contoh.com/2021/b"),
        ("?page=2", "https://contoh.com/2021/a?page=2"),
        ("//lain.com/x.jpg", "https://lain.com/x.jpg"),
        ("http://lain.com", "http://lain.com"),
        ("data:image/gif;base64,R0", None),
        ("javascript:void(0)", None),
        ("mailto:a@b.c", None),
        ("http://[alamat]/", None),
        ("http://", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_of_a_page_are_made_absolute(address: str | None, expected: str | None) -> None:
    assert joined("https://contoh.com/2021/a", address) == expected


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://www.Contoh.com:80/a", "contoh.com"), ("http://m.contoh.com", "m.contoh.com"), ("kabar", ""), ("http://[x", ""), ("", "")],
)
def test_hosts(url: str, host: str) -> None:
    assert host_of(url) == host


PIECES = st.lists(st.sampled_from([*"abAm:/?#[]@&=;%.+ \t\n\u0130\u2100\ud800é", "amp", "/amp/", "utm_x=1", "%ff", "www."]), max_size=12)
URLS = st.one_of(st.text(st.characters()), PIECES.map("".join), PIECES.map(lambda pieces: "https://contoh.com/" + "".join(pieces)))
ADDRESSES = st.one_of(URLS, PIECES.map(lambda pieces: "http://" + "".join(pieces)))


@steady
@given(ADDRESSES)
@example("HTTP://0/ #")
@example("http://[::1]:80/amp/amp/?q=\ud800")
def test_an_identity_is_its_own_and_no_text_raises(url: str) -> None:
    found = identity(url)
    assert identity(found) == found
    assert host_of(found) == host_of(url)


@steady
@given(ADDRESSES, ADDRESSES)
def test_no_address_raises(base: str, address: str) -> None:
    found = joined(base, address)
    assert found is None or split(found)
