"""The names that a site goes by, casefolded: what datelines, titles and bylines print of it."""

from collections.abc import Iterable

from pipelines.addresses import host_of

SECOND_LEVEL = frozenset("co or go ac sch web my desa mil net biz".split())
"""What stands before `.id` in a domain and is no name: `contoh.co.id`."""
SHORTEST = 4
"""Letters of the shortest label that can name a site in a text."""


def site_names(url: str, told: Iterable[str]) -> frozenset[str]:
    """The site's host, its domain and that domain's name, and what rules and page (`told`) call it.

    >>> sorted(site_names("https://solo.kabarjawa.co.id/a", ["Kabar Jawa"]))
    ['kabar jawa', 'kabarjawa', 'kabarjawa.co.id', 'solo', 'solo.kabarjawa.co.id']
    """
    host = host_of(url)
    domain = _domain(host)
    labels = {domain.partition(".")[0], host.partition(".")[0]} - {"news", "berita", "m"}
    called = {name.strip().lstrip("@").casefold().removeprefix("www.") for name in told}
    return frozenset(name for name in {host, domain, *labels, *called} if len(name) >= SHORTEST)


def _domain(host: str) -> str:
    labels = host.split(".")
    known = 3 if len(labels) > 2 and labels[-1] == "id" and labels[-2] in SECOND_LEVEL else 2
    return ".".join(labels[-known:])


def names_site(text: str, names: frozenset[str]) -> bool:
    """Whether a text is the site's name and nothing else, written apart or not."""
    plain = text.casefold().strip(" .:-–—|")
    return plain in names or plain.replace(" ", "") in names


def is_site(printed: str, names: frozenset[str]) -> bool:
    """Whether what is printed is the site, or one of its sections or networks: `Kompas.com Regional`, `detikNews`."""
    plain = printed.casefold().strip(" .,:-–—|()")
    whole = plain.replace(" ", "")
    labels = (name for name in names if len(name) > SHORTEST and "." not in name and " " not in name)
    return plain in names or plain.partition(" ")[0] in names or any(whole.startswith(label) for label in labels)
