"""The engine of sessions: they end after a time without a visit, and after a working day in any case."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from v2xkb.accounts.models import Session

BEGUN = "begun_at"
# A visit is noted no more often than this: looking at a page is no reason to write.
NOTED_EVERY = timedelta(minutes=1)


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The time of a sign-in stays, however often the session is written since."""
        row: Any = super().create_model_instance(data)
        if SESSION_KEY in data:
            row.user_id = int(data[SESSION_KEY])
            begun = data.setdefault(BEGUN, time.time())
            lasts = timedelta(seconds=settings.SESSION_COOKIE_AGE)
            row.expire_date = min(row.expire_date, datetime.fromtimestamp(begun, UTC) + lasts)
            row.number = data.setdefault("number", row.number)
            row.session_data = self.encode(data)
        return row

    def _get_session_from_db(self) -> Session | None:
        row = super()._get_session_from_db()  # type: ignore[misc]
        if row is None or row.user_id is None:
            return row
        now = timezone.now()
        unseen = now - row.seen_at
        if unseen > timedelta(minutes=settings.SESSION_IDLE_MINUTES):
            row.delete()
            self._session_key = None
            return None
        if unseen > NOTED_EVERY:
            Session.objects.note_visit(row.pk, now)
        return row
