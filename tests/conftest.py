"""What all tests share: examples of properties are the same in every run and have no deadline, so that neither luck nor a loaded
machine fails anything (``bench/fuzz.py`` looks for new ones).
"""

from hypothesis import settings

settings.register_profile("citenorm", deadline=None, derandomize=True, database=None)
settings.load_profile("citenorm")
