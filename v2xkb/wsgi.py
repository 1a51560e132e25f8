"""The WSGI application that granian, or any other WSGI server, serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from v2xkb.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v2xkb.settings")

# Looking for garbage among what is being loaded takes a fifth of the time to start, and there is none.
gc.disable()
application = get_wsgi_application()
settle()
