"""Bare titles in lists and headings: the whole title alone, a part of it only with a context."""

import builders

from citenorm.match.mention import choose_mention
from citenorm.model import Claim, Reference
from citenorm.parse.mention import mention_claim


def record(ident, title, venue="Proceedings of Machine Learning and Systems", year=2020, **more):
    return builders.record(ident, title, (), year, "paper-conference", venue=venue, **more)


BP = record("mlsys:bp", "BPLOOM: Scaling Back-Propagation by Woven Scan")
PRUNE = record("mlsys:prune", "What is the State of Neural Network Pruning?")
OTHER = record(
    "nips:prune",
    "Neural Network Pruning with Residual Needles",
    "Advances in Neural Information Processing Systems",
    2017,
)
HERE = {"container-title": "MLSys", "issued": {"date-parts": [[2020]]}}


def mention(raw, context=None):
    return mention_claim(Reference(raw, kind="mention", context=context or {}))


def test_venue_and_year_in_brackets_are_claimed_and_the_affiliation_is_not():
    claim = mention("Weaving Sparse Graphs (NeurIPS 2017, UMass)")
    assert claim.csl == {
        "title": "Weaving Sparse Graphs",
        "container-title": "NeurIPS",
        "issued": {"date-parts": [[2017]]},
    }
    assert mention("Weaving Sparse Graphs (arXiv, 2020, NVIDIA)").csl["type"] == "article"


def test_brackets_that_say_nothing_of_the_kind_stay_in_the_title():
    assert mention("Weaving Sparse Graphs (by Hand)").title == "Weaving Sparse Graphs (by Hand)"


def test_a_whole_title_is_enough():
    choice = choose_mention(
        mention("what is the state of neural network pruning"), [PRUNE, OTHER, BP]
    )
    assert choice.outcome == "matched" and choice.record == PRUNE


def test_part_of_a_title_needs_the_context():
    assert (
        choose_mention(mention("Scaling Back-Propagation (BP)"), [BP, PRUNE]).outcome == "unmatched"
    )
    found = choose_mention(mention("Scaling Back-Propagation (BP)", HERE), [BP, PRUNE])
    assert found.outcome == "matched" and found.record == BP


def test_the_context_decides_between_two_works_with_the_same_words():
    found = choose_mention(mention("Neural Network Pruning", HERE), [OTHER, PRUNE])
    assert found.outcome == "matched" and found.record == PRUNE
    assert choose_mention(mention("Neural Network Pruning"), [OTHER, PRUNE]).outcome != "matched"


def test_a_work_cited_elsewhere_in_the_document_is_recognised_by_most_of_its_title():
    title = record(
        "x:1",
        "On Calibration of Modern Looms",
        "International Conference on Machine Learning",
        2017,
    )
    assert (
        choose_mention(mention("On Calibration of Looms"), [title], cited=["x:1"]).record == title
    )


def test_no_candidates_no_match():
    choice = choose_mention(mention("Knitting as Computation"), [])
    assert choice.outcome == "unmatched" and choice.record is None and choice.probability == 0


def test_another_works_title_is_not_taken():
    assert (
        choose_mention(mention("Session 2: Efficient Model Training", HERE), [BP, PRUNE]).outcome
        == "unmatched"
    )


def test_one_common_word_is_no_mention():
    assert choose_mention(mention("Pruning", HERE), [PRUNE]).outcome == "unmatched"


def test_a_claim_without_a_reference_has_no_context():
    assert choose_mention(Claim({"title": "Scaling Back-Propagation"}), [BP]).outcome == "unmatched"


def test_a_coined_name_before_the_colon_is_enough_in_the_right_place():
    link = record(
        "mlsys:link",
        "YLink: Finding and Using Locality for Accelerated Spinning in the Public Cloud",
    )
    context = choose_mention(
        mention("YLink: Datacenter Network Locality for Efficient Parallel Spinning", HERE),
        [link, BP],
    )
    assert context.outcome == "matched" and context.record == link
    assert (
        choose_mention(
            mention("YLink: Datacenter Network Locality for Efficient Parallel Spinning"),
            [link, BP],
        ).outcome
        == "unmatched"
    )
    elsewhere = {"container-title": "ICML", "issued": {"date-parts": [[2020]]}}
    assert (
        choose_mention(
            mention(
                "YLink: Datacenter Network Locality for Efficient Parallel Spinning", elsewhere
            ),
            [link],
        ).outcome
        == "unmatched"
    )


def test_a_word_of_denial_more_is_another_title():
    from citenorm.match.fields import title_level
    from citenorm.match.title_view import title_view

    assert (
        title_level(
            title_view("Looms are not Explanation"), title_view("Looms are not not Explanation")
        )[0]
        == "near"
    )
