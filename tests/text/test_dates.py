import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model import When
from scraper.text.dates import find_times, read_time

FETCHED = datetime(2024, 3, 20, 12, tzinfo=UTC)
POST = read_time("14 May 2012")
GOLD = Path(__file__).resolve().parents[3] / "shared" / "comments" / "gold"

SHOWN = """
2021-01-25T21:34:44+00:00 | 2021-01-25T21:34:44+00:00
2021-01-25T21:34:44.123Z | 2021-01-25T21:34:44+00:00
2021-01-25T21:34:44+0530 | 2021-01-25T21:34:44+05:30
2021-01-25 21:34 | 2021-01-25T21:34
20210125 | 2021-01-25
20210125T213444Z | 2021-01-25T21:34:44+00:00
2012-05-14 10:04:05 UTC | 2012-05-14T10:04:05+00:00
Mon, 23 Nov 2026 16:23:57 GMT | 2026-11-23T16:23:57+00:00
Mon, 23 Nov 2026 16:23:57 EST | 2026-11-23T16:23:57-05:00
Mon, 23 Nov 2026 16:23:57 +0100 | 2026-11-23T16:23:57+01:00
Monday, 23-Nov-26 16:23:57 GMT | 2026-11-23T16:23:57+00:00
Mon Nov 23 16:23:57 2026 | 2026-11-23T16:23:57
Mon Nov 23 2026 16:23:57 GMT+0100 (CET) | 2026-11-23T16:23:57+01:00
January 25, 2021 at 9:34 pm | 2021-01-25T21:34
May 14th, 2012, 12:04 AM | 2012-05-14T00:04
May 14, 2012 at 12:04 p.m. | 2012-05-14T12:04
Posted on May 14, 2012 at 10:04 am | 2012-05-14T10:04
Updated: May 14, 2012 // 10:04 p.m. EDT | 2012-05-14T22:04-04:00
Permalink May 14, 2012 10:04 AM | 2012-05-14T10:04
14 May 2012 # | 2012-05-14
Thursday 3rd of May 2012 | 2012-05-03
May 14, '12 | 2012-05-14
14-May-2012 | 2012-05-14
Sept. 4, 2012 | 2012-09-04
10:04, 14 May 2012 (UTC) | 2012-05-14T10:04+00:00
12:34 PM - 14 May 2012 | 2012-05-14T12:34
May 2, 2012 9 pm | 2012-05-02T21:00
Jan 2021 | 2021-01
2012 | 2012
5/14/2012 10:04:00 AM | 2012-05-14T10:04:00
5/14/12 10:04 AM | 2012-05-14T10:04
2012/05/14 10:04:05 | 2012-05-14T10:04:05
14/05/2012 | 2012-05-14
05/05/2012 | 2012-05-05
04.05.2012 | 2012-05-04
05.14.12 | 2012-05-14
12. 5. 2012 | 2012-05-12
25. Januar 2021 um 21:34 Uhr | 2021-01-25T21:34
Veröffentlicht am 14. Mai 2012 | 2012-05-14
4. Mär 2012 | 2012-03-04
Publié le 14 mai 2012 à 10h04 | 2012-05-14T10:04
le lundi 1er mars 2012 | 2012-03-01
mar. 14 mai 2012 | 2012-05-14
3 fevrier 2012 | 2012-02-03
lunes, 14 de mayo de 2012 a las 22:04 | 2012-05-14T22:04
14 maggio 2012 alle ore 10:04 | 2012-05-14T10:04
segunda-feira, 14 de maio de 2012 | 2012-05-14
14 de maig de 2012 | 2012-05-14
14 mei 2012 om 10:04 | 2012-05-14T10:04
den 14 maj 2012 kl. 10.04 | 2012-05-14T10:04
14. mai 2012 kl 10.04 | 2012-05-14T10:04
14.5.2012 klo 10.04 | 2012-05-14T10:04
14. toukokuuta 2012 | 2012-05-14
14 maja 2012, godz. 10:04 | 2012-05-14T10:04
14. května 2012 v 10:04 | 2012-05-14T10:04
14 мая 2012 г. в 10:04 | 2012-05-14T10:04
14 травня 2012 р. о 10:04 | 2012-05-14T10:04
14 Mayıs 2012 Pazartesi, 10:04 | 2012-05-14T10:04
14 Μαΐου 2012 στις 10:04 μμ | 2012-05-14T22:04
2012. május 14. 10:04 | 2012-05-14T10:04
14 mai 2012 la 10:04 | 2012-05-14T10:04
2012年5月14日 下午10:04 | 2012-05-14T22:04
2012年05月14日（月） | 2012-05-14
２０１２年５月１４日 | 2012-05-14
2012년 5월 14일 오후 3:04 | 2012-05-14T15:04
2012. 5. 14. 오전 3:04 | 2012-05-14T03:04
١٤ مايو ٢٠١٢ | 2012-05-14
14 مايو، 2012 الساعة 10:04 م | 2012-05-14T22:04
14 במאי 2012 | 2012-05-14
14 Mei 2012 pukul 10:04 | 2012-05-14T10:04
Ngày 14 tháng 5 năm 2012 lúc 10:04 | 2012-05-14T10:04
"""


