"""The WSGI application, for any server; `python -m assistant serve` brings its own."""

import os

from assistant.settings import Settings
from assistant.web import create_app
from assistant.wiring import Application

app = create_app(Application.build(Settings.from_environment(os.environ)))
