"""Headers of requests and responses."""

from scrapy.http import Response

from archive.ledger import Entry
from archive.listings import Listing


def validators(known: Entry | Listing) -> dict[str, str]:
    """Request headers that ask for a body only where it changed since it was last read."""
    told = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in told.items() if value}


def headers_of(response: Response) -> dict[str, str]:
    """Response headers, names in lower case; of repeated ones the last."""
    return {name.lower(): value for name, value in all_headers_of(response)}


def all_headers_of(response: Response) -> tuple[tuple[str, str], ...]:
    """Response headers as they came. Latin-1 reads any byte, and gives it back."""
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, values in response.headers.items() for value in values)