@pytest.mark.parametrize("case", SHOWN.strip().splitlines())
def test_a_time_as_pages_show_it_is_read(case):
    shown, iso = case.split(" | ")
    when = read_time(shown)
    assert when is not None
    assert when.iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "", "on", "to", "may", "May", "On to May", "May 14", "Monday", "3", "3 comments", "5 stars", "12:30", "1.2.3",
        "10.0.0.1", "31 February 2012", "14 May 2012 2 comments", "04/05/2012", "04-05-2012", "1234", "14 May 1812",
        "2012-13-01", "2012-05-14T25:00", "May 14, 2012 at 13:75", "in 3 days", "dans 3 jours", "en 3 días", "5 min",
        "5日", "100 sek", "a week", "May 3 days ago", "2000 years ago", "Chapter 14", "x" * 1000,
    ],
)  # fmt: skip
def test_what_is_no_time_or_cannot_be_told_gives_none(text):
    assert read_time(text, fetched_at=FETCHED) is None


def test_day_first_settles_what_the_numbers_leave_open():
    assert read_time("04/05/2012", day_first=True).iso == "2012-05-04"
    assert read_time("04/05/2012", day_first=False).iso == "2012-04-05"
    assert read_time("14/05/2012", day_first=False).iso == "2012-05-14"


@pytest.mark.parametrize(
    ("shown", "iso"),
    [
        ("Thu, 05/03/2012 - 10:04", "2012-05-03T10:04"),
        ("Mon, 05/03/2012 - 10:04", "2012-03-05T10:04"),
        ("jeudi 03/05/2012", "2012-05-03"),
        ("Donnerstag, 03/05/2012", "2012-05-03"),
    ],
)
def test_the_weekday_settles_what_the_numbers_leave_open(shown, iso):
    assert read_time(shown).iso == iso
    assert read_time(shown, day_first="2012-05-03" not in iso).iso == iso


@pytest.mark.parametrize("shown", ["Wed, 05/09/2012", "Tue, 05/03/2012"])
def test_a_weekday_that_fits_both_orders_or_neither_settles_nothing(shown):
    assert read_time(shown) is None
    assert read_time(shown, day_first=True).iso[:4] == "2012"


def test_an_unknown_zone_widens_the_bounds_by_every_zone_on_earth():
    when = read_time("14 May 2012")
    assert when.earliest == datetime(2012, 5, 13, 10, tzinfo=UTC)
    assert when.latest == datetime(2012, 5, 15, 12, tzinfo=UTC)
    assert when.local == datetime(2012, 5, 14)
    assert when.utc_offset is None


def test_a_stated_zone_gives_bounds_of_one_unit():
    when = read_time("2012-05-14T10:04+02:00")
    assert when.earliest == datetime(2012, 5, 14, 8, 4, tzinfo=UTC)
    assert when.latest - when.earliest == timedelta(minutes=1)
    assert when.utc_offset == 120


@pytest.mark.parametrize(
    ("text", "precision"),
    [("2012", "year"), ("May 2012", "month"), ("14 May 2012", "day"), ("14 May 2012 10:04", "minute")],
)
def test_precision_is_the_finest_part_stated(text, precision):
    assert read_time(text).precision == precision


def test_shown_is_the_time_without_the_words_around():
    assert read_time("Posted on  14 May\n2012 at 10:04 #").shown == "14 May 2012 at 10:04"
    assert read_time("posted 3 days ago").shown == "posted 3 days ago"


def test_a_relative_time_counts_as_drupal_rounds():
    when = read_time("11 years 7 months ago", fetched_at=FETCHED, not_before=POST, rounding="drupal")
    assert when.precision == "interval"
    assert (when.earliest, when.latest) == (
        datetime(2012, 7, 26, 12, tzinfo=UTC),
        datetime(2012, 8, 25, 12, tzinfo=UTC),
    )
    assert when.iso is None


def test_the_time_of_the_post_bounds_a_relative_time_below():
    when = read_time("11 years 10 months ago", fetched_at=FETCHED, not_before=POST, rounding="drupal")
    assert when.earliest == POST.earliest
    assert when.latest == datetime(2012, 5, 27, 12, tzinfo=UTC)


def test_without_a_capture_time_a_relative_time_is_open_above():
    when = read_time("3 days ago", not_before=POST)
    assert (when.earliest, when.latest) == (POST.earliest, None)
    assert read_time("3 days ago").earliest is None


