"""What `scrapy sniff` found, for people and as data."""

from collections.abc import Iterator
from typing import Any

from rich.table import Table
from rich.text import Text

from archive import regions
from archive.records import Stamp
from pipelines.check import CHECKS
from pipelines.markup import tidy
from spiders.base import PortalSpider
from spiders.commands.press import plain as plain_article
from spiders.commands.table import show
from spiders.findings import Sniffed, Tasted
from spiders.sniffing import ARTICLES

MEANS = {check.id: check.means for check in CHECKS}
FIELDS = ("title", "published", "modified", "place", "authors", "editors", "section", "tags", "image", "credited_source")
"""Fields of an article that are shown, in this order."""
OPENING = 70
"""Characters of a story's beginning that are shown."""


def show_sniffed(sniffed: Sniffed, region: str | None) -> None:
    """Print what a site is, its ways and three articles."""
    verdict = sniffed.verdict
    head = Table.grid(padding=(0, 2))
    for name, value in (
        ("site", f"{sniffed.title}  {sniffed.home}" + (f" (asked at {sniffed.mirror})" if sniffed.mirror else "")),
        ("family", verdict.family + (f": {verdict.cms}" if verdict.cms else "") + (f", theme {verdict.theme}" if verdict.theme else "")),
        ("evidence", ", ".join(sniffed.evidence)),
        ("region", f"{region} {regions.region(region).name}" if region else "not told by its name or host"),
    ):
        head.add_row(name, _line(value))
    show(head)
    show(_ways(sniffed))
    show(_articles(sniffed.articles), *_explained(sniffed))


def _ways(sniffed: Sniffed) -> Table:
    table = Table()
    for heading in ("way", "family", "state"):
        table.add_column(heading)
    for heading in ("named", "total"):
        table.add_column(heading, justify="right")
    for heading in ("oldest", "newest", "days by", "address, or what is wrong with it"):
        table.add_column(heading, overflow="fold" if heading.startswith("address") else "ellipsis")
    for way in sniffed.ways:
        cells = (way.way, way.family, way.state, str(way.named), way.total, way.oldest, way.newest, way.days_by if way.oldest else None)
        table.add_row(*map(_line, (*cells, way.reason or way.url.removeprefix(sniffed.home))))
    return table


def _articles(articles: list[Tasted]) -> Table:
    table = Table(show_header=False, show_lines=True)
    table.add_column(overflow="fold")
    for tasted in articles:
        lines = [_line(tasted.url), *(Text.assemble(f"  {name:<16}", _line(value)) for name, value in _told(tasted))]
        table.add_row(Text("\n").join(lines))
    return table


def _told(tasted: Tasted) -> Iterator[tuple[str, str]]:
    """What is shown of an article: names and values."""
    article = tasted.article
    if article is None:
        yield "no article", tasted.reason or ""
        return
    sources = dict(article.sources)
    for name in FIELDS:
        value = getattr(article, name)
        if value:
            text = value.iso if isinstance(value, Stamp) else ", ".join(value) if isinstance(value, tuple) else str(value)
            yield name, f"{text}  [{sources[name]}]" if name in sources else text
    beginning = tidy(article.body)
    yield "text", f"{len(article.body)} characters: {beginning[:OPENING]}{'…' if len(beginning) > OPENING else ''}"
    if article.next_page:
        yield "next page", article.next_page
    yield "suspicious", ", ".join(tasted.suspicious) or "nothing"


def _line(value: object) -> Text:
    """What a page may have said, on one line, without what a terminal or `rich` would obey."""
    return Text(tidy(str(value)) if value is not None else "")


def _explained(sniffed: Sniffed) -> list[str]:
    """Lines below the articles: what the flags mean, and what else is to be known."""
    lines = [f"{flag}: {MEANS[flag]}" for flag in sniffed.suspicious]
    if sniffed.elsewhere:
        told = f"The front page gives {sniffed.elsewhere} as its own address"
        lines.append(f"{told}; try: scrapy sniff {sniffed.elsewhere} -a home={sniffed.mirror or sniffed.home}")
    return lines


def plain(sniffed: Sniffed) -> dict[str, Any]:
    """What was found, as values that JSON knows."""
    verdict = sniffed.verdict
    return {
        "home": sniffed.home,
        "mirror": sniffed.mirror,
        "title": sniffed.title,
        "family": verdict.family,
        "cms": verdict.cms,
        "theme": verdict.theme,
        "evidence": list(sniffed.evidence),
        "elsewhere": sniffed.elsewhere,
        "trouble": sniffed.trouble,
        "ways": [way.plain() for way in sniffed.ways],
        "articles": [
            {
                "url": tasted.url,
                "reason": tasted.reason,
                "suspicious": list(tasted.suspicious),
                "article": plain_article(tasted.article) if tasted.article else None,
            }
            for tasted in sniffed.articles
        ],
    }


def differences(portal: type[PortalSpider], sniffed: Sniffed) -> list[str]:
    """In what a portal is not as its file says, in a few words each; empty where all is well."""
    if not sniffed.reached:
        return [f"unreachable: {sniffed.trouble}"]
    told = [sniffed.trouble] if sniffed.trouble else []
    seen = sniffed.verdict
    if seen.evidence and seen.family != portal.family:
        told.append(f"looks like {seen.family} ({', '.join(seen.evidence[:2])})")
    if not sniffed.open_ways:
        told.append("no way names a story")
    elif not sniffed.read:
        told.append("no article can be read")
    if sniffed.elsewhere:
        told.append(f"gives {sniffed.elsewhere} as its own address")
    return told


def check_row(portal: type[PortalSpider], sniffed: Sniffed) -> dict[str, Any]:
    """A portal of the catalogue as it was found, as values that JSON knows."""
    return {
        "portal": portal.name,
        "reachable": sniffed.reached,
        "family": portal.family,
        "seen": sniffed.verdict.family if sniffed.verdict.evidence else None,
        "ways": sniffed.open_ways,
        "newest": sniffed.newest,
        "read": sniffed.read,
        "suspicious": list(sniffed.suspicious),
        "differs": differences(portal, sniffed),
        "found": plain(sniffed),
    }


def show_catalogue(rows: list[dict[str, Any]]) -> None:
    """Print the portals of the catalogue, a row each, and below it in what they differ from their files."""
    table = Table()
    for heading in ("portal", "reachable", "family", "as seen", "ways that answer", "newest", "read", "suspicious"):
        table.add_column(heading, overflow="fold")
    lines = []
    for row in rows:
        reachable = "yes" if row["reachable"] else "no"
        read = f"{row['read']} of {ARTICLES}"
        ways, suspicious = ", ".join(row["ways"]), ", ".join(row["suspicious"])
        table.add_row(row["portal"], reachable, row["family"], row["seen"] or "no mark", ways, row["newest"], read, suspicious)
        lines += [f"{row['portal']}: {difference}" for difference in row["differs"]]
    show(table, *lines)
