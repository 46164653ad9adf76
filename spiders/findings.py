"""What a look at a site finds, as data."""

from dataclasses import dataclass, field

from archive.records import Article
from spiders.marks import Verdict
from spiders.soundings import Sounding
from spiders.ways import OPEN

JOINED = "more-pages"
"""A flag of single pages: a crawl fetches the further pages of an article, sniffing does not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tasted:
    """One address of a story, and what the rules make of its page."""

    url: str
    article: Article | None = None
    reason: str | None = None
    """Why there is no page, or why it is no article."""

    @property
    def suspicious(self) -> tuple[str, ...]:
        """The flags of the article, without that of further pages."""
        return tuple(flag for flag in self.article.flags if flag != JOINED) if self.article else ()


@dataclass(kw_only=True)
class Sniffed:
    """What a site's pages told."""

    home: str
    mirror: str | None = None
    trouble: str | None = None
    """Why nothing, or no more, could be asked."""
    verdict: Verdict = field(default_factory=Verdict)
    title: str = ""
    elsewhere: str | None = None
    """The origin that its home page gives as its own, where that is another site's."""
    ways: list[Sounding] = field(default_factory=list)
    """Those of the proposed family first."""
    articles: list[Tasted] = field(default_factory=list)

    @property
    def reached(self) -> bool:
        """Whether its front page came."""
        return bool(self.title)

    @property
    def open_ways(self) -> list[str]:
        """The names of the ways that answered and named stories, each once."""
        return list(dict.fromkeys(way.way for way in self.ways if way.state == OPEN and way.named))

    @property
    def read(self) -> int:
        """How many articles could be read."""
        return sum(tasted.article is not None for tasted in self.articles)

    @property
    def newest(self) -> str | None:
        """The day of the newest story that a way named."""
        return max((way.newest for way in self.ways if way.newest), default=None)

    @property
    def suspicious(self) -> tuple[str, ...]:
        """The flags of all its articles, each once."""
        return tuple(dict.fromkeys(flag for tasted in self.articles for flag in tasted.suspicious))

    @property
    def evidence(self) -> tuple[str, ...]:
        """On what the family stands; for the generic one, the ways that answer."""
        return self.verdict.evidence or ("no mark of a known CMS", f"{', '.join(self.open_ways) or 'no way'} open")
