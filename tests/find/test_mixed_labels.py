"""Lists put together of pieces of other lists: labels of several kinds, entries without any, bare identifiers."""

from citenorm.find import find, passed_over
from citenorm.read import read

MIXED = """[75] N. Pond, "Neat reeds," Journal of Ponds 3, 12-19, 2011.
Chen, Li, et al. "Rowing: Evaluating boats for quiet rivers." 2024.
[112] Rebecca M Lake. What should quiet rivers learn from winter? North Press, 1994.
[BMA+94] Isabella Moss, S Reed, H Fern, A Brook, Griffin Hill, et al. The strategic silence: rivers and economic policy. 1994.
[93] M Heron and Nick Swan. 1994. Sorting boats by their depth. Annals of Rivers 9, 3 (1994).
"""
IDENTIFIERS = """10.5555/3397271.3401092
https://doi.org/10.5555/3397271.3401092
arXiv:1801.00001
1801.00001
https://arxiv.org/pdf/1801.00002v2.pdf
"""


def test_labels_of_several_kinds_and_entries_without():
    found = find(read(MIXED.encode(), name="list.txt"))
    assert [r.line for r in found] == [1, 2, 3, 4, 5]
    assert [r.label for r in found] == ["75", "", "112", "BMA+94", "93"]


def test_a_single_label_in_front_of_one_entry_that_is_wrapped():
    text = "[7] N. Pond and L. Chen. Neat reeds beside the quiet rivers of the\n    north. Journal of Ponds 3(1), 12-19, 2011.\n"
    (one,) = find(read(text.encode(), name="list.txt"))
    assert one.label == "7" and one.raw.endswith("12-19, 2011.")


def test_each_identifier_of_a_list_is_a_reference():
    document = read(IDENTIFIERS.encode(), name="ids.txt")
    found = find(document)
    assert [r.line for r in found] == [1, 2, 3, 4, 5]
    assert passed_over(document, found) == ()
