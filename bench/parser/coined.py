"""Random numbers in; places, publishers, universities, bodies and conference names out, made up by the rules by which real ones are named.

What a model should know of a publisher is where it stands, not that it is called Springer: most of the publishers and towns of a
reference list are in no list.
"""

from __future__ import annotations

import random
from typing import Any

CITIES = [
    "Addis Ababa", "Amman", "Ankara", "Annapolis", "Ann Arbor", "Aarhus", "Abidjan", "Accra", "Adelaide", "Albany", "Algiers", "Almería", "Antwerp", "Athens", "Auckland", "Austin",
    "Baltimore", "Bangalore", "Bangkok", "Basingstoke", "Beirut", "Belgrade", "Beltsville", "Bergen", "Bethesda", "Bhubaneswar", "Bilbao", "Birmingham",
    "Bloomington", "Bogor", "Bogotá", "Bologna", "Boulder", "Bratislava", "Brisbane", "Bristol", "Brno", "Brussels", "Bucharest", "Budapest", "Buenos Aires", "Buffalo",
    "Cairo", "Calcutta", "Cali", "Canberra", "Cape Town", "Caracas", "Carbondale", "Cardiff", "Champaign", "Chapel Hill", "Chengdu", "Chennai", "Cheltenham", "Chiang Mai", "Chicago",
    "Christchurch", "Cleveland", "Coimbra", "College Station", "Colombo", "Columbus", "Córdoba", "Cork", "Dakar", "Dalian", "Dar es Salaam", "Delft", "Denver", "Dhaka",
    "Dublin", "Durban", "Durham", "East Lansing", "Edinburgh", "Eindhoven", "Enschede", "Exeter", "Fairbanks", "Florence", "Fort Collins", "Fortaleza", "Gainesville", "Galway",
    "Gdańsk", "Geneva", "Genoa", "Ghent", "Glasgow", "Göteborg", "Granada", "Grenoble", "Groningen", "Guadalajara", "Guangzhou", "Hangzhou", "Hanoi", "Harare", "Harmondsworth", "Havana",
    "Helsinki", "Hillsdale", "Hobart", "Honolulu", "Houston", "Hyderabad", "Islamabad", "Istanbul", "Ithaca", "Izmir", "Jakarta", "Jerusalem",
    "Johannesburg", "Karachi", "Kathmandu", "Kharkiv", "Khartoum", "Kraków", "Kuala Lumpur", "Kunming", "Kyiv", "Kyoto", "La Jolla", "La Plata", "Lahore", "Lanzhou",
    "Laramie", "Lawrence", "Leicester", "Leuven", "Lille", "Lima", "Lisboa", "Lisbon", "Ljubljana", "Lleida", "Łódź", "Los Alamos", "Louvain-la-Neuve", "Lublin",
    "Lund", "Lyon", "Madison", "Madrid", "Malmö", "Managua", "Manila", "Maputo", "Marrakech", "Marseille", "Melbourne", "Menlo Park", "Mérida", "México", "México, D.F.", "Mexico City",
    "Middletown", "Milan", "Milano", "Milwaukee", "Minneapolis", "Minsk", "Montevideo", "Montpellier", "Montréal", "Morgantown", "Moscow", "Mumbai", "Murcia", "Nagoya", "Nairobi",
    "Nanjing", "Naples", "Napoli", "New Brunswick", "New Delhi", "New Haven", "Nijmegen", "Norman", "Norwich", "Novosibirsk", "Odense", "Omaha", "Oslo",
    "Ottawa", "Oulu", "Oviedo", "Palermo", "Palo Alto", "Pamplona", "Paris", "Pavia", "Penang", "Perth", "Perugia", "Pisa", "Piscataway", "Pittsburgh", "Port Moresby", "Porto",
    "Porto Alegre", "Poznań", "Prague", "Praha", "Pretoria", "Princeton", "Providence", "Provo", "Pullman", "Quito", "Rabat", "Raleigh", "Reading", "Rehovot", "Reno", "Reston",
    "Riga", "Rio de Janeiro", "Rockville", "Roma", "Rosario", "Rotterdam", "Saarbrücken", "Saint Paul", "Salamanca", "Salt Lake City", "San Antonio", "San Diego", "San José",
    "Santa Monica", "Santiago", "Santiago de Chile", "São Carlos", "São Paulo", "Sarajevo", "Seattle", "Seoul", "Sevilla", "Shanghai", "Sheffield", "Shenyang", "Singapore",
    "Skopje", "Sofia", "St. Louis", "Stanford", "Stillwater", "Stockholm", "Strasbourg", "Syracuse", "Taipei", "Tallahassee", "Tallinn", "Tampere", "Tartu", "Tbilisi",
    "Tehran", "Tel Aviv", "Tempe", "Thousand Oaks", "Tokyo", "Toronto", "Torino", "Toruń", "Toulouse", "Trento", "Trieste", "Tromsø", "Trondheim", "Tucson", "Tunis", "Turin", "Turku",
    "Umeå", "University Park", "Uppsala", "Urbana", "Utrecht", "Valencia", "Valparaíso", "Vancouver", "Venezia", "Venice", "Victoria", "Vilnius", "Visby", "Wageningen",
    "Warsaw", "Warszawa", "Washington, D.C.", "Washington, DC", "Waterloo", "Wellington", "West Lafayette", "Winnipeg", "Wrocław", "Wuhan", "Xi'an", "Yaoundé", "York",
    "Zagreb", "Zaragoza",
]
REGIONS = [
    "NY", "MA", "CA", "NJ", "CT", "PA", "MD", "VA", "FL", "TX", "IL", "MI", "MN", "WI", "OH", "IN", "NC", "GA", "CO", "AZ", "WA", "OR", "MO", "UK", "U.K.", "USA", "U.S.A.",
    "Cambridgeshire", "Mass.", "Calif.", "Conn.", "N.J.", "N.Y.", "Ill.", "Md.", "Wis.", "Fla.", "Pa.", "England", "Scotland", "Wales", "Ireland", "Germany", "France", "Italy", "Spain",
    "Portugal", "Netherlands", "The Netherlands", "the Netherlands", "Belgium", "Switzerland", "Austria", "Denmark", "Sweden", "Norway", "Finland", "Poland", "Hungary", "Greece",
    "Turkey", "Israel", "India", "China", "PR China", "Japan", "Korea", "South Korea", "Taiwan", "Thailand", "Vietnam", "Malaysia", "Indonesia", "Philippines", "Australia", "New Zealand",
    "Canada", "Ontario", "Quebec", "Brazil", "Argentina", "Chile", "Mexico", "Colombia", "Peru", "Egypt", "Kenya", "Nigeria", "Ghana", "Ethiopia", "South Africa", "Iran", "Pakistan",
    "Bangladesh", "Nepal", "Russia", "Ukraine", "Romania", "Bulgaria", "Slovenia", "Croatia", "Czech Republic", "Hants", "Surrey", "Essex", "Sussex", "Kent", "Victoria",
    "NSW", "Queensland", "California", "Massachusetts", "New York", "Illinois", "Indiana", "Michigan", "Ohio", "Texas", "Virginia", "Montana", "Vt.",
]
FIELDS = [
    "Sociology", "Statistics", "Computer Science", "Economics", "Physics", "Mathematics", "Education", "Agriculture", "Psychology", "Linguistics", "History", "Geography", "Archaeology",
    "Philosophy", "Engineering", "Forestry", "Medicine", "Public Health", "Chemistry", "Biology", "Anthropology", "Political Science", "Environmental Studies", "Social Research",
    "Marine Sciences", "Labour", "Finance", "Nutrition", "Plant Breeding", "Energy", "Transport", "Water Research", "Oncology", "Demography",
]
COUNTRIES = [
    "Ethiopia", "India", "Kenya", "Ghana", "Canada", "Australia", "Ireland", "Scotland", "Norway", "Sweden", "Finland", "Denmark", "South Africa", "Nigeria", "Uganda", "Tanzania",
    "Mozambique", "Bangladesh", "Nepal", "Pakistan", "Malaysia", "New Zealand", "China", "Japan", "Brazil", "Chile", "Mexico", "Peru", "England", "Wales", "Great Britain", "Italy",
    "Spain", "Portugal", "Greece", "Turkey", "Egypt", "Israel", "Poland", "Hungary", "Romania", "the Netherlands", "Belgium", "Germany", "France", "Switzerland", "Austria",
]
FIRSTS = [
    "Northern", "Southern", "West", "Eastern", "Royal", "Blue", "Golden", "White", "Black", "Silver", "Green", "Red", "Stone", "Free", "Common", "Open", "New", "Old", "Left", "Lone",
    "Clear", "Bright", "Sun", "Moon", "Ivy", "Oak", "Elm", "Harbour", "River", "Hill", "Lake", "Island", "Lion", "Phoenix", "Penguin", "Falcon", "Atlas", "Orion", "Minerva",
    "Apollo", "Academic", "Scientific", "Humanities", "Critical", "Classic", "Modern", "Dover", "Pioneer", "Union", "Crown", "Castle",
]
SECONDS = [
    "Coast", "Press", "Gate", "Bridge", "House", "Street", "Square", "Tree", "Rock", "River", "Star", "Arrow", "Horse", "Fox", "Crow", "Door", "Garden", "Field", "Wood", "Way", "Hall",
    "Mill", "Road", "Lamp", "Page", "Book", "Leaf",
]
ACRONYMS = [
    "SIGGRAPH", "SIGCOMM", "INFOCOM", "ICML", "NeurIPS", "NIPS", "ICLR", "CVPR", "ICCV", "ECCV", "ACL", "EMNLP", "NAACL", "COLING", "EACL", "AAAI", "IJCAI", "ECAI", "SIGIR", "KDD", "WWW",
    "CHI", "CSCW", "UIST", "SIGMOD", "VLDB", "ICDE", "PODS", "ICDT", "CIKM", "WSDM", "ECIR", "TREC", "CLEF", "ICSE", "FSE", "ASE", "OOPSLA", "ECOOP", "POPL", "PLDI", "ICFP", "ESOP",
    "CAV", "TACAS", "LICS", "CADE", "STOC", "FOCS", "SODA", "ICALP", "STACS", "ESA", "SOCG", "CRYPTO", "EUROCRYPT", "CCS", "NDSS", "SOSP", "OSDI", "NSDI", "USENIX ATC", "ISCA", "MICRO",
    "ASPLOS", "HPCA", "SC", "PPoPP", "ICPP", "IPDPS", "ICRA", "IROS", "RSS", "ICASSP", "INTERSPEECH", "ICIP", "ICPR", "BMVC", "WACV", "MICCAI", "ISBI", "ICDM", "SDM", "PAKDD", "ECML",
    "COLT", "UAI", "AISTATS", "GECCO", "CEC", "ICANN", "IJCNN", "ESANN", "LREC", "MobiCom", "MobiSys", "SenSys", "IPSN", "DAC", "DATE", "ICCAD", "VR", "IEEE VIS", "InfoVis",
    "EuroVis", "HCII", "ISWC", "ESWC", "EKAW", "K-CAP", "AAMAS",
]
MEETING = "Conference|International Conference|Symposium|International Symposium|Workshop|International Workshop|Annual Meeting|Annual Conference|European Conference|Congress|World Congress|National Conference|Joint Conference|Annual Symposium|Colloquium"


