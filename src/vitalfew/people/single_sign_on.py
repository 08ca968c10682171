"""The company's identity provider (OpenID Connect), from the environment.

>>> providers({"VITALFEW_OIDC_CLIENT_ID": "kam", "VITALFEW_OIDC_ISSUER": "https://id.example"})["openid_connect"]["APPS"][0]["name"]
'SSO'
"""

from collections.abc import Mapping
from typing import Any, Final

CLIENT: Final = "VITALFEW_OIDC_CLIENT_ID"
SECRET: Final = "VITALFEW_OIDC_CLIENT_SECRET"  # noqa: S105  (the name of a setting)
ISSUER: Final = "VITALFEW_OIDC_ISSUER"
NAME: Final = "VITALFEW_OIDC_NAME"
WAYS: Final = ("https://", "http://")


def providers(environ: Mapping[str, str]) -> dict[str, Any]:
    """What the sign-in library is told; without a client's name people sign in here alone."""
    if not environ.get(CLIENT):
        return {}
    issuer = environ.get(ISSUER, "")
    if not issuer.startswith(WAYS):
        raise ValueError(
            f"{CLIENT} is set; {ISSUER} must be the address of the identity provider, such as https://id.example.com"
        )
    app = {
        "provider_id": "company", "name": environ.get(NAME) or "SSO", "client_id": environ[CLIENT],
        "secret": environ.get(SECRET, ""), "settings": {"server_url": issuer},
    }  # fmt: skip
    return {"openid_connect": {"APPS": [app]}}
