"""`gongdi serve`: the web application, processes with threads, and beside it the worker that does what takes long."""

from __future__ import annotations

import atexit
import errno
import os
import socket
import subprocess
import sys

import click

THREADS = 16
"""Requests that a process has in hand at once. Most of one is waiting for the disk, and what waits together is written
together; four processes of them stay below the 100 connections that PostgreSQL allows by default."""


def start_worker() -> subprocess.Popen[bytes]:
    """Start the worker that takes long work from the queue; it ends with the server."""
    call = "from gongdi.cli import main; main()"
    # Its own session, so that Ctrl+C reaches the server alone, which then ends the worker in its own time.
    worker = subprocess.Popen(
        [sys.executable, "-c", call, "manage", "db_worker", "--interval", "1", "--no-startup-delay", "--no-reload"],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    atexit.register(worker.terminate)
    return worker


def _take_up_work() -> None:
    """Put back in the queue what a worker had in hand when it ended."""
    import django
    from django.core.management import call_command
    from django.db.utils import DatabaseError

    django.setup()
    try:
        call_command("resume_rolls")
    except DatabaseError:
        click.echo("数据库还没有建表。请先运行 gongdi manage migrate。", err=True)


def refuse_taken_port(host: str, port: int) -> None:
    """Refuse an address at which somebody listens already.

    The server itself would share it silently with another one, and each request would go to either.

    Raises:
        click.ClickException: it is taken, or cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as fault:
            why = "已有程序在用" if fault.errno == errno.EADDRINUSE else f"不能使用（{fault.strerror}）"
            raise click.ClickException(f"{host}:{port} {why}。请先停下它，或用 --port 换一个端口。") from fault


def processes_for(database: str, cores: int) -> int:
    """How many processes serve when nobody says: one a core, at most four. SQLite has one writer, so one process
    answers alone and its writes wait for one another by turns instead of by chance."""
    return 1 if database == "sqlite" else max(1, min(cores, 4))


def run_server(host: str, port: int, threads: int, processes: int = 1) -> None:
    """Serve until stopped, each process with its own threads."""
    from granian.constants import Interfaces
    from granian.log import LogLevels, logger
    from granian.server import Server

    # More threads than cores are meant: most of them wait for the disk.
    logger.addFilter(lambda told: "Python threads" not in told.getMessage())
    Server(
        "gongdi.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        # One of several that dies is started anew instead of taking the others along.
        respawn_failed_workers=processes > 1,
        log_level=LogLevels.warning,
    ).serve()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", default=8000, show_default=True, help="端口")
@click.option("--threads", default=THREADS, show_default=True, help="每个进程的线程数")
@click.option(
    "--processes", type=click.IntRange(1, 64), help="进程数；不填时 SQLite 为 1，PostgreSQL 为处理器核数，至多 4"
)
def serve(host: str, port: int, threads: int, processes: int | None) -> None:
    """启动网站。"""
    refuse_taken_port(host, port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdi.config.settings")
    _take_up_work()
    start_worker()
    click.echo(f"网站地址：http://{host}:{port}/　（Ctrl+C 停止）")
    from django.db import connection

    # On Linux a process is a copy of this one, which must not take its connection along.
    connection.close()
    run_server(host, port, threads, processes or processes_for(connection.vendor, os.cpu_count() or 1))
