"""The spiders of the sample portals: apart from spiders/portals/, because no such paper exists."""
