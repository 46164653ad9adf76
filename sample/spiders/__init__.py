"""The spiders of the sample portals along the Serayu: apart from spiders/portals/, because no such paper exists."""
