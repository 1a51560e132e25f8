"""The WSGI application that granian, or any other WSGI server, serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v2xkb.settings")

application = get_wsgi_application()

# What is there by now stays; looking through it for garbage, again and again, took a tenth of the time of all pages.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 10, 10)
