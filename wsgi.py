"""The WSGI application, for any server; `python -m assistant serve` brings its own.

Load it in the process that serves (no preloading before a fork: the worker is a thread).
"""

import os
from contextlib import ExitStack

from assistant.settings import Settings
from assistant.web import create_app
from assistant.wiring import Application, running

settings = Settings.from_environment(os.environ)
serving = ExitStack()  # holds what keeps `restore` away, for as long as this process lives
serving.enter_context(running(settings))
application = Application.build(settings, indexed=False)
app = create_app(application)
application.worker.start()  # last, as `serve` does: what reads the index beside Flask's making may confuse Python 3.11
