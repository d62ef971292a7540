"""What the tool leaves open is settled by a person: references beside what was found for them, and decisions kept in the lock.

``material`` one file under review · ``desk`` the decisions, and the files as they are written · ``view`` the page ·
``server`` the page on this machine alone.  Nothing but ``server`` knows of HTTP.
"""

from .desk import Desk, Stale
from .material import Material

__all__ = ["Desk", "Material", "Stale"]
