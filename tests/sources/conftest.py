"""The loopback server with the works of tests/data/sources, and clients that do not wait."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from citenorm.sources.http import Client, Policy
from citenorm.sources.online import ONLINE, OnlineSource, open_online

HERE = Path(__file__).parent
DATA = HERE.parent / "data" / "sources"


def _module() -> Any:
    spec = importlib.util.spec_from_file_location("loopback", HERE / "loopback.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["loopback"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def loopback_module() -> Any:
    return _module()


@pytest.fixture
def server(loopback_module: Any) -> Iterator[Any]:
    with loopback_module.Loopback(loopback_module.load(DATA / "works.jsonl")) as running:
        yield running


@pytest.fixture
def policy(server: Any, tmp_path: Path) -> Policy:
    """Crossref and arXiv alone (``without`` says so), quick to give up, on the loopback server, with a cache of its own."""
    return Policy(
        cache=tmp_path / "cache" / "http.sqlite3",
        bases=server.bases,
        without=frozenset(service.name for service in ONLINE) - {"crossref", "arxiv"},
        backoff=0.005,
        read_timeout=0.3,
        connect_timeout=1.0,
        total_timeout=10.0,
        seed=1,
    )


@pytest.fixture
def naps() -> list[float]:
    """How long the client would have slept."""
    return []


@pytest.fixture
def open_with(
    policy: Policy, naps: list[float]
) -> Iterator[Callable[..., dict[str, OnlineSource]]]:
    """``open_with(**policy changes) -> sources by name``, all closed in the end."""
    clients = []

    def opened(**changes: Any) -> dict[str, OnlineSource]:
        client = Client(replace(policy, **changes), sleep=naps.append)
        clients.append(client)
        return {source.name: source for source in open_online(client=client)}

    yield opened
    for client in clients:
        client.close()
