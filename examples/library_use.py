"""Citenorm from Python: find the references of a report, resolve them without network, print BibTeX and why."""

from pathlib import Path

import citenorm

here = Path(__file__).parent
document = citenorm.read(here / "seminar-report.md")
claims = [citenorm.parse(found.raw) for found in citenorm.find(document)]

with citenorm.open_sources(offline=True) as sources:
    results = citenorm.resolve_all(claims, sources)

for result in results:
    print(f"{result.outcome} ({result.probability:.2f}), {result.status}: {result.claim.title}")
    for field, origin in sorted(result.provenance.items()):
        if origin.how in ("corrected", "filled"):
            print(f"    {field}: {origin.how} on the word of {origin.record}")

print()
print(citenorm.to_bibtex(results))
