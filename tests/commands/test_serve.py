"""The server does not share its port with another one."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from click import ClickException
from click.testing import CliRunner

from gongdi.commands.serve import processes_for, refuse_taken_port, serve


@pytest.fixture
def listening() -> Iterator[int]:
    """A port at which somebody listens who would share it."""
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    found.bind(("127.0.0.1", 0))
    found.listen()
    yield found.getsockname()[1]
    found.close()


def test_a_port_that_another_server_would_share_is_refused_with_what_to_do(listening: int) -> None:
    told = CliRunner().invoke(serve, ["--port", str(listening)])
    assert told.exit_code == 1
    assert f"127.0.0.1:{listening} 已有程序在用" in told.output
    assert "--port" in told.output


def test_a_free_port_is_not_refused_even_just_after_it_was_used(listening: int) -> None:
    with socket.create_connection(("127.0.0.1", listening)):
        pass
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    refuse_taken_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused_with_the_reason() -> None:
    with pytest.raises(ClickException, match="不能使用"):
        refuse_taken_port("192.0.2.1", 8000)


@pytest.mark.parametrize(
    ("database", "cores", "processes"),
    [("sqlite", 8, 1), ("postgresql", 1, 1), ("postgresql", 2, 2), ("postgresql", 64, 4)],
)
def test_a_database_with_one_writer_gets_one_process_another_one_a_core(
    database: str, cores: int, processes: int
) -> None:
    assert processes_for(database, cores) == processes
