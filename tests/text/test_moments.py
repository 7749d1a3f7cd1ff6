from datetime import UTC, datetime

from scraper.text.moments import moment


def test_a_month_ends_where_the_next_begins():
    when = moment(datetime(2012, 12, 1), "month", 0, "")
    assert (when.earliest, when.latest) == (datetime(2012, 12, 1, tzinfo=UTC), datetime(2013, 1, 1, tzinfo=UTC))


def test_a_year_ends_where_the_next_begins():
    when = moment(datetime(2012, 1, 1), "year", 0, "")
    assert when.latest == datetime(2013, 1, 1, tzinfo=UTC)


def test_what_leaves_the_calendar_is_no_moment():
    assert moment(datetime(9999, 12, 31), "day", None, "") is None
    assert moment(datetime(1, 1, 1), "day", None, "") is None
