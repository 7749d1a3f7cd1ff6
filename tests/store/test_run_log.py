"""What is read of a run's events is what is asked for."""

from __future__ import annotations

from pathlib import Path

from scraper.store.connection import open_for_writing
from scraper.store.run_log import read_events, read_run


def test_events_are_read_by_the_page(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    connection = open_for_writing(path)
    connection.execute("BEGIN")
    for run_id in (1, 2):
        connection.execute(
            "INSERT INTO runs (id, command, version, started_at, settings) VALUES (?, 'import', '1', '2024-03-20', '{}')",
            (run_id,),
        )
        connection.executemany(
            "INSERT INTO run_events (run_id, at, level, message) VALUES (?, '2024-03-20T12:00:00Z', 'info', ?)",
            [(run_id, f"{run_id}.{number}") for number in range(5)],
        )
    connection.execute("COMMIT")
    connection.close()
    run = read_run(path, 2)
    assert run is not None
    assert (run.id, run.events, read_run(path, 3)) == (2, 5, None)
    assert [each.message for each in read_events(path, 2, 3, 9)] == ["2.3", "2.4"]
    assert [each.message for each in read_events(path, 2, 1, 2)] == ["2.1", "2.2"]
    assert len(read_events(path, 2)) == 5
