from gongdi.commands.roster import _Bar


def test_the_bar_appears_after_a_second_and_shows_the_rows_done() -> None:
    seconds = iter([0.0, 0.5, 1.5, 1.6])
    written: list[str] = []
    bar = _Bar(lambda: next(seconds), written.append)
    bar(1000, 4000)
    assert written == []
    bar(2000, 4000)
    assert "2,000/4,000 行" in written[0]
    bar(4000, 4000)
    bar.close()
    assert written[-1] == "\n"
