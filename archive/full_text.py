"""Whether the full-text index holds the words of the articles, all of them and no others."""

import sqlite3
from collections.abc import Iterator

COLUMNS = "title, body, content='readable', content_rowid='docid', tokenize='unicode61 remove_diacritics 2'"
SHADOWS = ("data", "idx", "docsize", "config")
"""The tables in which FTS5 keeps an index."""
PLACES = {"title": 0, "body": 1}


def out_of_step(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """What is wrong with the index of the articles: an article's id and the reason, or the index's own name and why it cannot be read.

    FTS5 checks an index by an INSERT, so a temporary copy of it is asked: nobody has to wait, and an archive that cannot be written can be
    checked too. Only when FTS5 says no are all words compared, to name the articles.
    """
    connection.execute("create temp view readable as select docid, title, body from main.articles")
    connection.execute(f"create virtual table temp.copied using fts5({COLUMNS})")
    for shadow in SHADOWS:
        connection.execute(f"delete from temp.copied_{shadow}")
        connection.execute(f"insert into temp.copied_{shadow} select * from main.articles_fts_{shadow}")
    try:
        connection.execute("insert into temp.copied (copied, rank) values ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        yield from _named(connection)


def _named(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The articles whose words are not those of the index; the index where it cannot be read, or no article explains what is wrong."""
    connection.execute(f"create virtual table temp.made using fts5({COLUMNS})")
    connection.execute("insert into temp.made (made) values ('rebuild')")
    found = False
    try:
        for docid in sorted(_different(_words(connection, "copied"), _words(connection, "made"))):
            found = True
            row = connection.execute("select id from main.articles where docid = ?", [docid]).fetchone()
            yield row[0] if row else f"docid {docid}", "its words are not those of the index" if row else "it is in the index only"
    except sqlite3.DatabaseError as error:
        found = True
        yield "articles_fts", f"it cannot be read ({error})"
    if not found:
        yield "articles_fts", "it is not whole, though the words in it are those of the articles"


def _words(connection: sqlite3.Connection, index: str) -> Iterator[tuple[str, int, int, int]]:
    """Every word of an index with its article and place, in the order of the index."""
    connection.execute(f"create virtual table temp.words_{index} using fts5vocab(temp, {index}, instance)")
    for term, doc, column, offset in connection.execute(f"select term, doc, col, offset from temp.words_{index}"):
        yield term, doc, PLACES[column], offset


def _different(left: Iterator[tuple[str, int, int, int]], right: Iterator[tuple[str, int, int, int]]) -> set[int]:
    """The articles in which two indexes differ, by their docids; both are in order."""
    found: set[int] = set()
    ours, theirs = next(left, None), next(right, None)
    while ours or theirs:
        if ours == theirs:
            ours, theirs = next(left, None), next(right, None)
        elif theirs is None or (ours is not None and ours < theirs):
            assert ours
            found.add(ours[1])
            ours = next(left, None)
        else:
            found.add(theirs[1])
            theirs = next(right, None)
    return found
