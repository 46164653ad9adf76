"""The tables of both databases, as migrations: append a step, never change one that has landed. So this file only grows."""

import hashlib
import json

from sqlite_utils import Database, Migrations

pages = Migrations("arsip-warta/pages")
articles = Migrations("arsip-warta/articles")


@pages()
def captures(db: Database) -> None:
    """Every capture ever made, and each distinct body once."""
    db.table("bodies").create({"sha256": str, "size": int, "zstd": bytes}, pk="sha256", not_null={"size", "zstd"})
    db.table("captures").create(
        {
            "id": int,
            "portal": str,
            "url": str,
            "requested_url": str,
            "origin": str,
            "fetched_at": str,
            "status": int,
            "headers": str,
            "sha256": str,
            "crawl": str,
            "robots": str,
            "first_page": int,
            "part": int,
        },
        pk="id",
        not_null={"portal", "url", "fetched_at", "status", "headers", "sha256", "robots", "part"},
        foreign_keys=[("sha256", "bodies", "sha256"), ("first_page", "captures", "id")],
    )
    db.table("captures").create_index(["portal", "id"])
    db.table("captures").create_index(["url", "fetched_at"])
    db.table("captures").create_index(["first_page", "part"])


@articles()
def places(db: Database) -> None:
    """Where portals are: regions, and the portals themselves."""
    db.table("regions").create({"code": str, "name": str, "kind": str, "parent": str, "zone": str}, pk="code")
    db.table("portals").create(
        {"name": str, "title": str, "home": str, "region": str, "zone": str, "family": str},
        pk="name",
        foreign_keys=[("region", "regions", "code")],
    )


@articles()
def crawls(db: Database) -> None:
    """Every crawl: what was asked of it and how it ended."""
    db.table("crawls").create(
        {
            "id": str,
            "portal": str,
            "started": str,
            "finished": str,
            "outcome": str,
            "origin": str,
            "since": str,
            "until": str,
            "limit": int,
            "user_agent": str,
            "version": str,
            "counts": str,
            "troubles": str,
        },
        pk="id",
        foreign_keys=[("portal", "portals", "name")],
    )
    db.table("crawls").create_index(["portal", "started"])


@articles()
def ledger(db: Database) -> None:
    """Every address ever announced, and the listings (feeds, sitemaps) that announced them."""
    db.table("ledger").create(
        {
            "url": str,
            "portal": str,
            "announced_at": str,
            "announced_through": str,
            "listed_in": str,
            "lastmod": str,
            "day": str,
            "state": str,
            "reason": str,
            "attempts": int,
            "next_try": str,
            "fetched_at": str,
            "seen_at": str,
            "etag": str,
            "last_modified": str,
            "article": str,
            "crawl": str,
        },
        pk="url",
        not_null={"portal", "announced_at", "announced_through", "state", "attempts"},
        defaults={"attempts": 0},
    )
    db.table("ledger").create_index(["portal", "state"])
    db.table("ledger").create_index(["portal", "next_try"])
    db.table("ledger").create_index(["listed_in"])
    db.table("ledger").create_index(["article"])
    db.table("listings").create(
        {
            "url": str,
            "portal": str,
            "fetched_at": str,
            "etag": str,
            "last_modified": str,
            "next": str,
            "parent": str,
            "complete": int,
        },
        pk="url",
        not_null={"portal", "fetched_at", "complete"},
        defaults={"complete": 0},
    )


