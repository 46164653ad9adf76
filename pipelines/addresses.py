"""Addresses: the one under which a story is known, whatever a link carries along."""

from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit

TRACKING = frozenset({"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref", "share", "spref", "amp", "m", "print", "replytocom"})
"""Query parameters that say how a reader came or how the page is to look, never which story it is. `utm_…` goes too."""


def identity(url: str) -> str:
    """The address without what names no story: fragment, tracking parameters, `/amp/`, default port, letter case of the host.

    What is no address on the web comes back as it is, without white space around it; no text raises.

    >>> identity("HTTP://Contoh.com:80/2021/03/kabar.html?utm_source=fb&m=1#komentar")
    'http://contoh.com/2021/03/kabar.html'
    """
    parts = split(url)
    host = (parts.hostname or "") if parts else ""
    if not parts or not host or parts.scheme not in {"http", "https"}:
        return url.strip()
    host = f"[{host}]" if ":" in host else host
    try:
        port = parts.port
    except ValueError:
        return url.strip()
    if port and (parts.scheme, port) not in {("http", 80), ("https", 443)}:
        host = f"{host}:{port}"
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _tracking(name)]
    asked = f"?{urlencode(query, errors='replace')}" if query else ""
    return f"{parts.scheme}://{host}{_path(parts.path)}{asked}".strip()


def _path(path: str) -> str:
    while path.endswith(("/amp/", "/amp")) and path.strip("/") != "amp":
        path = path.removesuffix("/").removesuffix("amp") if path.endswith("/") else path.removesuffix("/amp")
    return path or "/"


def _tracking(name: str) -> bool:
    return name.lower() in TRACKING or name.lower().startswith("utm_")


def split(url: str) -> SplitResult | None:
    """The parts of an address; None for what is none, as pages carry them too: `http://[alamat]/`."""
    try:
        return urlsplit(url.strip())
    except ValueError:
        return None


def joined(base: str, address: str | None) -> str | None:
    """An address of a page, made absolute; None where it is none on the web."""
    try:
        absolute = urljoin(base, address.strip()) if address else ""
    except ValueError:
        return None
    parts = split(absolute)
    return absolute if parts and parts.scheme in {"http", "https"} and parts.hostname else None


def host_of(url: str) -> str:
    """The host without `www.`, in lower case; "" where there is none.

    >>> host_of("https://www.Contoh.com/a")
    'contoh.com'
    """
    parts = split(url)
    return ((parts.hostname or "") if parts else "").removeprefix("www.")
