"""The reading rooms: the archive in Datasette."""
