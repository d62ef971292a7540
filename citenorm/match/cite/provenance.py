"""What a claim says and what is printed in, on whose word each printed field rests out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...model import Claim, Csl, How, Provenance, Record, custom_of
from ...normalize.alike import alike


def provenance(claim: Claim, emitted: Csl, origin: Mapping[str, Record]) -> dict[str, Provenance]:
    """Field → how the emitted value relates to the claim's, and the record it rests on."""
    out: dict[str, Provenance] = {}
    for field in emitted:
        if field == "custom":
            for key, value in custom_of(emitted).items():
                name = f"custom.{key}"
                out[name] = _origin(
                    _how(custom_of(claim.csl).get(key), value, key), origin.get(name)
                )
        else:
            out[field] = _origin(
                _how(claim.csl.get(field), emitted[field], field), origin.get(field)
            )
    return out


def _origin(how: How, record: Record | None) -> Provenance:
    return Provenance(how, record.source if record else "reference", record.id if record else "")


def _how(stated: Any, value: Any, field: str) -> How:
    if not stated:
        return "filled"
    if stated == value:
        return "as stated"
    return "normalized" if alike(field, stated, value) else "corrected"
