"""Facts in Chinese, Japanese and Korean in; references as journals of these countries set them, mixed anew from authors, titles and journals."""

from __future__ import annotations

import random
import re

from templates import Item, Pieces

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_KOREAN = [
    "김",
    "이",
    "박",
    "최",
    "정",
    "강",
    "조",
    "윤",
    "장",
    "임",
    "한",
    "오",
    "서",
    "신",
    "권",
    "황",
    "안",
    "송",
    "류",
    "전",
    "홍",
    "고",
    "문",
    "양",
    "손",
    "배",
    "백",
    "허",
    "유",
    "남",
    "심",
    "노",
    "하",
    "곽",
    "성",
    "차",
    "주",
    "우",
    "구",
    "민",
    "진",
    "지",
    "엄",
    "채",
    "원",
    "천",
    "방",
    "공",
]
_KOREAN_GIVEN = [
    "민",
    "서",
    "지",
    "현",
    "준",
    "영",
    "수",
    "진",
    "은",
    "경",
    "희",
    "동",
    "상",
    "재",
    "성",
    "호",
    "미",
    "정",
    "혜",
    "윤",
    "태",
    "철",
    "용",
    "연",
    "선",
    "기",
    "석",
    "우",
    "원",
    "하",
    "인",
    "병",
    "종",
    "훈",
    "주",
    "나",
    "유",
    "승",
    "광",
    "명",
]
_CHINESE = [
    "王",
    "李",
    "张",
    "張",
    "刘",
    "劉",
    "陈",
    "陳",
    "杨",
    "楊",
    "黄",
    "黃",
    "赵",
    "趙",
    "吴",
    "吳",
    "周",
    "徐",
    "孙",
    "孫",
    "马",
    "馬",
    "朱",
    "胡",
    "郭",
    "何",
    "高",
    "林",
    "罗",
    "羅",
    "郑",
    "鄭",
    "梁",
    "谢",
    "謝",
    "宋",
    "唐",
    "许",
    "許",
    "韩",
    "韓",
    "冯",
    "馮",
    "邓",
    "鄧",
    "曹",
    "彭",
    "曾",
    "肖",
    "田",
    "董",
    "袁",
    "潘",
    "于",
    "蒋",
    "蔡",
    "余",
    "杜",
    "叶",
    "葉",
    "程",
    "苏",
    "蘇",
    "魏",
    "吕",
    "丁",
    "任",
    "沈",
    "姚",
    "卢",
    "姜",
    "崔",
    "钟",
    "谭",
    "陆",
    "汪",
    "范",
    "金",
    "石",
    "廖",
    "贾",
    "夏",
    "韦",
    "方",
    "白",
    "邹",
    "孟",
    "熊",
    "秦",
]
_CHINESE_GIVEN = [
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "秀",
    "霞",
    "平",
    "刚",
    "桂",
    "英",
    "华",
    "玉",
    "兰",
    "国",
    "文",
    "建",
    "志",
    "海",
    "永",
    "春",
    "红",
    "梅",
    "晓",
    "雪",
    "宇",
    "浩",
    "欣",
    "怡",
    "佳",
    "天",
    "子",
    "思",
    "雨",
    "俊",
    "德",
    "新",
    "立",
    "成",
    "学",
    "光",
    "庆",
    "云",
    "波",
    "龙",
]
_JAPANESE = [
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "伊藤",
    "渡辺",
    "山本",
    "中村",
    "小林",
    "加藤",
    "吉田",
    "山田",
    "佐々木",
    "山口",
    "松本",
    "井上",
    "木村",
    "林",
    "斎藤",
    "清水",
    "山崎",
    "森",
    "池田",
    "橋本",
    "阿部",
    "石川",
    "山下",
    "中島",
    "石井",
    "小川",
    "前田",
    "岡田",
    "長谷川",
    "藤田",
    "後藤",
    "近藤",
    "村上",
    "遠藤",
    "青木",
    "坂本",
    "斉藤",
    "福田",
    "太田",
    "西村",
    "藤井",
    "金子",
    "岡本",
    "藤原",
    "三浦",
    "中野",
    "原田",
    "松田",
    "竹内",
    "小野",
    "中山",
    "和田",
    "石田",
    "森田",
    "上田",
    "原",
    "柴田",
    "酒井",
    "工藤",
    "横山",
    "宮崎",
]
_JAPANESE_GIVEN = [
    "太郎",
    "一郎",
    "健",
    "誠",
    "隆",
    "浩",
    "修",
    "豊",
    "明",
    "茂",
    "清",
    "実",
    "進",
    "和夫",
    "博",
    "剛",
    "直樹",
    "大輔",
    "恵子",
    "洋子",
    "裕子",
    "由美子",
    "美智子",
    "幸子",
    "真由美",
    "久美子",
    "武",
    "弘",
    "聡",
    "淳",
    "恵",
    "直美",
    "和子",
    "陽一",
    "孝",
    "正",
    "昭",
    "勝",
    "勇",
    "哲也",
    "健一",
    "浩二",
]
_HOUSES = {
    "ko": [
        "한국학술정보",
        "민음사",
        "학지사",
        "교육과학사",
        "법문사",
        "박영사",
        "창비",
        "문학과지성사",
        "서울대학교 출판부",
        "한국법제연구원",
        "이화여자대학교출판부",
        "일조각",
        "집문당",
        "한국연구원",
    ],
    "zh": [
        "人民出版社",
        "商务印书馆",
        "中华书局",
        "科学出版社",
        "北京大学出版社",
        "上海古籍出版社",
        "清华大学出版社",
        "三联书店",
        "文物出版社",
        "人民卫生出版社",
        "中国社会科学出版社",
        "復旦大學出版社",
        "台北: 聯經",
    ],
    "ja": [
        "岩波書店",
        "東京大学出版会",
        "吉川弘文館",
        "講談社",
        "筑摩書房",
        "みすず書房",
        "勁草書房",
        "日本評論社",
        "ミネルヴァ書房",
        "名古屋大学出版会",
        "学生社",
        "京都大学人文科学研究所",
        "史学研究会",
    ],
}
_TOWNS = {
    "ko": ["서울", "부산", "대구", "파주", "경기"],
    "zh": ["北京", "上海", "南京", "广州", "台北", "武汉", "西安", "杭州", "成都"],
    "ja": ["東京", "京都", "大阪", "名古屋"],
}
_TITLE_ENDS = {
    "ko": [
        "에 관한 연구",
        "에 미치는 영향",
        "의 효과 분석",
        "를 중심으로",
        "의 현황과 과제",
        "에 대한 고찰",
        "의 구조적 관계",
        "의 사례 연구",
        "의 쟁점과 전망",
        "의 비교 연구",
    ],
    "zh": [
        "研究",
        "分析",
        "的影响",
        "及其应用",
        "的思考",
        "初探",
        "综述",
        "的理论与实践",
        "考",
        "問題探討",
        "评价",
        "与对策",
        "机制研究",
    ],
    "ja": [
        "に関する研究",
        "の検討",
        "について",
        "の展開",
        "の分析",
        "の構造と変容",
        "をめぐって",
        "の製作地",
        "に関する一考察",
        "の課題と展望",
        "論",
    ],
}


