"""What is searched for in many councils: texts of every kind, drawn with a seed."""

import random
from collections.abc import Sequence

from bench.query_kinds import Subject, misspelt, transposed
from bench.scale_register import COLUMNS, Row

LETTERS = "ABCDEFGHIJKLMNOPRSTW"
Texts = dict[str, list[str]]


def texts_of(rows: Sequence[Row], count: int) -> Texts:
    """As many texts of each kind."""
    draw = random.Random(count)
    some = [dict(zip(COLUMNS, row, strict=True)) for row in draw.choices(rows, k=count)]
    named = [dict(zip(COLUMNS, row, strict=True)) for row in rows if row[COLUMNS.index("building")]]
    subjects = [Subject(str(row["text"])) for row in some]
    begun = [subject.name[: draw.randint(2, 5)].strip() for subject in subjects]
    land = [f"{row['lot']}/{row['section']}/{row['plan_type']}{row['plan']}" for row in some]
    assessments = [str(100_000 + int(str(row["n"])) * 7) for row in some]
    places = [(subject.suburb or subject.name, subject.number) for subject in subjects]
    return {
        "address as written": [subject.text for subject in subjects],
        "number and street name": [f"{subject.number} {subject.name}" for subject in subjects],
        "number and street prefix": [f"{subject.number} {name}" for subject, name in zip(subjects, begun, strict=True)],
        "street prefix": begun,
        "one letter": [draw.choice(LETTERS) for _ in some],
        "one digit": [str(draw.randint(1, 9)) for _ in some],
        "suburb": [suburb for suburb, _ in places],
        "number and suburb": [f"{number} {suburb}" for suburb, number in places],
        "lot and plan": land,
        "lot and plan begun": [text[: -draw.randint(2, 5)] for text in land],
        "lot alone": [f"lot {row['lot']}" for row in some],
        "plan begun": [f"{row['plan_type']} {str(row['plan'])[: draw.randint(1, 5)]}" for row in some],
        "assessment": assessments,
        "assessment begun": [text[: draw.randint(3, 5)] for text in assessments],
        "building": [str(draw.choice(named)["building"])[: draw.randint(4, 20)] for _ in some] if named else ["HALL"],
        "typing error": [f"{subject.head} {_wrong(subject, draw)} {subject.after_name}" for subject in subjects],
        "words swapped": [transposed(subject, draw) or subject.text for subject in subjects],
        "no match": [f"{draw.randint(1, 99)} qx{draw.randint(100, 999)}zzy street" for _ in some],
        "wrong words": [" ".join(misspelt(word, draw) for word in subject.text.split()) for subject in subjects],
    }


def _wrong(subject: Subject, draw: random.Random) -> str:
    words = subject.name.split()
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    words[longest] = misspelt(words[longest], draw)
    return " ".join(words)
