"""Addresses: the one under which a story is known, whatever a link carries along."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKING = frozenset({"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref", "share", "spref", "amp", "m", "print", "replytocom"})
"""Query parameters that say how a reader came or how the page is to look, never which story it is. `utm_…` goes too."""


def identity(url: str) -> str:
    """The address without what names no story: fragment, tracking parameters, `/amp/`, default port, letter case of the host.

    >>> identity("HTTP://Contoh.com:80/2021/03/kabar.html?utm_source=fb&m=1#komentar")
    'http://contoh.com/2021/03/kabar.html'
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").lower()
    try:
        port = parts.port
    except ValueError:
        port = None
    if port and (parts.scheme.lower(), port) not in {("http", 80), ("https", 443)}:
        host = f"{host}:{port}"
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _tracking(name)]
    path = parts.path or "/"
    for tail in ("/amp/", "/amp"):
        if path.endswith(tail) and len(path) > len(tail):
            path = path.removesuffix(tail) + ("/" if tail == "/amp/" else "")
    return urlunsplit((parts.scheme.lower(), host, path, urlencode(query), ""))


def _tracking(name: str) -> bool:
    return name.lower() in TRACKING or name.lower().startswith("utm_")


def host_of(url: str) -> str:
    """The host without `www.`, in lower case; "" where there is none.

    >>> host_of("https://www.Contoh.com/a")
    'contoh.com'
    """
    return (urlsplit(url).hostname or "").lower().removeprefix("www.")