def language(text: str) -> str:
    return "ko" if _HANGUL.search(text) else "ja" if _KANA.search(text) else "zh"


class East:
    """Titles and journals by language, out of which references are mixed."""

    def __init__(self, facts: list[Item]) -> None:
        self.titles: dict[str, list[str]] = {"ko": [], "zh": [], "ja": []}
        self.journals: dict[str, list[str]] = {"ko": [], "zh": [], "ja": []}
        for item in facts:
            for field, pool in (("title", self.titles), ("container-title", self.journals)):
                text = item.get(field, "")
                if _CJK.search(text) and len(text) < 150:
                    pool[language(text)].append(text)
        self.journals["ja"] = self.journals["ja"] or self.journals["zh"]
        self.titles["ja"] = self.titles["ja"] or self.titles["zh"]

    def person(self, tongue: str, rng: random.Random) -> str:
        if tongue == "ko":
            return rng.choice(_KOREAN) + "".join(
                rng.sample(_KOREAN_GIVEN, rng.choice((2, 2, 2, 2, 1)))
            )
        if tongue == "zh":
            return rng.choice(_CHINESE) + "".join(rng.sample(_CHINESE_GIVEN, rng.choice((1, 2, 2))))
        return rng.choice(_JAPANESE) + rng.choice(("", "", "", " ")) + rng.choice(_JAPANESE_GIVEN)

    def title(self, tongue: str, rng: random.Random) -> str:
        """One of the titles, or a new one of two halves."""
        if tongue == "ja" and rng.random() < 0.3:
            tongue = "zh"
        title = rng.choice(self.titles[tongue])
        way = rng.random()
        if way < 0.25:
            return title
        parts = [p for p in re.split(r"(?<=[^\d])[\s:,.\-·～~]+", title) if len(p) > 1] or [title]
        more = [
            p
            for p in re.split(r"(?<=[^\d])[\s:,.\-·～~]+", rng.choice(self.titles[tongue]))
            if len(p) > 1
        ] or [title]
        space = " " if tongue == "ko" else ""
        a, b = parts[: rng.randint(1, len(parts))], more[-rng.randint(1, len(more)) :]
        out = (
            space.join(a)
            + rng.choice((space, space, ": ", " - ", "-", ", ", " : ") if way > 0.6 else (space,))
            + space.join(b)
        )
        if rng.random() < 0.35:
            out += rng.choice(_TITLE_ENDS[tongue])
        return out[:110]

    def write(self, rng: random.Random) -> Pieces | None:
        tongue = rng.choices(("ko", "zh", "ja"), (4, 4, 3))[0]
        if not self.titles[tongue] or not self.journals[tongue]:
            return None
        number = rng.choice((1, 1, 2, 2, 3, 4))
        between = rng.choice(
            (", ", ", ", ", ", "·", ".", "，", "、", "; ")
            if tongue != "ja"
            else (", ", "・", "、", ", ", "，")
        )
        people = between.join(self.person(tongue, rng) for _ in range(number)) + (
            rng.choice(
                (" 외", " 외 2인", " 외 3인") if tongue == "ko" else ("等", ", 等", "他", " et al.")
            )
            if rng.random() < 0.06
            else ""
        )
        title, journal = self.title(tongue, rng), rng.choice(self.journals[tongue])
        when = str(rng.randint(1955, 2023)) + (rng.choice("ab") if rng.random() < 0.03 else "")
        p: Pieces = [("author", people)]
        early = rng.random() < 0.45
        if early:
            before, after = rng.choice(
                (
                    (" (", "). "),
                    ("(", "). "),
                    (", ", ", "),
                    (". ", ". "),
                    (" (", "), "),
                    ("", ". "),
                    ("（", "）"),
                    (" (", ") "),
                    (",", ","),
                )
            )
            p += [("", before), ("date", when), ("", after)]
        else:
            p.append(("", rng.choice((", ", ". ", ", ", ": ", "，", " "))))
        opening, closing = rng.choice(
            (
                ("", ""),
                ("", ""),
                ("", ""),
                ("'", ",'"),
                ("'", "'"),
                ("「", "」"),
                ("“", "”"),
                ('"', '"'),
                ("〈", "〉"),
                ("‘", "’"),
                ("『", "』"),
                ("《", "》"),
            )
        )
        p += [("", opening), ("title", title)]
        if tongue == "zh" and not opening and rng.random() < 0.45:
            p.append(("", rng.choice(("[J]", "[J]", " [J]", "[D]", "[M]"))))
        p.append(
            (
                "",
                closing
                + rng.choice(
                    (", ", ". ", ", ", "，", " ", ".") if opening or rng.random() < 0.9 else (" ",)
                ),
            )
        )
        if rng.random() < 0.16:  # a book
            house, town = rng.choice(_HOUSES[tongue]), rng.choice(_TOWNS[tongue])
            if rng.random() < 0.5:
                p += [("publisher-place", town), ("", rng.choice((": ", ":", "：", ", ")))]
            p += [("publisher", house)]
            if not early:
                p += [("", rng.choice((", ", ",", "，"))), ("date", when)]
            return p
        opening, closing = rng.choice(
            (("", ""), ("", ""), ("", ""), ("『", "』"), ("「", "」"), ("《", "》"), ("〈", "〉"))
        )
        p += [("", opening), ("container-title", journal), ("", closing)]
        volume, issue = (
            str(rng.randint(1, 90)),
            str(rng.randint(1, 12)) if rng.random() < 0.9 else rng.choice(("1·2", "3-4", "S1")),
        )
        first = rng.randint(1, 900)
        page = (
            f"{first}{rng.choice('-–-~')}{first + rng.randint(1, 30)}"
            if rng.random() < 0.9
            else str(first)
        )
        comma = rng.choice((", ", ", ", ". ", " ", "，"))
        if tongue == "zh" and rng.random() < 0.4:
            p += (
                [("", ",")]
                + ([("date", when), ("", ",")] if not early else [])
                + [
                    ("volume", volume),
                    ("", "("),
                    ("issue", issue),
                    ("", ")" + rng.choice((": ", ":", "："))),
                    ("page", page),
                ]
            )
            return p
        way = rng.randrange(9)
        signs = {
            "ko": ("제", "권", "제", "호"),
            "zh": ("第", "卷", "第", "期"),
            "ja": ("第", "巻", "第", "号"),
        }[tongue]
        if way < 3:
            before = signs[0] if rng.random() < 0.75 else ""
            p += [("", comma + before), ("volume", volume), ("", signs[1])]
            if rng.random() < 0.8:
                p += [
                    ("", rng.choice((", ", " ", "", ", ")) + (signs[2] if before else "")),
                    ("issue", issue),
                    ("", signs[3]),
                ]
        elif way == 3:
            p += [("", comma), ("volume", volume), ("", "("), ("issue", issue), ("", ")")]
        elif way == 4:
            p += [("", rng.choice((", ", " ", ""))), ("volume", volume)]
        elif way == 5:
            p += [
                ("", comma + rng.choice(("Vol. ", "Vol.", "vol. ", "vol.", "vol,"))),
                ("volume", volume),
                ("", ", " + rng.choice(("No. ", "No.", "no. ", "no,"))),
                ("issue", issue),
            ]
        elif way == 6:
            p += [("", rng.choice((", ", " "))), ("volume", volume), ("", "-"), ("issue", issue)]
        elif way == 7:
            p += [
                (
                    "",
                    comma
                    + rng.choice(
                        ("通巻", "", "통권 ", "总第")
                        if tongue != "ko"
                        else ("통권 ", "", "통권 제")
                    )
                    + rng.choice(
                        ("第", "No.", "No. ", "제", "")
                        if tongue != "ko"
                        else ("제", "제", "No. ", "Vol.")
                    ),
                ),
                ("issue", issue),
                (
                    "",
                    rng.choice(
                        ("号", "号", "期", "") if tongue != "ko" else ("호", "호", "집", "")
                    ),
                ),
            ]
        else:
            p += (
                [("", ", ")]
                + ([("date", when), ("", "年")] if not early and tongue != "ko" else [])
                + [("", signs[2]), ("issue", issue), ("", signs[3])]
            )
            early = early or tongue != "ko"
        if rng.random() < 0.15:
            p += [("", rng.choice((", ", " (", ", "))), ("publisher", rng.choice(_HOUSES[tongue]))]
        last = rng.random() < 0.5
        if not early and not last:
            before, after = rng.choice(
                ((", ", ""), (" (", ")"), ("(", ")"), (", ", "年"), (". ", ""))
            )
            p += [("", before), ("date", when), ("", after)]
        if rng.random() < 0.9:
            before, after = rng.choice(
                (
                    (", pp. ", ""),
                    (", pp.", ""),
                    (", ", ""),
                    (": ", ""),
                    (", ", "쪽" if tongue == "ko" else "頁"),
                    (", p. ", ""),
                    (":", ""),
                    (", 第", "页") if tongue == "zh" else (", pp.", ""),
                    (",pp,", ""),
                )
            )
            p += [("", before), ("page", page), ("", after)]
        if not early and last:
            p += [("", rng.choice((", ", ", ", ". ", " ("))), ("date", when)]
            if p[-2][1] == " (":
                p.append(("", ")"))
        if rng.random() < 0.06:
            p += [
                ("", rng.choice((" doi:", " https://doi.org/", ". DOI: "))),
                (
                    "DOI",
                    f"10.{rng.randint(1000, 29999)}/{rng.choice(('jkda', 'ksbe', 'j.cnki', 'KJS', 'ecee'))}.{rng.randint(1990, 2022)}.{rng.randint(1, 60)}.{rng.randint(1, 12)}.{rng.randint(1, 900)}",
                ),
            ]
        return p
