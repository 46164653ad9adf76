"""The middle floor: a page becomes an article.

Pure functions over plain values; only `stages` knows Scrapy.
"""
