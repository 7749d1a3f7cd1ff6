"""All hostile cases, each on a host of its own."""

from __future__ import annotations

from tests.web.hostile.cases import Case
from tests.web.hostile.contents import CONTENTS
from tests.web.hostile.listings import LISTINGS
from tests.web.hostile.redirects import REDIRECTS
from tests.web.hostile.spaces import SPACES
from tests.web.hostile.transfers import TRANSFERS

CASES: tuple[Case, ...] = (*TRANSFERS, *REDIRECTS, *SPACES, *LISTINGS, *CONTENTS)
