"""Small news portals on loopback, for the demo and the tests of the crawler; see sample/README.md."""
