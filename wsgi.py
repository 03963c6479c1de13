"""The WSGI application, for any server; `python -m assistant serve` brings its own.

Load it in the process that serves (no preloading before a fork): the worker is a thread.
"""

import os

from assistant.settings import Settings
from assistant.web import create_app
from assistant.wiring import Application

application = Application.build(Settings.from_environment(os.environ))
application.worker.start()
app = create_app(application)
