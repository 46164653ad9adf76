"""How well and how fast pages are read, ours beside other extractors on the same pages. The project runs without it."""