@articles()
def stories(db: Database) -> None:
    """Articles as they stand, and every revision they went through."""
    told = {
        "title": str,
        "body": str,
        "published": str,
        "published_raw": str,
        "published_precision": str,
        "published_source": str,
        "modified": str,
        "authors": str,
        "editors": str,
        "byline": str,
        "place": str,
        "section": str,
        "tags": str,
        "image": str,
        "image_caption": str,
        "image_credit": str,
        "credited_source": str,
        "canonical_url": str,
        "labels": str,
        "flags": str,
        "captured_at": str,
        "body_sha256": str,
    }
    # The full-text index needs an integer that VACUUM leaves alone; the id of an article is text.
    db.table("articles").create(
        {
            "id": str,
            "docid": int,
            "portal": str,
            "url": str,
            **told,
            "revision": int,
            "first_seen": str,
            "gone_at": str,
            "gone_reason": str,
        },
        pk="id",
        not_null={"docid", "portal", "url", "title", "body", "captured_at", "revision", "first_seen"},
        foreign_keys=[("portal", "portals", "name")],
    )
    db.table("articles").create_index(["docid"], unique=True)
    db.table("articles").create_index(["portal", "published"])
    db.table("articles").create_index(["published"])
    db.table("revisions").create(
        {"article": str, "number": int, **told, "sources": str, "removed": str, "page_sha256": str, "fingerprint": str},
        pk=("article", "number"),
        not_null={"title", "body", "captured_at", "page_sha256", "fingerprint"},
        foreign_keys=[("article", "articles", "id")],
    )


@articles()
def full_text(db: Database) -> None:
    """An index over title and body that is touched only when one of them changes."""
    db.execute(
        """
        create virtual table articles_fts using fts5(
            title, body, content='articles', content_rowid='docid', tokenize='unicode61 remove_diacritics 2'
        )
        """
    )
    # sqlite-utils' own triggers fire on every update of a row; tokenising is the cost of a write, so these name the columns.
    db.execute(
        """
        create trigger articles_fts_insert after insert on articles begin
            insert into articles_fts (rowid, title, body) values (new.docid, new.title, new.body);
        end
        """
    )
    db.execute(
        """
        create trigger articles_fts_delete after delete on articles begin
            insert into articles_fts (articles_fts, rowid, title, body) values ('delete', old.docid, old.title, old.body);
        end
        """
    )
    db.execute(
        """
        create trigger articles_fts_update after update of docid, title, body on articles begin
            insert into articles_fts (articles_fts, rowid, title, body) values ('delete', old.docid, old.title, old.body);
            insert into articles_fts (rowid, title, body) values (new.docid, new.title, new.body);
        end
        """
    )


@articles()
def repeats(db: Database) -> None:
    """Captures that told what the one before them told: an older capture, found later, may come to stand between the two."""
    db.table("repeats").create(
        {"article": str, "captured_at": str, "page_sha256": str, "fingerprint": str},
        pk=("article", "captured_at", "page_sha256"),
        not_null={"fingerprint"},
        foreign_keys=[("article", "articles", "id")],
    )


@articles()
def ways(db: Database) -> None:
    """Which ways to a portal's stories a crawl went, and what became of each."""
    db.table("crawls").add_column("ways", str)


@articles()
def runs(db: Database) -> None:
    """Runs over many portals, and the run that a crawl belongs to."""
    db.table("runs").create(
        {"id": str, "started": str, "finished": str, "outcome": str, "jobs": int, "asked": str, "report": str},
        pk="id",
        not_null={"started", "jobs"},
    )
    db.table("crawls").add_column("run", str)
    db.table("crawls").create_index(["run"])


@articles()
def reasons(db: Database) -> None:
    """The ledger's reasons are those of a list, and what is particular stands beside them; a portal may name a moment to wait for."""
    table = db.table("ledger")
    table.add_column("detail", str)
    table.add_column("not_before", str)
    # What earlier versions noted in free words. The first that fits is taken, the words themselves become the detail.
    for words, reason in (
        ("robots.txt", "robots.txt forbids it"),
        ("press: %", "the rules failed on it"),
        ("held, and now %", "held, and now no article"),
        ("%leads to another site: %", "leads to another site"),
        ("not HTML: %", "not HTML"),
        ("%status 429", "too many requests"),
        ("%status 4__", "refused by the server"),
        ("%status 5__", "server error"),
        ("%status ___", "an unexpected status"),
        *((f"page %: {kept}", kept) for kept in ("the host is unknown", "the connection was refused")),
        *((f"page %: {kept}", kept) for kept in ("no answer in time", "the connection was lost")),
        ("%Error: %", "another error"),
        ("page %: robots.txt", "robots.txt forbids it"),
    ):
        db.execute("update ledger set reason = ?, detail = reason where reason like ? and detail is null", [reason, words])
    # It stood for three: 404, 410, and the way to the home page.
    db.execute("update ledger set reason = null where state = 'gone'")


