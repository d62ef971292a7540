"""What is printed of a reference that no source knows: an entry that can be used as it is."""

from __future__ import annotations

import pytest

from citenorm.emit import to_bibtex
from citenorm.emit.keys import base_key
from citenorm.model import Claim
from citenorm.normalize import normalize
from citenorm.normalize.as_entry import as_entry
from citenorm.parse import parse


def entry(text: str, dialect: str = "bibtex") -> dict[str, str]:
    """Type, key and fields of what is printed."""
    printed = to_bibtex([as_entry(normalize(parse(text)))], dialect=dialect, latex=False)  # type: ignore[arg-type]
    head, *lines = printed.splitlines()
    kind, _, key = head[1:].rstrip(",").partition("{")
    pairs = (line.strip().rstrip(",").split(" = ", 1) for line in lines if " = " in line)
    return {"TYPE": kind, "KEY": key, **{name: value.strip("{}") for name, value in pairs}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ponder, R., and Weir, J. Pond Transfer Semantics. RFC 4711, June 2012.",
         {"TYPE": "misc", "KEY": "ponder2012rfc4711", "howpublished": "RFC 4711", "title": "Pond Transfer Semantics"}),
        ("R. Ponder et al. Pond Transfer -- PTP/1.1. RFC 2611, IETF, June 1999.",
         {"TYPE": "techreport", "KEY": "ponder1999rfc2611", "type": "RFC", "number": "2611", "institution": "IETF"}),
        ("ISO 1241-11:2018, Ergonomics of ponds — Part 11: Definitions, ISO, Geneva, 2018.",
         {"TYPE": "techreport", "KEY": "iso1241112018", "type": "Standard", "number": "ISO 1241-11:2018", "title": "Ergonomics of ponds — Part 11: Definitions"}),
        ("Directive (EU) 2011/790 of the European Parliament and of the Council of 17 April 2011 on ponds, OJ L 130, 17.5.2011, p. 92–125.",
         {"TYPE": "misc", "KEY": "directive2011790", "howpublished": "OJ L 130, pp. 92–125"}),
        ("Pond v. Board of Rivers, 347 U.S. 483 (1954).", {"TYPE": "misc", "KEY": "pond1954board", "howpublished": "347 U.S. 483"}),
        ("Brook, R. Pond Image Models. GitHub repository, 2019. https://github.com/brook/pond-image-models",
         {"TYPE": "misc", "KEY": "brook2019pond", "title": "Pond Image Models", "url": "https://github.com/brook/pond-image-models"}),
        ("Brook H, Weir R (2023). weirs: A Grammar of Ponds. R package version 1.1.4, https://CRAN.R-project.org/package=weirs.",
         {"TYPE": "misc", "version": "1.1.4", "title": "weirs: A Grammar of Ponds"}),
        ("Brook, J. (2020). Ponds of the north [Online]. Available: https://example.org/ponds", {"title": "Ponds of the north", "url": "https://example.org/ponds"}),
        ("L. K. Brook, in Proceedings of the 28th Annual ACM Symposium on the Theory of Computing (ACM, New York, 1996), p. 212.",
         {"TYPE": "inproceedings", "booktitle": "Proceedings of the 28th Annual ACM Symposium on the Theory of Computing"}),
        ("G. Brook, Endliche Teiche über Zahlkörpern, Invent. Math. 73 (1983), no. 3, 349–366.", {"journal": "Invent. Math."}),
        ("BROOK Michel, Surveiller l'étang. Naissance du canal, Paris, Gallimard, 1975.", {"author": "Brook, Michel"}),
        ("Brook A, Weir B. Pond mice lacking water. Proc Natl Acad Sci U S A. 2000;97:4239-4244.", {"TYPE": "article"}),
        ("AT&T. Technical background on a network slowdown. Risks Digest, 9(63), January 29, 1990.", {"author": r"AT\&T"}),
        ("DigiPond. (2025). SP2000-0.015-AC-1212. Retrieved March 16, 2024, from https://www.example.org/en/products", {"author": "DigiPond"}),
        ("National Aeronautics and Pond Administration. (2020). Pond Data View. Retrieved March 6, 2025, from https://example.org",
         {"author": "National Aeronautics and Pond Administration"}),
        ("Bu, Y. P., and Coauthors, 2014: Influence of forcing on ponds. J. Atmos. Sci., 71, 1622–1644.", {"author": "Bu, Y. P. and others", "journal": "J. Atmos. Sci."}),
        ("1706.04599", {"TYPE": "misc", "KEY": "arxiv170604599", "eprint": "1706.04599"}),
        ("周志华. 机器学习[M]. 北京: 清华大学出版社, 2016.", {"TYPE": "book", "KEY": "book2016"}),
        ("Маркс К. О понятии пруда // Учёные записки. — 1981. — Вып. 515. — С. 3–7.", {"KEY": "marks1981ponyatii"}),
    ],
)  # fmt: skip
def test_what_is_printed(text: str, expected: dict[str, str]) -> None:
    made = entry(text)
    assert {name: made.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ISO 1241-11:2018, Ergonomics of ponds — Part 11: Definitions, ISO, Geneva, 2018.", "standard"),
        ("Pond v. Board of Rivers, 347 U.S. 483 (1954).", "jurisdiction"),
        ("Directive (EU) 2011/790 of the European Parliament and of the Council of 17 April 2011 on ponds, OJ L 130, 17.5.2011, p. 92–125.", "legislation"),
        ("Brook, R. Pond Image Models. GitHub repository, 2019. https://github.com/brook/pond-image-models", "software"),
        ("Brook, J. (2020). Ponds of the north. Retrieved May 3, 2021, from https://example.org/ponds", "online"),
    ],
)  # fmt: skip
def test_biblatex_has_types_of_its_own(text: str, kind: str) -> None:
    assert entry(text, "biblatex")["TYPE"] == kind


