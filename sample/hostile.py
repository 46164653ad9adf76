"""The hostile portal: honest stories between faults, each at an address that its sitemap announces."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sample.faults import redirect
from sample.hostile_table import FAULTS, HOPS, LISTINGS, ROBOTS, Asked, Fault, endless
from sample.invented import InventedPortal, invent
from sample.portal import JSON, Entry, Query, Raw, Resource, Route

HONEST = 10


class KabarBuruk(InventedPortal):
    """The portal. `without` names faults that it does not announce, `elsewhere` another server, which nobody may ask."""

    name = "hostile"
    origin = "https://kabarburuk.example"
    title = "Kabar Buruk"

    def __init__(self, *, without: Collection[str] = (), elsewhere: str = "http://127.0.0.1:1") -> None:
        super().__init__(invent(number, seed=self.name) for number in range(HONEST))
        self.elsewhere = elsewhere
        self.faults = tuple(fault for fault in FAULTS if fault.name not in without)
        self.listings = tuple(listing for listing in LISTINGS if listing.name not in without)

    def routes(self) -> Sequence[Route]:
        """The paths of a WordPress site whose REST interface is closed, and those into which the faults lead."""
        fault, day = r"/2021/05/04/(?P<name>[a-z0-9-]+)/", r"\d{4}/\d{2}/\d{2}"
        return (
            (fault, self._fault),
            (rf"{fault}(?P<number>[1-9]\d{{0,5}})/", self._further),
            (rf"(?P<path>/{day}/[a-z0-9-]+/)", self._article),
            (rf"/kalender/(?P<day>{day})/", self._calendar),
            (r"/lompat/(?P<number>\d{1,2})/", self._hop),
            (r"/robots\.txt", self._robots),
            (r"/wp-json/wp/v2/posts", self._posts),
            (r"/feed/", self._feed),
            (r"/wp-sitemap\.xml", self._sitemap),
            (r"/wp-sitemap-posts-post-1\.xml", self._sitemap_posts),
            (r"/sitemap-(?P<name>[a-z-]+)\.xml", self._listing),
        )

    def _fault(self, query: Query, name: str) -> Resource | Raw | None:
        fault = next((fault for fault in FAULTS if fault.name == name), None)
        return fault.answer(self._asked(fault)) if fault else None

    def _asked(self, fault: Fault) -> Asked:
        return Asked(portal=self, elsewhere=self.elsewhere, path=fault.path, story=fault.story)

    def _further(self, query: Query, name: str, number: str) -> Resource | None:
        """A page of the story that has a next page for ever."""
        fault = next(fault for fault in FAULTS if fault.answer is endless)
        return endless(self._asked(fault), int(number)) if name == fault.name else None

    def _article(self, query: Query, path: str) -> Resource | None:
        story = next((story for story in self.stories if self.path(story) == path), None)
        return Resource(body=self.html(story).encode(), modified=story.modified) if story else None

    def _calendar(self, query: Query, day: str) -> Resource | None:
        try:
            following = date.fromisoformat(day.replace("/", "-")) + timedelta(days=1)
        except (ValueError, OverflowError):
            return None
        link = f'<a href="{self.origin}/kalender/{following:%Y/%m/%d}/" rel="next">Hari berikutnya</a>'
        return Resource(body=f"<html><body class='archive date'><h1>Arsip {day}</h1>{link}</body></html>".encode())

    def _hop(self, query: Query, number: str) -> Resource:
        """One of the redirects between an address and its page."""
        return redirect(f"/lompat/{int(number) + 1}/" if int(number) < HOPS - 1 else self.path(self.stories[0]))

    def _robots(self, query: Query) -> Resource:
        closed = next(fault for fault in FAULTS if fault.state == ROBOTS)
        return self.text(f"User-agent: *\nDisallow: {closed.path}\n\nSitemap: {self.origin}/wp-sitemap.xml\n")

    def _posts(self, query: Query) -> Resource:
        return Resource(body=b'{"code":"rest_forbidden","data":{"status":401}}', content_type=JSON, status=401)

    def _feed(self, query: Query) -> Resource:
        """A feed that is a page: a plugin has taken it away."""
        return Resource(
            body=f"<!DOCTYPE html><html><head><title>{self.title}</title></head><body><p>Beranda<p>Beranda</body></html>".encode()
        )

    def _sitemap(self, query: Query) -> Resource:
        parts = ["/wp-sitemap-posts-post-1.xml", *(listing.path for listing in self.listings)]
        return self.xml("sitemapindex.xml", parts=[Entry(self.origin + part) for part in parts])

    def _sitemap_posts(self, query: Query) -> Resource:
        """Honest stories and faults in turn, so that stories stand behind faults."""
        entries = [Entry(self.origin + fault.path, "2021-05-04T08:00:00+07:00") for fault in self.faults]
        for number, story in enumerate(self.stories):
            entries.insert(number * 5, Entry(self.url(story), story.modified.isoformat()))
        return self.xml("sitemap.xml", entries=entries)

    def _listing(self, query: Query, name: str) -> Resource | None:
        listing = next((listing for listing in LISTINGS if listing.name == name), None)
        return Resource(body=listing.body(self.origin, self.elsewhere), content_type="application/xml") if listing else None
