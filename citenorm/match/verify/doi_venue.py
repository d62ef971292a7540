"""What a DOI says of the venue: the short name of a conference in it, or the volume whose other works begin alike."""

from __future__ import annotations

import re

from ...normalize.text import fold, squash
from ...normalize.venues import find_meeting, find_venue, venue_likeness
from ..fields import venues_agree
from ..views import View
from .case import Holdings

FULL_NAME = re.compile(
    r"\b(?:conference|symposium|workshop|journal|transactions|letters|meeting|congress|annals|review)\b",
    re.I,
)
"""Words that the full name of a venue has."""
_NAMED = re.compile(r"10\.(?:1109|24963|21437|1609)/([a-z]{3,})(?:\d|\.)")


def stray_for_venue(ours: View, holdings: Holdings | None) -> bool:
    """The DOI is another venue's: it names another conference than a known one, or is of a volume that is known."""
    if not ours.venue or not ours.doi:
        return False
    if names_another(ours):
        return True
    found = find_venue(ours.venue)
    if holdings is None or found is None or found.part or found.joint:
        return False
    # other works are known whose DOIs begin alike, and all are another venue's
    owner = find_venue(holdings.volume(ours.doi)) if found.venue.kind != "series" else None
    return owner is not None and venues_agree(ours.venue, owner.venue.name) == "different"


def names_it(ours: View) -> bool:
    """The DOI has the short name of the stated venue in it."""
    told, named = _NAMED.match(ours.doi), find_venue(ours.venue)
    meant = find_venue(told[1].upper()) if told and named else None
    return meant is not None and named is not None and meant.venue.id == named.venue.id


def names_another(ours: View) -> bool:
    """The DOI has the short name of another conference in it.

    Many meetings share a short name: one that is not known must be unlike, and its words must not make that short name.
    """
    told = _NAMED.match(ours.doi)
    meeting = find_meeting(told[1].upper()) if told else None
    if told is None or meeting is None:
        return False
    if told[1] in squash(ours.venue):
        return False
    if (named := find_venue(ours.venue)) is not None:
        other = named.venue.id != meeting.venue.id  # its workshops have the conference's letters
        return other and venues_agree(ours.venue, meeting.venue.name) == "different"
    unlike = venue_likeness(ours.venue, meeting.venue.name) < 0.2
    firsts = iter(word[0] for word in fold(ours.venue).split())
    spelled = all(letter in firsts for letter in told[1])  # "sas": Sensors Applications Symposium
    return bool(FULL_NAME.search(ours.venue)) and unlike and not spelled
