"""Names of parameters and segments where sites make addresses without end: lower case, '-' written as '_'.

Sources, 2026-11: the parameters of WordPress, Blogger, Drupal views, Joomla, Magento, WooCommerce, Shopify, phpBB and
Discourse, and of the calendars of The Events Calendar (tribe), All-in-One Event Calendar, Events Manager, Modern Events
Calendar and Drupal, as documented.
"""

from __future__ import annotations

# Lists in another order or shape: the same posts again. The values are short words ('asc', 'list', 'date_desc').
ORDERING = frozenset(
    "sort sortby sort_by sort_order sorting orderby order order_by orderdir dir direction view viewmode view_mode"
    " layout display mode style theme skin sd sk product_list_order product_list_dir product_list_mode".split()
)
# How many a page of a list shows. The values are numbers.
SIZES = frozenset(
    "limit per_page perpage posts_per_page pagesize page_size items_per_page ppp max_results num product_list_limit"
    " rows hitsperpage".split()
)
# Choices that can be combined at will; also all names in brackets ('f[0]', 'filter[size]').
FACETS = frozenset(
    "filter filters facet facets category_filter tag_filter color colour size price min_price max_price brand rating"
    " availability material type kind tags tag topic cat category author lang year month".split()
)
# Days and months to look at.
CALENDAR = frozenset(
    "cal calendar month cal_month cal_year monthnum mon yr ai1ec ai1ec_action tribe_bar_date tribe_event_display"
    " eventdisplay eventdate event_date ecwd_date mo cid_date time_nav date_nav calmonth calyear start_date startdate"
    " em_month em_year calendar_date ical outlook_ical".split()
)
CALENDAR_SEGMENTS = frozenset(
    "calendar kalender calendrier calendario agenda events event veranstaltungen termine evenements eventos"
    " kalendar takvim".split()
)
# Parameters whose value may begin with a year.
YEARS = CALENDAR | {"year", "date", "m", "day", "archive", "archives"}
# Numbers or marks of pages in a list. Those of the second table are posts' numbers elsewhere, and count for listings.
PAGERS = frozenset(
    "page paged pg pagenum page_num pageno page_no pagenumber offset start skip from cursor before after older newer"
    " updated_max updated_min max_id since_id seite pagina startat currentpage".split()
)
LISTING_PAGERS = frozenset("p pn st next n cpage".split())
PAGER_SEGMENTS = frozenset("page pages p pg seite pagina pagine strana strona sida side offset start".split())
# Parameters whose value may be a long digest and yet name a post.
NAMES_POSTS = frozenset("id p post postid post_id article article_id entry guid uuid key doc story slug pid".split())