def place(rng: random.Random) -> str:
    """A town, at times with its state or country, at times two."""
    town = rng.choice(CITIES)
    way = rng.random()
    if way < 0.25 and "," not in town:
        return town + ", " + rng.choice(REGIONS)
    if way < 0.28 and "," not in town:
        return f"{town} ({rng.choice(REGIONS)})"
    if way < 0.34:
        return town + rng.choice((" and ", "/", "; ", " & ", ", ", " – ", " - ", " etc.: ")).replace(" etc.: ", " ") + rng.choice(CITIES)
    return town if way < 0.97 else rng.choice(REGIONS)


def university(rng: random.Random, family: str) -> str:
    town = rng.choice(CITIES).split(",")[0]
    return rng.choice(
        (
            "University of {}", "{} University", "Universität {}", "Technische Universität {}", "Université de {}", "Universidad de {}", "Università di {}", "Universidade de {}", "Universiteit {}", "{} State University",
            "{} Institute of Technology", "Agricultural University of {}", "{} Agricultural University", "University of California, {}", "University of Technology {}", "Univ. of {}", "Univ. {}", "TU {}", "Uniwersytet {}",
            "{} University of Science and Technology", "{} College", f"{family}-Universität {{}}", f"{family} University {{}}", f"Université {family}", f"{family} Research Center {{}}", f"{family} University",
        )
    ).format(town)  # fmt: skip


