"""What all tests share: examples of properties have no deadline, so that a loaded machine fails nothing."""

from hypothesis import settings

settings.register_profile("citenorm", deadline=None)
settings.load_profile("citenorm")
