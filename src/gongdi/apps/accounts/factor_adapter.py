"""What django-allauth asks of us about second factors: names in our words, secrets sealed, no mail."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter

from gongdi.apps.accounts import secrets_at_rest
from gongdi.apps.accounts.models import User


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals secrets; tells who the person is without e-mail."""

    def encrypt(self, text: str) -> str:
        """A secret as it lies in the database."""
        return secrets_at_rest.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """A secret for use."""
        return secrets_at_rest.unseal(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        """The name under which an authenticator app lists the account."""
        assert isinstance(user, User)
        return user.username

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """The person as a security key knows them: by a number and the name to sign in with."""
        assert isinstance(user, User)
        handle = user_pk_to_url_str(user).encode()
        return {"id": handle, "display_name": user.username, "name": user.username}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail: the audit chain and the person's own page tell."""
