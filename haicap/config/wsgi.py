"""The server's entry: `gunicorn haicap.config.wsgi`."""

import gc
import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from haicap.ledger.checks import refuse_to_lose


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haicap.config.settings")
application = get_wsgi_application()
if settings.SECRET_KEY.startswith("not-a-secret"):
    raise ImproperlyConfigured("HAICAP_NO_SECRET is for commands, not for the server.")
refuse_to_lose()
# What was loaded lives as long as the process: the collector need not walk it again and
# again, nor after every few hundred rows of a page, which die by counting anyway.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