def department(rng: random.Random) -> str:
    field = rng.choice(FIELDS)
    return rng.choice(
        (
            "Department of {}", "Dept. of {}", "School of {}", "Faculty of {}", "Institute of {}", "Institut für {}", "Laboratory of {}", "Center for {}", "Centre for {}", "Dept. {}",
            "{} Department",
        )
    ).format(field)


def publisher(rng: random.Random, people: list[dict[str, Any]]) -> str:
    """A publishing house, a university's press, a body or a university that publishes."""
    a, b = rng.choice(people)["family"], rng.choice(people)["family"]
    way = rng.random()
    if way < 0.5:
        return rng.choice(
            (
                a, a, a, f"{a} & {b}", f"{a} and {b}", f"{a} Verlag", f"{a} Press", f"{a} Publishers", f"{a} Publishing", f"{a} Books", f"Verlag {a}", f"Éditions {a}", f"Editions {a}", f"Editorial {a}", f"Edizioni {a}", f"Librairie {a}", f"{a} Editore",
                f"Editora {a}", f"Uitgeverij {a}", f"Wydawnictwo {a}", f"{a} Forlag", f"{a} förlag", f"{a} Inc.", f"{a}, Inc.", f"{a} Ltd.", f"{a} & Sons", f"{a} et {b}", f"{a} & Co.", f"{a} Academic", f"{a}-{b}", f"{a}/{b}", f"{a} y {b}", f"Ediciones {a}",
            )
        )  # fmt: skip
    if way < 0.65:
        first = rng.choice(FIRSTS)
        return (
            first
            + rng.choice((" ", " ", ""))
            + rng.choice(SECONDS)
            + rng.choice((" Press", " Books", "", " Publishing", " Publishers", " Publications", " Editions", " Verlag"))
        )
    if way < 0.78:
        town = rng.choice(CITIES).split(",")[0]
        return rng.choice(
            (
                "University of {} Press", "{} University Press", "Presses universitaires de {}", "Presses de l'Université de {}", "Universitätsverlag {}", "Ediciones Universidad de {}",
                "Wydawnictwo Uniwersytetu {}", "{} UP", "Univ. of {} Press",
            )
        ).format(town)
    if way < 0.88:
        return university(rng, a)
    return body(rng)


