"""The WSGI application that granian, or any other WSGI server, serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from v2xkb.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v2xkb.settings")

# Looking for garbage among what is being loaded takes a fifth of the time to start, and there is none.
gc.disable()
django = get_wsgi_application()
# Only now are there settings, which it reads when it is imported.
from v2xkb.site.kept_first import KeptFirst  # noqa: E402

application = KeptFirst(django)
settle()
