"""One module a CMS family: how its portals announce their stories, and the rules of its markup."""