def body(rng: random.Random) -> str:
    """An organisation that writes or publishes reports."""
    field, country, town = rng.choice(FIELDS), rng.choice(COUNTRIES), rng.choice(CITIES).split(",")[0]
    name = rng.choice(
        (
            "Ministry of {f}", "Ministry of {f} and {f2}", "Department of {f}", "Department of {f} and {f2}", "National Institute of {f}", "National Council for {f}", "National {f} Program", "World {f} Organization",
            "World {f} Programme", "International Association of {f}", "International Council on {f}", "International {f} Group", "Bureau of {f}", "U.S. Department of {f}", "US Bureau of {f}", "Statistics {c}", "Government of {c}",
            "{c} {f} Authority", "{c} National {f} Survey", "European {f} Agency", "European {f} Network", "American {f} Association", "Royal Society of {f}", "{t} {f} Centre", "{t} {f} Group", "{f} Working Group", "{f} Research Centre",
            "{t} Foundation", "{t} Institute", "The {t} Consortium", "{t} Study Group", "{f} Data Group", "{f} Collaboration", "{t} City Council", "{c} Red Cross", "Institut für {f} {t}", "Instituto Nacional de {f}", "Ministerio de {f}", "Ministère de {f}",
            "Agence nationale de {f}", "Federal Office of {f}", "National Academy of {f}", "{f} Development Core Team", "{t} {f} Laboratory", "National {f} Laboratory", "Committee on {f}", "Commission on {f} and {f2}",
        )
    ).format(f=field, f2=rng.choice(FIELDS), c=country, t=town)  # fmt: skip
    way = rng.random()
    letters = "".join(w[0] for w in name.split() if w[0].isupper())
    if way < 0.12 and len(letters) > 2:
        return letters
    if way < 0.2 and len(letters) > 2:
        return f"{name} ({letters})" if rng.random() < 0.6 else f"{letters} ({name})"
    if way < 0.26:
        return f"{name}, {country}"
    return name


def meeting(rng: random.Random, when: str) -> str:
    """The name of a conference as reference lists give it."""
    short, field = rng.choice(ACRONYMS), rng.choice(FIELDS)
    kind = rng.choice(MEETING.split("|"))
    n = rng.randint(2, 52)
    nth = f"{n}{'th' if 10 < n < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"
    yy = when[2:]
    full = rng.choice(
        (
            "{k} on {f}", "{n} {k} on {f}", "{n} Annual {k} of the {f} Society", "{k} on {f} and {g}", "{n} {k} on {f} and {g}", "IEEE {k} on {f}", "ACM {k} on {f}",
            "{y} IEEE {k} on {f}", "IEEE/ACM {k} on {f}", "{n} IEEE {k} on {f}", "{y} IEEE {n} {k} on {f}",
        )
    ).format(k=kind, f=field, g=rng.choice(FIELDS), n=nth, y=when or nth)
    way = rng.random()
    if way < 0.3:
        return (
            rng.choice(
                ("Proc. ", "Proceedings of ", "Proc. of ", "", "", "Proceedings of the ", "ACM ", "IEEE ", "Proc. IEEE ", "Proc. ACM ")
            )
            + short
            + rng.choice((f" '{yy}", f"'{yy}", f"’{yy}", "", "", f" {when}", f"-{yy}", f"’{yy} Conference", f" {n}")).rstrip(" -")
        )
    tail = (
        rng.choice(
            (
                f" ({short})", f" ({short} {when})", f" ({short} '{yy})", f" ({short}'{yy})", f" ({short}-{when})", f", {short} {when}", f" {short}", f" - {short}", "", "", "", "",
            )
        )
        if when
        else rng.choice((f" ({short})", "", ""))
    )
    return (
        rng.choice(
            (
                "Proceedings of the ", "Proc. ", "Proc. of the ", "Proceedings of ", "", "Proceedings ", "Conference Record of the ", "Proc. of ",
            )
        )
        + full
        + tail
    )