def test_a_claim_that_was_not_parsed_stays_as_it_is() -> None:
    csl = {
        "type": "book",
        "title": "Ponds [Online]",
        "author": [{"family": "BROOK", "given": "Ann"}],
    }
    assert as_entry(Claim(csl)) == csl


@pytest.mark.parametrize(
    ("csl", "key"),
    [
        ({"DOI": "10.1038/ponds14539"}, "ponds14539"),
        ({"DOI": "10.5555/3157096.3157382"}, "doi31570963157382"),
        ({"URL": "https://www.example.org/a/ponds.html?x=1"}, "exampleponds"),
        ({"custom": {"pmid": "30638909"}}, "pmid30638909"),
        ({"ISBN": "0-13-110362-8"}, "isbn0131103628"),
        ({"container-title": "Plasma Ponds", "issued": {"date-parts": [[2011]]}}, "plasma2011"),
        ({"title": "연못의 연구", "issued": {"date-parts": [[2001]]}}, "yeonmosyi2001yeongu"),
        ({"author": [{"literal": "R Core Team"}], "title": "R", "issued": {"date-parts": [[2023]]}}, "rcore2023r"),
        ({}, "ref"),
    ],
)  # fmt: skip
def test_keys_mean_something(csl: dict[str, object], key: str) -> None:
    assert base_key(csl) == key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # pages of the web
        ("Brooking. WEIR. PND. https://pnd.weir.example.org/ponds/brooking/.", {"TYPE": "misc", "title": "Brooking", "publisher": "WEIR. PND"}),
        ("Wide Ponds. (2023, December 29). POND SERIES. Retrieved March 5, 2022, from https://www.example.org/datasheets/44.pdf", {"author": "Wide Ponds"}),
        ("Keeling, B. (2007). Guidelines for performing Systematic Pond Reviews in Water Engineering. https://www.example.com/review.pdf",
         {"TYPE": "misc", "title": "Guidelines for performing Systematic Pond Reviews in Water Engineering"}),
        ("Docs of PondPy, pondpy.org/doc", {"TYPE": "misc", "url": "pondpy.org/doc"}),
        # parts of books, places, marks at the ends of titles, what programs write for nothing
        ("Kevin P. Weir. Machine Ponds, A Probabilistic Perspective, Chapters 4, 14 and 15.", {"TYPE": "book", "chapter": "4, 14 and 15", "title": "Machine Ponds, {A} Probabilistic Perspective"}),
        ("Haber, J. (1991): Erläuterungen zur Teichethik, Frankfurt a. M.", {"address": "Frankfurt a. M."}),
        ("Weir MT, Brook S (2016) \"Why should i trust ponds?\": Explaining the predictions of any weir. In: Proceedings of the 22nd Pond conference. ACM, New York, pp 1135–1144",
         {"title": "\"Why should i trust ponds?\": Explaining the predictions of any weir", "address": "New York"}),
        ("Peter Brook. 2003. Using confidence bounds for pond trade-offs. J. Pond. Learn. Res., 3(null):397–422, mar.", {"volume": "3", "number": "", "pages": "397--422"}),
        ("Olive Brook and Li Weir. 2011. An empirical evaluation of ponds. In Proceedings of the 24th International Conference on Ponds, page 2249–2257, Red Hook, NY, USA. Curran Associates Inc.",
         {"address": "Red Hook, NY, USA", "editor": ""}),
        ("Brook J, Weir A. Ponds: An incremental improvement. arXiv 2018.", {"publisher": "arXiv", "year": "2018"}),
        # in the wrong field
        ("Lange, Rolf/Lehmann, Jürgen (1986), Die Bedeutung der Erziehung für das Teichbewusstsein: Ergebnisse pädagogisch-empirischer Forschungen zum ökologischen Wissen und Handeln, Kiel.", {"address": "Kiel", "publisher": ""}),
        ("Bing Weir, Stephan Brook. 2002. Pond Mining from web collection. In 2002 IEEE International Conference on Ponds, Maebashi City, Japan.", {"address": "Maebashi City, Japan", "publisher": ""}),
        ("Weir, J., and Brook, K. Quantum ponds for protein folding. NeurIPS 2031.", {"year": "2031", "pages": ""}),
        ("Mann, K. (1928): Das Problem der Teiche. In: Kölner Vierteljahreshefte für Teiche, 157-185; 309-330", {"pages": "157--185, 309--330", "volume": ""}),
        ("Brima E.I. Determination of Pond Levels (Smokeless) with Plasma (ICP-MS) in Najran, Saudi Arabia Asian Pac. J. Pond Prev. 2016 17 4761 4767 27893209", {"pages": "4761--4767", "pmid": "27893209"}),
        ("Weir S; Brook R Ponds toward the M2 status. Pond Res. 2015, 17, 101. [PubMed: 26243145]", {"pages": "101", "pmid": "26243145"}),
        ("V. M. Weir et al. [D0 Collaboration], arXiv:hep-ex/0805.2614", {"eprint": "0805.2614"}),
        ("Gretton, A., Smola, A., Huang, J.: Covariate shift by kernel ponds. Dataset shift in machine learning 3(4) (2009) 5", {"title": "Covariate shift by kernel ponds", "journal": "Dataset shift in machine learning", "volume": "3"}),
        ("Singh V. Garg A.N. Availability of pond metals in medicinal herbs using neutron activation analysis Appl. Radiat. Isot. 1997 48 97 101 10.1016/S0969-8043(96)00043-7 9022215",
         {"doi": "10.1016/s0969-8043(96)00043-7", "pmid": "9022215", "author": "Singh, V. and Garg, A. N."}),
        # people
        ("POND Collaboration, S. Anders et al., Phys. Rev. Lett. 86, 2732 (2001).", {"author": "POND Collaboration} and Anders, S. and others"}),
        ("The POND Group. POND – Groups, Algorithms, and Programming, Version 4.14.0, 2024.", {"version": "4.14.0", "author": "The POND Group"}),
        ("Kumar PK Kumar MR Kavita K Singh J Khan R Pharmacological actions of pond water–a review article. IJAPBC 2012 Jul-Sep 1 3 406 413", {"author": "Kumar, P. K. and Kumar, M. R. and Kavita, K. and Singh, J. and Khan, R."}),
        ("(a) Comins D. L. Hong H. Salvador J. M. J. Org. Chem. 1991 56 7197 7199", {"author": "Comins, D. L. and Hong, H. and Salvador, J. M.", "pages": "7197--7199"}),
        ("Patel, ML Valen, AM Pritch, JC Burnet, and MM Redfield. Cardiac ponds. Am J Physiol,2005;289:777-784", {"author": "Patel and Valen, M. L. and Pritch, A. M. and Burnet, J. C. and Redfield, M. M."}),
        ("Cheng, Brook, Garcia, and et al. A rapid bedside test for ponds. J Am Coll Cardiol,2001;37:386-91", {"author": "Cheng and Brook and Garcia and others"}),
        ("Ferreira OGL, Maciel SC, Sá RCN da, Moreira MASP. Ponds of old age. Psico. 2010;15(3):357-364.", {"author": "Ferreira, O. G. L. and Maciel, S. C. and da Sá, R. C. N. and Moreira, M. A. S. P."}),
        ("DeepWeir-AI. DeepWeir-V3 pond report. arXiv:2412.19437, 2024.", {"author": "DeepWeir-AI"}),
        ("Moore, D., Burnim, J, and the PND Team (2019). \"Quiet ponds in the north\" Available at https://blog.example.org/2019/ponds.html", {"author": "Moore, D. and Burnim, J. and {PND Team"}),
        ("John Weir and other contributors. Pondoc: a universal weir. https://pondoc.example.org, 2023.", {"author": "Weir, John and others", "title": "Pondoc: a universal weir"}),
        ("Pond Software Foundation. weirparse — Parser for weirs. https://docs.example.org/3/weirparse.html", {"author": "Pond Software Foundation", "title": "weirparse — Parser for weirs"}),
        ("DE GARDE-WICHAT, M., CARON, A. & MICHEL, A. 2013. A review of quiet ponds. Epidemiol Infect, 141, 1342-56.", {"author": "de Garde-Wichat, M. and Caron, A. and Michel, A."}),
        ("Torres Z. E. D. Silva L. F. R. E. de Vasco M. C. Braz Filho R. Molecules 2013 18 6281 6297 23760029", {"author": "Torres, Z. E. D. and Silva, L. F. R. E. and de Vasco, M. C. and Braz Filho, R."}),
        ("Weir A. et al., 2007, preprint (arXiv:0710.5636)", {"author": "Weir, A. and others", "eprint": "0710.5636"}),
        ("Dahl, Östen. 2008. The pond is wiser than the evening. Paper presented at Chronos 8: International conference on Ponds.", {"TYPE": "inproceedings", "booktitle": "Chronos 8: International conference on Ponds"}),
        ("Wexel, A.: A Feature-Based Approach to Ponds, MS Thesis, Massachusetts Institute of Ponds (MIP), June, 1994", {"TYPE": "mastersthesis"}),
        ("Zhang Y, Weir PB. Effect of quiet ponds in mice. Toxicol Appl Pharmacol. Elsevier Inc.; 2014;277: 138-145. doi:10.1016/j.taap.2014.03.009", {"TYPE": "article", "journal": "Toxicol Appl Pharmacol"}),
        # what is said beside the fields
        ("Joseph A. Ponds and their ideals, Ergebnisse der Mathematik und ihrer Grenzgebiete (3) 29, Springer-Verlag, Berlin (1995), x+383pp.",
         {"series": "Ergebnisse der Mathematik und ihrer Grenzgebiete (3)", "volume": "29", "pagetotal": "x+383", "pages": "", "number": ""}),
        ("PERRIN, Louis F. Le système des étangs. Évreux : Flammarion, 1997. 127 p.", {"pagetotal": "127", "pages": ""}),
        ("Norden, K. (in press). The rise and fall of the Ponds of the North. Prague: Karolinum.", {"note": "in press", "publisher": "Karolinum"}),
        ("Yoshi Suzuki. 1997. Keyword extraction of quiet ponds. In NLPRS97, pages 301-306. (in Japanese).", {"TYPE": "inproceedings", "booktitle": "NLPRS97", "note": "in Japanese"}),
        ("Durbin, J., Koopman, S. J. (2001). Quiet Ponds by State Space Methods, Oxford Statistical Science Series", {"TYPE": "book", "series": "Oxford Statistical Science Series"}),
        ("Brossard, Mia. 1988. Materials on the ponds of Dik. Marburg: Pond University. (MA thesis.)", {"TYPE": "mastersthesis", "school": "Pond University", "type": "MA thesis"}),
        ("PONDSCAR – Open Source Pond Algebra System, Version 1.3.0-DEV, 2024.", {"TYPE": "misc", "publisher": "", "version": "1.3.0-DEV"}),
        ("POND – Open Source Pond Algebra Research system, Version 1.3.0-DEV, 2024.", {"title": "POND} – Open Source Pond Algebra Research system", "version": "1.3.0-DEV"}),
        ("Spencer, Ada. 2009. Case as a Phenomenon. In Andrej L. Weir & Ada Spencer (Eds.), The Handbook of Ponds (pp. 185–199). Oxford: Oxford University Press. Note that Spencer does not count clitics as morphological case, while in Pondbank they are counted as such.",
         {"title": "Case as a Phenomenon", "note": "Note that Spencer does not count clitics as morphological case, while in Pondbank they are counted as such"}),
        ("Xie, Y. 2014. Pondr: A comprehensive tool for reproducible ponds. Implementing reproducible pond research. V. Weir, F. Brook, and R.D. Peng, eds. Weir Press.",
         {"TYPE": "incollection", "title": "Pondr: A comprehensive tool for reproducible ponds", "booktitle": "Implementing reproducible pond research"}),
        ("Thich, T. (2006, August 8). Letter to President G.W. Brook. Retrieved from: http://village.example.org/letters/", {"howpublished": ""}),
        # blanks that the print put there
        ("Brook A, Weir B. Smooth muscle- selective ponds and prob- lems ( Ranidae ) of pre- and postnatal life. J Pond Res. 2010;12:3-9.",
         {"title": "Smooth muscle-selective ponds and problems (Ranidae) of pre- and postnatal life"}),
        ("Drover, Paul (2006). Quiet ponds of the north. In Jarmila Nova (Ed.), In the proceedings of 30th conference of the Pond Group (pp.473-480). Prague: PME.",
         {"booktitle": "Proceedings of 30th conference of the Pond Group"}),
        ("Pandey G Madhuri S Activities of quiet ponds: a review. Int J Pond Sci Review and Res 2010 Nov-Dec 5 1 61 66", {"volume": "5", "number": "1", "pages": "61--66", "year": "2010", "month": "nov", "day": ""}),
        ("Kumar PK Weir MR Actions of pond water–a review article. IJAPBC 2012 Jul-Sep 1 3 406 413", {"volume": "1", "number": "3", "month": "jul", "day": ""}),
        # people of lists that are cut short, bodies among them, makers of programs
        ("Kask, Peet. 1996. Development of the ponds in Estonia. Weir Press.", {"author": "Kask, Peet"}),
        ("Potter, Andrea R. Yoder, Darcy R. Flora, and Deborah M. Dickey. Quiet ponds. Handb Exp Pond,2009;191:341-366", {"author": "Potter and Yoder, Andrea R. and Flora, Darcy R. and Dickey, Deborah M."}),
        ("Brook, H. Igor and Richard G. Weir. \"A Problem of Ponds.\" Pond Science, XIII (1967), pp. 219-239.", {"author": "Brook, H. Igor and Weir, Richard G."}),
        ("Joubert, Labrecque, and De Lean. Reduced activity of the ponds. Pondistry,2001;40:11096-11105", {"author": "Joubert and Labrecque and {De Lean"}),
        ("DeepWeir-AI, Aixin Liu, Bei Feng, et al. DeepWeir-V3 pond report. 2024.", {"author": "DeepWeir-AI} and Liu, Aixin and Feng, Bei and others"}),
        ("Brook A, Weir B, et al, POND Study Group. Admission levels of ponds. J Am Coll Pond,2007;49:1943-50",
         {"author": "Brook, A. and Weir, B. and {POND Study Group} and others", "title": "Admission levels of ponds"}),
        ("D. H. R. BARTON, D. J. LESTER et S. V. LEY. J. Chem. Soc. Chem. Commun. 277 (1978)", {"author": "Barton, D. H. R. and Lester, D. J. and Ley, S. V."}),
        ("Brook Labrada, Jorge E. 2015. The Mako ponds. London, Ontario: University of Western Ontario. (Doctoral dissertation.)", {"author": "Brook Labrada, Jorge E."}),
        ("National Institute of Ponds and Technology (NIPT). (April 2010). Special Publication: Pond Sizes for Personal Verification.", {"author": "National Institute of Ponds and Technology (NIPT)"}),
        ("Pond developers. 2024b. Pond documentation. https://ponds.example.org/docs/", {"author": "Pond developers", "title": "Pond documentation", "note": ""}),
        ("Moritz Brook and Ada Weir. mbrook/ZigZagPond.jl: v0.10.0, 2021. doi:10.5281/ZENODO.3931118.", {"author": "Brook, Moritz and Weir, Ada", "title": "mbrook/{ZigZagPond}.jl: v0.10.0"}),
        # titles that go on, and what is none of them
        ("Jan Brook, Ada Weir, and Zoe Reed. Prague Pond Treebank 2.0.", {"title": "Prague Pond Treebank 2.0"}),
        ("Theodore Weir. Pond logic and probability: a critical exposition of contemporary algebra, logic and probability theory. Elsevier, 1986.",
         {"TYPE": "book", "title": "Pond logic and probability: a critical exposition of contemporary algebra, logic and probability theory"}),
        ("Gray, M. and Chang, T. (2019). A range-wide model of connectivity for the ponds. (in review). Pondosphere.", {"title": "A range-wide model of connectivity for the ponds", "note": "in review"}),
        ("Wondel, \"Last Pond Records\", Wondel 64 and IP-32 Architectures Software Developer's Manual, Volume 3, Chapter 18.",
         {"TYPE": "incollection", "title": "Last Pond Records", "booktitle": "Wondel 64 and IP-32 Architectures Software Developer's Manual, Volume 3", "chapter": "18"}),
        ("Shin Brook, editor. 1995. The Weir Encyclopedia of Current Terms 'Pondo'. Asahi Shimbun.", {"title": "The Weir Encyclopedia of Current Terms 'Pondo'"}),
        # containers, series, places
        ("Маркс К. Экономическо-философские рукописи 1844 года // Маркс К., Энгельс Ф. Сочинения. — 2-е изд. — М., 1974. — Т. 42. — С. 41–174.",
         {"TYPE": "incollection", "booktitle": "Сочинения", "editor": "Маркс, К. and Энгельс, Ф."}),
        ("Иванов И. И. О прудах // Труды института. — М.: Наука, 1981. — С. 3–7.", {"booktitle": "Труды института", "address": "М.", "title": "О} прудах"}),
        ("Ada Brook, Olive Weir. 2007. Overview of the Answer Validation Exercise 2007. In the CLEF 2007 Working Notes.", {"TYPE": "inproceedings", "booktitle": "CLEF 2007 Working Notes"}),
        ("Weir, O. & Miller, R. J. (2009). Creating quiet ponds. The VLDB Journal–The International Journal on Very Large Data Bases, 18(5), 1141–1166.", {"TYPE": "article"}),
        ("N. Hansen. The pond strategy: a comparing review. In Towards a new evolutionary weir, pages 75–102. 2006.", {"TYPE": "incollection", "booktitle": "Towards a new evolutionary weir"}),
        ("L. Brook and D. Weir. Tuning of quiet ponds. In 2019 Workshop on Learning for Ponds 4.0 (ICRP), pages 902–907, 2019.", {"booktitle": "2019 Workshop on Learning for Ponds 4.0 (ICRP)", "volume": ""}),
        ("Thierry Weir. 2020. Reflexive Ponds. In 28th Annual Conference on Pond Science Logic, CSL 2020 (LIPIcs, Vol. 152), Maribel Brook (Ed.). Schloss Dagstuhl, 14:1–14:17.",
         {"series": "LIPIcs", "volume": "152", "pages": "14:1--14:17"}),
        ("Chafe, Wallace. 2015. A grammar of the Pond Language. (University of California Publications in Ponds, 150.) Berkeley and Los Angeles: University of California Press.",
         {"TYPE": "book", "series": "University of California Publications in Ponds", "number": "150", "publisher": "University of California Press"}),
        ("Newman, Stanley. 1965. Zuni grammar. (University of New Mexico Publications in Anthropology, 14.) Albuquerque: The University of New Mexico Press.",
         {"series": "University of New Mexico Publications in Anthropology", "number": "14"}),
        ("Haber, Ada, 2009: Teiche gegen den Strom: Anders leben im Alltag. Teichstein/Ts.", {"address": "Teichstein/Ts.", "publisher": ""}),
        ("La Weir, Francis. 1932. A dictionary of the Pond language. Washington, D.C.: Government Printing Office.", {"address": "Washington, D.C."}),
        ("Comrie, Ada. 2013. Alignment of Ponds. In: Weir, Matt S. & Brook, Ann (eds.) The World Atlas of Ponds. Leipzig: MPI EVA. (the section on active ponds)", {"publisher": "MPI EVA", "note": "the section on active ponds"}),
        # numbers
        ("M.M. Brook et al., Nucl. Phys. A904-905, 911c (2013)", {"volume": "904-905", "pages": "911c"}),
        ("U. Weir et al., Phys. Rev. B 80, 201311(R) (2009)", {"pages": "201311(R)"}),
        ("Briggs, D. S. 1995, AAS Meeting 187 Abstracts, #112.02", {"isbn": ""}),
        ("Jon Brook. Programming Ponds (2nd Edition). Weir Professional, 2 edition, 1999.", {"edition": "2", "note": ""}),
        ("Weir, Jo; Brook, C. Robin. (2006). Quiet Pond Discovery. John Reed & Sons. https://books.example.com/books?id=Fj. Accessed 2023-03-08.", {"urldate": "2023-03-08"}),
        ("T. Weir and J. Brook, \"Quantum corrections to ponds,\" JHEP 1311, 074 (2013) [arXiv:1307.2892 [hep-th]].", {"primaryclass": "hep-th", "note": ""}),
        ("Zhu S. , US 20100087469 A1, 2010.", {"TYPE": "misc", "number": "US 20100087469 A1", "year": "2010"}),
        ("Plasma Ponds Control. Fusion 53 (2011) 085003 (12pp)", {"pages": "085003", "volume": "53"}),
        ("E. FLYNN. Ponds and weirs. Academic Press, New York, London. 1972. Chap. 3, 4 et 5.", {"author": "Flynn, E.", "chapter": "3, 4 et 5", "pages": ""}),
        ("Mueller, A. et al. PondCloud 1.5.0: a little pond generator in Python. Zenodo https://zenodo.org/record/1322068#.W4tPKZNKh24 (2018).",
         {"TYPE": "misc", "howpublished": "Zenodo", "url": "https://zenodo.org/record/1322068#.W4tPKZNKh24", "volume": ""}),
        ("Mccauley J. A. , Liverton N. J. and Crescenzi B. , WO/2012/040040, 2012.", {"number": "WO/2012/040040"}),
        ("Reed A. PondTool 2.1 (2019).", {"title": "PondTool} 2.1", "volume": ""}),
        # theses, remarks, subtitles
        ("Weinberg, Gerhard L. (1994): A World at Arms. A Global History of World War II. Cambridge.", {"title": "A World at Arms. A Global History of World War {II", "publisher": ""}),
        ("Rappole J. The quiet pond: the biology of weirs. Columbia University Press, New York, New York; 2013.", {"publisher": "Columbia University Press"}),
        ("Peter Brook und Doug Lea. Java Ponds In Practice. Mai 2006. isbn: 978-0-321-34960-6.", {"title": "Java Ponds In Practice", "month": "may", "year": "2006"}),
        ("A. Brook and H. Weir, Towards a definition of quiet ponds in three dimensions, II, arXiv:1601.03586.", {"title": "Towards a definition of quiet ponds in three dimensions, {II", "volume": ""}),
        ("Brenan, K. E., and L. R. Weir. 1995. Numerical Solution of Ponds. SIAM Classics in Applied Mathematics 14. Philadelphia: Society for Industrial; Applied Mathematics.",
         {"TYPE": "book", "series": "SIAM Classics in Applied Mathematics", "volume": "14"}),
        # bodies and people
        ("W. H. Press and B. Flannery, Numerical Ponds in C (Weir University Press, 1999).", {"author": "Press, W. H. and Flannery, B."}),
        ("Industriegewerkschaft Metall (IGM) (1991), Tarifreform 2000. Ein Gestaltungsrahmen für die Teiche der Zukunft. Frankfurt.", {"author": "Industriegewerkschaft Metall (IGM)"}),
        ("University of Edinburgh: Pondchain Technology Lab. (2025, May 28). Rewards Sharing Simulation Engine. https://github.com/Weir/Rewards-Engine",
         {"author": "University of Edinburgh: Pondchain Technology Lab", "title": "Rewards Sharing Simulation Engine"}),
        ("J. M. Flynn and C. T. Brook, in Heavy Ponds, edited by A. J. Buras and M. Linder (World Scientific, Singapore, 1998).", {"author": "Flynn, J. M. and Brook, C. T.", "editor": "Buras, A. J. and Linder, M.", "booktitle": "Heavy Ponds"}),
        ("K.I. Brook, T. Yama, T. Weir (PACS), PoS PONDS2015, 075 (2016), 1511.09222", {"author": "Brook, K. I. and Yama, T. and Weir, T. and {PACS"}),
        ("T. J. DE BOER et H. J. BACKER. Org. Synth. Coll. Vol. IV, 250 (1967).", {"author": "de Boer, T. J. and Backer, H. J."}),
        ("Microsoft, \"x64 exception handling\", MSVC documentation. https://ponds.example.com/en-us/cpp/exception-handling-x64", {"author": "Microsoft", "publisher": ""}),
        # reports, proceedings, what is no year and no end of an address
        ("Y. B. Hsiung et al., Nucl. Phys. Proc. Suppl, 86, 312 (2000)", {"TYPE": "article", "journal": "Nucl. Phys. Proc. Suppl"}),
        ("James Weir. Calculus. Cengage Learning. 9th Edition 2020.", {"TYPE": "book", "publisher": "Cengage Learning", "edition": "9"}),
        ("M. Gelfond and V. Lifschitz, “The stable model semantics for logic programming,” 5th International Conf. of Symp. on Logic Programming, no. December 2014, pp. 1070–1080, 1988.", {"year": "1988"}),
        ("Bonardi G, Souza VBA, Moraes JFD. Incapacidade funcional e idosos: um desafio para os profissionais de saúde. Sci med. [online]. 2007 [citado julho 2012]; 17(3):138-44. Disponível em:http://revistas.example.br/ojs/index.php/scientia/article/viewDownloa dInterstitial/1647/7873",
         {"url": "http://revistas.example.br/ojs/index.php/scientia/article/viewDownloadInterstitial/1647/7873"}),
        # accents beside their letters
        ("J. G. Ko ¨rner and G. A. Dvoˇr´ak. Ponds of Saarbr¨ucken. J. Pond. 38, 511 (1988).", {"author": "Körner, J. G. and Dvořák, G. A.", "title": "Ponds of Saarbrücken"}),
    ],
)  # fmt: skip
def test_loose_references_come_out_as_a_careful_person_writes_them(text: str, expected: dict[str, str]) -> None:  # fmt: skip
    made = entry(text)
    assert {k: made.get(k, "") for k in expected} == expected


def test_an_address_without_its_scheme_takes_what_it_holds_out_of_other_fields() -> None:
    csl = {"type": "document", "title": "Ponds", "publisher": "pond-house.org"}
    made = as_entry(Claim(csl, raw="Ponds. pond-house.org/ponds"))
    assert made == {"type": "webpage", "title": "Ponds", "URL": "pond-house.org/ponds"}
