"""The WSGI application that granian, or any other WSGI server, serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v2xkb.settings")

# What is loaded stays as long as the process: looking for garbage among it takes a fifth of the time to start, and
# would take a part of every later look.
gc.disable()
application = get_wsgi_application()
gc.collect()
gc.freeze()
gc.enable()
