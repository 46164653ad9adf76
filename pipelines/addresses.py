"""Addresses: the one under which a story is known, whatever a link carries along."""

import re
from calendar import monthrange
from datetime import date
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


DAY_IN_PATH = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|$)|/((?:19|20)\d\d)(\d\d)(\d\d)/")
MONTH_IN_PATH = re.compile(r"/((?:19|20)\d\d)/(\d\d?)(?:/|$)")


def day_named(url: str) -> str | None:
    """The day that an address names, be there such a day or not: `2021-03-25` of `/2021/03/25/slug`."""
    parts = split(url)
    match = DAY_IN_PATH.search(parts.path) if parts else None
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else None


def days_named(url: str) -> tuple[date, date] | None:
    """The first and last day that an address of a story allows: those of the day or month that it names.

    >>> days_named("https://contoh.com/2021/02/kabar.html")
    (datetime.date(2021, 2, 1), datetime.date(2021, 2, 28))
    """
    try:
        if named := day_named(url):
            day = date.fromisoformat(named)
            return day, day
        parts = split(url)
        match = MONTH_IN_PATH.search(parts.path) if parts else None
        if match is None:
            return None
        year, month = int(match[1]), int(match[2])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    except ValueError:  # a number of the story's, and no day
        return None


def first_page(url: str) -> str:
    """The address of a story's first page, or of the whole on one page: `?page=2` and `?page=all` are parts of it.

    >>> first_page("https://contoh.com/daerah/81/banjir?page=all")
    'https://contoh.com/daerah/81/banjir'
    """
    parts = split(url)
    if parts is None or parts.path in ("", "/") or not parts.query:
        return url
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _paged(name, value)]
    return parts._replace(query=urlencode(query)).geturl()


def _paged(name: str, value: str) -> bool:
    return name in ("page", "halaman", "hal") and (value == "all" or (value.isdecimal() and len(value) < 4))


def twin(url: str) -> str:
    """The same address with a slash at its end, or without where it has one; portals answer to both.

    >>> twin("https://contoh.com/kabar/")
    'https://contoh.com/kabar'
    """
    parts = split(url)
    if parts is None or parts.path in ("", "/") or "." in parts.path.rpartition("/")[2]:
        return url
    return parts._replace(path=parts.path.removesuffix("/") if parts.path.endswith("/") else f"{parts.path}/").geturl()