@articles()
def days(db: Database) -> None:
    """The days of a portal's announcements with what became of them: an index holds all that coverage counts."""
    db.table("ledger").create_index(["portal", "day", "state"])


@articles()
def withdrawals(db: Database) -> None:
    """Articles whose text is withheld from readers, and the events that befall the archive as a whole or one of its articles."""
    db.table("articles").add_column("withdrawn_at", str)
    db.table("articles").add_column("withdrawn_reason", str)
    # A revision as JSON: columns that later steps give to `revisions` are then kept here too.
    db.table("withheld").create(
        {"article": str, "number": int, "row": str},
        pk=("article", "number"),
        not_null={"row"},
        foreign_keys=[("article", "articles", "id")],
    )
    db.table("events").create(
        {"id": int, "at": str, "what": str, "article": str, "outcome": str, "detail": str}, pk="id", not_null={"at", "what", "outcome"}
    )
    db.table("events").create_index(["what", "id"])
    db.table("events").create_index(["article"])


@pages()
def bodies_used(db: Database) -> None:
    """Which captures came with a body."""
    db.table("captures").create_index(["sha256"])


@articles()
def provenance(db: Database) -> None:
    """Which rules read a revision and where they found each field, and what older rules had read.

    The text of a story's latest revision stands in `articles` alone: most stories have one, and text is most of the archive.
    """
    db.table("rules").create(
        {"version": str, "portal": str, "press": str, "rules": str, "software": str, "noted_at": str},
        pk="version",
        not_null={"portal", "press", "rules", "software", "noted_at"},
    )
    db.table("origins").create({"id": str, "fields": str}, pk="id", not_null={"fields"})
    db.table("superseded").create(
        {"id": int, "article": str, "captured_at": str, "page_sha256": str, "rules": str, "until": str, "told": str},
        pk="id",
        not_null={"article", "captured_at", "page_sha256", "until", "told"},
    )
    db.table("superseded").create_index(["article"])
    db.conn.create_function("fields_of", 1, lambda told: json.dumps({name: [source, None] for name, source in json.loads(told).items()}))
    db.conn.create_function("digest_of", 1, lambda told: hashlib.sha256(told.encode()).hexdigest()[:16])
    db.execute("insert or ignore into origins select digest_of(fields_of(sources)), fields_of(sources) from revisions group by sources")
    db.table("revisions").transform(rename={"sources": "origin"}, not_null={"body": False})
    db.table("revisions").add_column("rules", str)
    db.execute("update revisions set origin = digest_of(fields_of(origin))")
    db.execute("update revisions set body = null where number = (select revision from articles where id = article)")
    for article, number, told in db.execute("select article, number, row from withheld").fetchall():
        row = json.loads(told)
        fields = json.dumps({name: [source, None] for name, source in json.loads(row.pop("sources")).items()})
        row |= {"origin": hashlib.sha256(fields.encode()).hexdigest()[:16], "rules": None}
        db.execute("insert or ignore into origins values (?, ?)", [row["origin"], fields])
        db.execute("update withheld set row = ? where article = ? and number = ?", [json.dumps(row, ensure_ascii=False), article, number])


@articles()
def replays(db: Database) -> None:
    """Replays, and how far each came: one that was stopped is gone on with."""
    db.table("replays").create(
        {"id": int, "started": str, "finished": str, "portals": str, "rules": str, "last": int, "counts": str},
        pk="id",
        not_null={"started", "portals", "rules", "last", "counts"},
    )


@pages()
def dictionaries(db: Database) -> None:
    """What the pages of a portal look like, for bodies that are packed with it; those that were there before have none."""
    db.table("dictionaries").create(
        {"id": int, "portal": str, "made_at": str, "sha256": str, "size": int, "zstd": bytes},
        pk="id",
        not_null={"portal", "made_at", "sha256", "size", "zstd"},
    )
    db.table("dictionaries").create_index(["portal"])
    # In plain SQL: sqlite-utils would write a table anew to give it a foreign key, and this one has all pages in it.
    db.execute("alter table bodies add column dictionary integer references dictionaries (id)")