def test_a_bound_for_the_capture_bounds_a_relative_time_above_only():
    when = read_time("3 days ago", fetched_before=FETCHED, not_before=POST, rounding="drupal")
    assert (when.earliest, when.latest) == (POST.earliest, FETCHED - timedelta(days=3))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("By Bob on May 14, 2012 in News, 3 comments", ["May 14, 2012"]),
        ("posted 3 days ago by bob", ["3 days ago"]),
        ("from 12 January 2021 to 14 January 2021", ["12 January 2021", "14 January 2021"]),
        ("3 comments 14 May 2012 10:04", ["14 May 2012 10:04"]),
        ("14 May 2012 2 comments", ["14 May 2012"]),
        ("Bob said on 2012-05-14T10:04:05Z: hi", ["2012-05-14T10:04:05Z"]),
        ("May 14, 2012 at 10:04 am Bob says", ["May 14, 2012 at 10:04 am"]),
        ("李雷 发表于 ２０１２年５月１４日 10:04 回复", ["２０１２年５月１４日 10:04"]),
        ("version 1.2.3 of 2012", []),
        ("I may go on to 3 places", []),
        ("3 days of rain", []),
        ("no digits here", []),
    ],
)
def test_times_inside_a_text_are_found_with_their_places(text, found):
    assert [text[start:end] for start, end, _ in find_times(text, fetched_at=FETCHED)] == found


@pytest.mark.skipif(not GOLD.exists(), reason="the shared comment gold is not here")
def test_dates_of_real_comments_are_read_as_people_read_them():
    right = wrong = missed = 0
    for path in sorted(GOLD.glob("*.json")):
        for comment in json.loads(path.read_text("utf-8"))["comments"]:
            shown, iso = comment.get("date_raw"), comment.get("date_iso")
            if not shown or not iso or re.search(r"ago|\d[hdm]$", shown):
                continue
            when = read_time(shown)
            if when is None or when.iso is None:
                missed += 1
            elif when.iso[:10] == iso[:10]:
                right += 1
            else:
                wrong += 1
    assert wrong == 0
    assert right > 100 * missed


words = st.sampled_from(
    "14 5 2012 May mai 2012年 5月 12日 10:04 pm AM UTC +02:00 ago days 3 vor il y a hace last week yesterday at . , - "
    "T Z 99999999 2012-05-14 00/00/0000 9999-12-31 1.1.1 1e9 ago 0 months years 日前 half an few".split()
)


def ordered(when: When | None) -> bool:
    return when is None or when.earliest is None or when.latest is None or when.earliest <= when.latest


@given(st.one_of(st.text(max_size=60), st.lists(words, max_size=8).map(" ".join)))
def test_no_text_makes_reading_raise_and_bounds_are_ordered(text):
    assert ordered(read_time(text, fetched_at=FETCHED, not_before=POST))
    assert ordered(read_time(text, fetched_before=FETCHED, rounding="drupal", day_first=True))
    for start, end, when in find_times(text, fetched_at=FETCHED, not_before=POST):
        assert ordered(when)
        assert text[start:end] == when.shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("10 hours ago (10:46 PM)", "10 hours ago (10:46 PM)"),
        ("Ines, 3 May 2012 (8:20), wrote", "3 May 2012 (8:20)"),
        ("(3 May 2012)", "3 May 2012"),
    ],
)
def test_a_bracket_that_opens_in_a_time_closes_in_it(text: str, shown: str) -> None:
    [(start, end, when)] = find_times(text, fetched_at=datetime(2024, 3, 20, 12, tzinfo=UTC))
    assert (text[start:end], when.shown) == (shown, shown)


def test_a_text_with_an_age_is_read_against_each_capture():
    said = "Ann wrote on 3 May 2012, 4 hours ago"
    first, second = (find_times(said, fetched_at=datetime(2012, 5, day, tzinfo=UTC)) for day in (4, 5))
    assert [when.latest for *_, when in first] != [when.latest for *_, when in second]
    assert [when.latest for *_, when in first] == [
        when.latest for *_, when in find_times(said, fetched_at=datetime(2012, 5, 4, tzinfo=UTC))
    ]


def test_a_text_is_read_anew_where_the_order_of_its_numbers_is_known():
    orders = [find_times("said on 03/04/2012", day_first=order) for order in (None, True, False)]
    assert [[when.local.month for *_, when in found] for found in orders] == [[], [4], [3]]


def test_a_found_list_may_be_changed():
    find_times("March 8, 2012").clear()
    assert len(find_times("March 8, 2012")) == 1


@pytest.mark.parametrize("text", ["11/6/2012 7:23am PST", "Posted: 11/6/2012 7:23am PST", "11/06/2012 07:23 MDT"])
def test_where_a_zone_of_america_s_west_is_named_the_month_comes_first(text: str) -> None:
    assert [str(when.iso)[:16] for _, _, when in find_times(text)] == ["2012-11-06T07:23"]
    assert find_times(text.rpartition(" ")[0]) == []
