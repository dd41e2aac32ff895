"""`gongdi demo`: make the made-up district once, print people and passwords made just then, and serve."""

from __future__ import annotations

import os
import sys

import click

from gongdi.commands.serve import refuse_taken_port


def _show_people(rows: list[tuple[str, str, str, str]]) -> None:
    click.echo("演示人员（均为虚构；口令为本次运行随机生成，只显示这一次）：")
    for name, username, post, password in rows:
        click.echo(f"  {name}\t登录名 {username}\t口令 {password}\t{post}")


def _show_residents() -> None:
    from gongdi.demo.consultation import RESIDENT_PHONE
    from gongdi.demo.deliberation import PHONES
    from gongdi.demo.votes import DEMO_PHONE

    click.echo(
        "演示居民（虚构；从 /my/ 用手机号登录，验证码显示在页面上，不发短信；别的号码也可以登录，但没有绑定房屋）："
    )
    click.echo(f"  {DEMO_PHONE}\t有一次业主表决等着投票")
    click.echo(f"  {RESIDENT_PHONE}\t有一份意愿征询等着答复")
    click.echo(f"  {PHONES[0]}\t提过异议、报过现场问题")
    click.echo(f"  {PHONES[1]}\t同一小区的另一位居民")


def _serve_afresh(host: str, port: int) -> None:
    """Become the server. Its worker is forked, and threads that were started while making the data (of the table
    engine, for one) do not live on in a fork, so nothing of this process may stay."""
    sys.stdout.flush()
    serve = ["-c", "from gongdi.cli import main; main()", "serve", "--host", host, "--port", str(port)]
    os.execv(sys.executable, [sys.executable, *serve])


@click.command()
@click.option("--serve", "serving", is_flag=True, help="建好后启动网站")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", default=8000, show_default=True, help="端口")
def demo(serving: bool, host: str, port: int) -> None:
    """建立演示区数据（虚构），打印演示人员和口令。"""
    if serving:
        # Before anything is made: a demo that runs there would lose its passwords to the new ones.
        refuse_taken_port(host, port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdi.config.settings")
    # Residents of the demo come in without a message service; the page says that it is a trial.
    os.environ.setdefault("GONGDI_MESSAGE_GATEWAY", "" if os.environ.get("GONGDI_HTTPS") else "screen")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from gongdi.demo.load import load_demo, renew_passwords
    from gongdi.web import clock

    made = load_demo(clock.now())
    click.echo("演示数据已建立。" if made else "演示数据已有，未作改动。")
    _show_people(
        [(who.display_name, who.username, post, password) for who, post, password in renew_passwords(clock.now())]
    )
    screen = os.environ["GONGDI_MESSAGE_GATEWAY"] == "screen"
    if screen:
        _show_residents()
    if serving:
        _serve_afresh(host, port)
    else:
        # Codes on the screen are a choice of whoever serves: a plain `gongdi serve` never takes it for them.
        chosen = "GONGDI_MESSAGE_GATEWAY=screen " if screen else ""
        click.echo(f"启动网站：{chosen}gongdi serve（打开 http://127.0.0.1:8000/ ）")
