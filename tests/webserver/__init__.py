"""A web server on loopback that tests program: what it gives, and how it misbehaves.

with WebServer() as server:
    server["/a.mp3"] = Route(body, etag='"1"', cut_after=1000)
    fetch(server.url("/a.mp3"))
    assert server.requests[0].headers["Range"] == …
"""

from webserver.routes import Answer, Route, body_of
from webserver.server import CERTIFICATES, Request, WebServer

__all__ = ["CERTIFICATES", "Answer", "Request", "Route", "WebServer", "body_of"]
