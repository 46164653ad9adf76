"""What properties and tests of speed share: the same examples on every run, and texts that make patterns backtrack."""

from hypothesis import settings

steady = settings(derandomize=True, database=None, deadline=None)

ADVERSARIAL = (
    " ",
    "a",
    "A",
    "1",
    "-",
    ".",
    ",",
    "/",
    "(",
    ")",
    "*",
    "a ",
    "A ",
    "A, ",
    "A. ",
    "A/",
    "(a",
    "a)",
    "| ",
    "\n",
    " -",
    ": ",
    "Foto: ",
    "oleh ",
    "Ä",
)
"""Pieces of the texts on which a pattern that can backtrack without bound does."""
