"""The commands that make articles, beside Scrapy's own."""
