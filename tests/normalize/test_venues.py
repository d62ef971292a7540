"""Venues: known in every usual dress, told apart from their neighbours, and unknown ones prove nothing."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citenorm.normalize.venues import (
    find_venue,
    full_name,
    pmlr_volume,
    pmlr_volumes,
    same_venue,
    venue_by_id,
    venue_likeness,
    workshop_apart,
    years_of_volume,
)

ICML = "Proceedings of the 35th International Conference on Machine Learning"


@pytest.mark.parametrize(
    ("text", "ident", "year"),
    [
        ("ICML 2018", "icml", 2018),
        ("ICML'18", "icml", 2018),
        ("In Proc. 35th ICML", "icml", 2018),
        ("Proceedings of the ... (ICML-18)", "icml", 2018),
        (ICML, "icml", 2018),
        ("35th Intl. Conf. on Machine Learning (ICML 2018), Stockholm, Sweden", "icml", 2018),
        (ICML + ", ICML 2018, Stockholmsmässan, Stockholm, Sweden, July 10-15, 2018", "icml", 2018),
        (
            "Machine Learning, Proceedings of the Twentieth International Conference (ICML 2003), August 21-24, 2003, Washington, DC, USA",
            "icml",
            2003,
        ),
        ("PMLR 80", "icml", 2018),
        ("Proceedings of Machine Learning Research, vol. 119", "icml", 2020),
        ("International Conference on Machine Learning. PMLR", "icml", None),
        (
            "2019 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)",
            "cvpr",
            2019,
        ),
        ("Proc. IEEE Conf. Comput. Vis. Pattern Recognit.", "cvpr", None),
        (
            "Computer Vision - ECCV 2018 - 15th European Conference, Munich, Germany, September 8-14, 2018, Proceedings, Part XIV",
            "eccv",
            2018,
        ),
        ("Advances in NIPS 31", "neurips", 2018),
        ("Advances in neural information processing systems, 25", "neurips", 2012),
        ("NIPS", "neurips", None),
        ("Adv. Neural Inf. Process. Syst.", "neurips", None),
        ("J. Mach. Learn. Res.", "jmlr", None),
        ("JMLR", "jmlr", None),
        ("Phys. Rev. Lett", "prl", None),
        ("Proc Natl Acad Sci U S A", "pnas", None),
        ("Nature", "nature", None),
        ("Nat. Commun.", "nature-communications", None),
        ("Bioinformatics (Oxford, England)", "bioinformatics", None),
        (
            "WSDM '20: The Thirteenth ACM International Conference on Web Search and Data Mining, Houston, TX, USA, February 3-7, 2020",
            "wsdm",
            2020,
        ),
        ("Proceedings of The Web Conference 2020", "www", 2020),
        (
            "Proceedings of the Tenth International World Wide Web Conference, WWW 10, Hong Kong, China, May 1-5, 2001",
            "www",
            2001,
        ),
        ("SysML", "mlsys", None),
        ("Proceedings of Machine Learning and Systems 2", "mlsys", 2020),
        ("Robotics: Science and Systems XIV", "rss", 2018),
        ("Proceedings of IJCAI-95", "ijcai", 1995),
        (
            "IEEE International Conference on Acoustics, Speech and Signal Processing ICASSP 2023, Rhodes Island, Greece",
            "icassp",
            2023,
        ),
        ("CHI Extended Abstracts", "chiea", None),
        ("Findings of the Association for Computational Linguistics: EMNLP 2020", "findings", 2020),
        ("CoRR", "arxiv", None),
        ("Lecture Notes in Computer Science", "lncs", None),
        (r"{ICLR} 2018, Vancouver", "iclr", 2018),
    ],
)
def test_known_in_every_dress(text, ident, year):
    found = find_venue(text)
    assert found is not None
    assert (found.venue.id, found.year, found.part) == (ident, year, "")


@pytest.mark.parametrize(
    "text",
    [
        "International Conference on Computer Vision, Imaging and Computer Graphics Theory and Practice",
        "International Conference on Machine Learning, Data and Ponds",
        "Symposium on Adaptive Crowd Learning (ACL)",
        "Nature and Culture",
        "Conference on Something Else, Charleston, SC, USA",
        "Proceedings of Interest",
        "IEEE",
        "Springer",
        "the",
        "",
        "2018",
    ],
)
def test_near_misses_are_not_known(text):
    assert find_venue(text) is None


@pytest.mark.parametrize(
    ("text", "ident", "part"),
    [
        ("ICML Workshop on Deep Learning", "icml", "workshop"),
        ("NIPS 2015 Deep Learning Workshop", "neurips", "workshop"),
        ("Workshop on Reliable Things at ICML 2018", "icml", "workshop"),
        ("CVPRW 2019", "cvpr", "workshop"),
        ("ICLR (Workshop)", "iclr", "workshop"),
        ("EMAS@AAMAS", "aamas", "workshop"),
        (
            "Proceedings of the 2018 Conference on Empirical Methods in Natural Language Processing: System Demonstrations",
            "emnlp",
            "demonstrations",
        ),
        ("Workshop on Hot Topics in Operating Systems", "hotos", ""),
        (
            "Proceedings of the 2006 international workshop on Mining software repositories",
            "msr",
            "",
        ),
        ("MSR 2004: International Workshop on Mining Software Repositories", "msr", ""),
        ("MSR 2010 Workshop on Software Ecosystems", "msr", "workshop"),
        ("CSL '89, 3rd Workshop on Computer Science Logic", "csl", ""),
        ("Proceedings of the SIGPLAN '82 Symposium on Compiler Construction", "pldi", ""),
        ("Proceedings of the 2012 ACM conference on Internet measurement conference", "imc", ""),
    ],
)
def test_parts_are_told_from_the_whole(text, ident, part):
    found = find_venue(text)
    assert found is not None
    assert (found.venue.id, found.part) == (ident, part)


def test_what_else_is_read():
    found = find_venue("ECCV 2018, Lecture Notes in Computer Science, vol. 11205")
    assert (found.venue.id, found.series) == ("eccv", "lncs")
    joint = find_venue(
        "Proceedings of the 59th Annual Meeting of the ACL and the 11th International Joint Conference on Natural Language Processing"
    )
    assert (joint.venue.id, joint.ordinal, joint.year, joint.stated) == ("acl", 59, 2021, False)
    assert [v.id for v in joint.joint] == ["ijcnlp"]
    assert find_venue("Proceedings of Machine Learning Research", "70").year == 2017
    assert find_venue("Advances in Neural Information Processing Systems", "31").year == 2018


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        ("ICML 2018", ICML, "same"),
        ("NIPS", "NeurIPS 2018", "same"),
        ("The Web Conference 2020", "WWW '20", "same"),
        ("SysML", "MLSys 2020", "same"),
        ("J. Mach. Learn. Res.", "Journal of Machine Learning Research", "same"),
        ("EMNLP-IJCNLP 2019", "EMNLP", "same"),
        ("EMNLP-IJCNLP 2019", "IJCNLP", "same"),
        ("J. Obsc. Stud. Teach.", "Journal of Obscure Studies in Teaching", "same"),
        ("QRST", "Quarterly Review of Strange Teaching", "same"),
        (
            "Proc. Conf. Empirical Methods NLP",
            "Proceedings of the 2018 Conference on Empirical Methods in Natural Language Processing",
            "same",
        ),
        ("ICML", "NeurIPS", "different"),
        ("Nature", "Nature Communications", "different"),
        ("Machine Learning", "International Conference on Machine Learning", "different"),
        ("ICML Workshop on Deep Learning", "ICML", "different"),
        ("VLDB 2018", "Proceedings of the VLDB Endowment", "compatible"),
        ("POPL", "Proc. ACM Program. Lang.", "compatible"),
        ("Lecture Notes in Computer Science", "ECCV", "compatible"),
        ("PMLR", "ICML", "compatible"),
        ("Journal of Nobody Knows", "ICML", "compatible"),
        ("Journal of Nobody Knows", "Annals of Something Else", "compatible"),
        ("", "ICML", "compatible"),
        (
            "Frog Learning Theory",
            "Proc. 6th Ann. ACM Conf. on Frog Learning Theory, Elm, May 3",
            "same",
        ),
        ("Frog Learning Theory", "Workshop on Frog Learning Theory", "compatible"),
        ("Frog Learning", "Frog Learning Theory", "compatible"),
        ("EMNLP: System Demonstrations", "EMNLP", "compatible"),
    ],
)
def test_same_venue(a, b, answer):
    assert same_venue(a, b) == answer
    assert same_venue(b, a) == answer


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("CVPR", "CVPR Workshops", True),
        ("ICML Workshop on Graphs", "ICML", True),
        ("Workshop on Libraries for Arrays", "Conference on Neural Information Processing Systems", True),
        ("ECCV", "ICCV Workshops", True),
        ("ICML Workshop on Graphs", "ICML Workshop on Trees", False),
        ("HotOS", "Workshop on Hot Topics in Operating Systems", False),
        ("Workshop on Frogs", "Pond Letters", False),
        ("Symposium on Frogs", "CVPR Workshops", False),
        ("CVPR", "ICML", False),
    ],
)  # fmt: skip
def test_a_workshop_and_a_main_meeting(a, b, apart):
    assert workshop_apart(a, b) is workshop_apart(b, a) is apart


def test_likeness_goes_from_nothing_to_the_same():
    assert venue_likeness("ICML", ICML) == 1
    assert venue_likeness("Journal of Nobody Knows", "Annals of Something Else") == 0
    assert 0 < venue_likeness("Journal of Nobody Knows", "Journal of Somebody Else Knows") < 1


def test_full_names_in_both_directions():
    assert full_name("ICML", 2018) == full_name(venue_by_id("icml"), 2018) == ICML
    assert full_name(ICML) == ICML
    assert full_name("NIPS", 2017) == "Advances in Neural Information Processing Systems"
    assert full_name("ICLR", 2018) == "International Conference on Learning Representations"
    assert (
        full_name("SIGIR", 2020)
        == "Proceedings of the 43rd International ACM SIGIR Conference on Research and Development in Information Retrieval"
    )
    assert full_name("RSS", 2018) == "Robotics: Science and Systems XIV"
    assert full_name("J. Mach. Learn. Res.", 2018) == "Journal of Machine Learning Research"
    assert full_name("Unheard-of Conference", 2018) == "Unheard-of Conference"
    assert full_name("ICML Workshop on Deep Learning") == "ICML Workshop on Deep Learning"
    assert venue_by_id("neurips").short_in(2017) == "NIPS"
    assert venue_by_id("neurips").short_in(2018) == "NeurIPS"


def test_volumes_of_pmlr():
    venue, year = pmlr_volume(80)
    assert (venue.id, year) == ("icml", 2018)
    assert pmlr_volumes(venue, 2018) == (80,)
    assert pmlr_volume(99999) is None


@pytest.mark.parametrize(
    ("venue", "volume", "years"),
    [
        ("NeurIPS", "36", (2023,)),
        ("Advances in Neural Information Processing Systems", "19", (2006, 2007)),  # dated so
        ("International Conference on Machine Learning", "202", (2023, 2024)),
        ("International Conference on Machine Learning", "7", ()),
        ("AAAI", "38", (2024,)),
        ("AAAI", "", ()),
        ("Journal of Ponds", "36", ()),
        ("", "36", ()),
    ],
)
def test_years_of_a_volume(venue, volume, years):
    assert years_of_volume(venue, volume) == years


def test_counting():
    ijcai = venue_by_id("ijcai")
    assert [ijcai.ordinal_in(y) for y in (1969, 2013, 2014, 2015, 2016, 2018)] == [
        1,
        23,
        None,
        24,
        25,
        27,
    ]
    assert [ijcai.year_of(n) for n in (1, 23, 24, 25, 27)] == [1969, 2013, 2015, 2016, 2018]
    neurips = venue_by_id("neurips")
    assert neurips.year_of_volume(31) == 2018
    assert venue_by_id("cvpr").ordinal_in(2018) is None


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    found = find_venue(text)
    assert found is None or found.venue.id
    if text:
        assert same_venue(text, text) in ("same", "compatible")
    assert full_name(text) is not None


@pytest.mark.parametrize(
    "text", ["ACL, " * 5000, "the " * 9000, "(" * 9000, "35th " * 5000, "A" * 50000]
)
def test_long_lines_take_no_time(text):
    start = process_time()
    find_venue(text)
    same_venue(text, "ICML")
    assert process_time() - start < 1


@pytest.mark.parametrize(
    ("sorted_", "name", "same"),
    [
        ("Pond Computing, 2004. Proceedings. Fifth IEEE/ACM International Workshop on", "International Workshop on Pond Computing", "same"),
        ("Pattern Analysis and Machine Intelligence, IEEE Transactions on", "TPAMI", "same"),
        ("Ponds, Lakes and Rivers, 2013 International Conference on", "International Conference on Ponds, Lakes and Rivers", "same"),
        ("Ponds, Transactions on Frogs", "Transactions on Ponds", "compatible"),
    ],
)  # fmt: skip
def test_names_sorted_by_their_subject(sorted_, name, same):
    assert same_venue(sorted_, name) == same
