"""Pages served to a browser, from this process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from waitress.server import TcpWSGIServer, create_server


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Return the address at which `app` is served, on a free port, until the block ends."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    assert isinstance(server, TcpWSGIServer)
    assert server.socket is not None
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.socket.getsockname()[1]}"
    finally:
        server.close()
        serving.join(timeout=5)
