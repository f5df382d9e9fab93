"""The environment of every process that ./dev starts."""

import os
import secrets

from tools.console import LOCAL, ROOT
from tools.postgres import APPLICATION, OWNER, Server

FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def set_basics() -> None:
    """Zones, language, fonts and the secret key; values already given stay."""
    (LOCAL / "static").mkdir(parents=True, exist_ok=True)
    os.environ["PYTHONTZPATH"] = ""
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["DJANGO_SETTINGS_MODULE"] = "ims_clinic.settings"
    os.environ.setdefault("LANG", "C.UTF-8")
    os.environ.setdefault("IMS_SECRET_KEY", secret_key())
    fonts = LOCAL / "fonts.conf"
    fonts.write_text(
        FONTS_CONF.format(fonts=LOCAL / "vendor" / "fonts", cache=LOCAL / "fontconfig")
    )
    os.environ["FONTCONFIG_FILE"] = str(fonts)


def secret_key() -> str:
    """Made once, kept in a file that only its owner reads."""
    path = LOCAL / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


def development_server() -> Server:
    return Server(LOCAL / "postgres" / "data")


def use_server(server: Server) -> None:
    """Tell Django of both roles of this server."""
    os.environ["DATABASE_URL"] = server.address(APPLICATION)
    os.environ["DATABASE_OWNER_URL"] = server.address(OWNER)
