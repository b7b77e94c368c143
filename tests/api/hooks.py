"""Puts an open transaction into every second call that names one, so that calls get past "unknown"."""

import itertools
import json
import os
import urllib.request

import schemathesis

ORIGIN = os.environ["COUNTERSIGN_ORIGIN"]
QUERIES = {
    "transaction": ("/countersign/authorize/start", os.environ["COUNTERSIGN_QUERY"]),
    "logout": ("/countersign/logout/start", ""),
}
turn = itertools.count()


def opened(member: str) -> str | None:
    """A transaction or a question that was just opened, or none if the session has ended."""
    path, query = QUERIES[member]
    headers = {
        "Content-Type": "application/json",
        "Cookie": os.environ["COUNTERSIGN_COOKIE"],
        "Origin": ORIGIN,
        "X-Countersign": "1",
    }
    body = json.dumps({"realm": "consumer", "query": query}).encode()
    request = urllib.request.Request(ORIGIN + path, body, headers)
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response).get(member)


@schemathesis.hook
def map_body(context, body):
    for member in QUERIES:
        if isinstance(body, dict) and isinstance(body.get(member), str) and next(turn) % 2:
            return {**body, member: opened(member) or body[member]}
    return body
