"""The top floor: how pages are found and fetched. A spider's only product is a Page."""
