"""How addresses begin that are answered otherwise than public pages, and what is so of each.

All are those that a request has within its mount (`path_info`).
"""

# Whoever is signed in, and curators' feeds.
ADMIN, CURATION = "/admin/", "/curation/"
API, GRAPHQL = "/api/", "/graphql/"
REST = f"{API}v1/"
STATIC = "/static/"

# Whoever reads these may be somebody; what is there is for them alone.
PRIVATE = (ADMIN, CURATION)
# Browsers let no other site read these: what is private, and files that are for our own pages.
CLOSED = (*PRIVATE, STATIC)
# No reply is kept for whoever asks next: what is private, and files that lie in memory or on a disk anyway.
NEVER_KEPT = (*PRIVATE, STATIC)
# Nothing there is a page to be found: what is private, forms, raw replies, downloads, what is typed so far.
NOT_FOR_ROBOTS = (*PRIVATE, GRAPHQL, "/search/suggestions/", "/corrections/", "/*/corrections/", "/*?*format=")
# Asked by programs: a fault is told in their form.
FOR_PROGRAMS = (API, GRAPHQL)
# A password or token may be sent there by what would follow a redirect to HTTPS without a word. An address without
# its last slash is meant as well.
SENT_SECRETS = (API, GRAPHQL.rstrip("/"), f"{CURATION}feed")
# Files may be uploaded, by whoever has a session or a token.
WITH_A_SESSION = (ADMIN,)
WITH_A_TOKEN = (f"{REST}proposals/", f"{REST}corpus-uploads/")
