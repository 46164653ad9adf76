"""The file of a portal, as `scrapy genspider` and `scrapy sniff --write` put it below `spiders/portals/`."""

import re
from collections.abc import Collection
from keyword import iskeyword

from spiders.families import families

LONGEST_LINE = 140
NAME = re.compile(r"[a-z][a-z0-9_]*")
WORD = re.compile(r"[^\W_]+")
UNPRINTED = re.compile(r'[\x00-\x1f\x7f"\\]')
"""What a string between double quotes cannot hold as it is: a portal's facts need none of it."""


def portal_file(
    *,
    family: str,
    class_name: str,
    title: str,
    describes: str,
    name: str,
    home: str,
    region: str,
    evidence: str,
    closed: int | None = None,
) -> str:
    """The text of a portal's file; ValueError with one sentence where a fact cannot be written.

    `title` is the portal's name as it prints it, `describes` what it is ("daily of Kebumen in Central Java"), `region` a Kemendagri code
    and `evidence` on what all this stands. Whether home and region are what they should be is checked when the file is loaded.
    """
    known = families()
    if family not in known:
        raise ValueError(f"There is no family {family!r}; they are {', '.join(known)}.")
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a portal; take small letters, digits and _, such as 'rakyatbengkulu'.")
    if "," in title:
        raise ValueError(f"The title {title!r} holds a comma, at which a portal's name ends.")
    base = known[family].__name__
    told = f"{title}, {describes.rstrip('.')}."
    facts = {"name": name, "home": home, "region": region, "evidence": evidence}
    for fact, value in ({"title": title, "describes": describes} | facts).items():
        if not value.strip() or UNPRINTED.search(value):
            raise ValueError(f"The {fact} of a portal is one line of text without quotation marks, not {value!r}.")
    lines = [f"from spiders.families.{family} import {base}", "", "", f"class {class_name}({base}):", f'    """{told}"""', ""]
    lines += [f'    {fact} = "{value}"' for fact, value in facts.items()]
    lines += [f"    closed = {closed}"] if closed is not None else []
    if longest := next((line for line in lines if len(line) > LONGEST_LINE), None):
        raise ValueError(f"{longest.strip()[:40]!r} … is longer than the {LONGEST_LINE} characters of a line; say it shorter.")
    return "\n".join(lines) + "\n"


def class_name_of(title: str, name: str, taken: Collection[str] = ()) -> str:
    """The name of a portal's class: its title without spaces, or its short name, whichever no other class has."""
    bases = {each.__name__ for each in families().values()}
    for words in (WORD.findall(title), name.split("_")):
        told = "".join(word if word[:1].isupper() and not word.isupper() else word.capitalize() for word in words)
        for candidate in (told, f"{told}Portal"):
            if candidate.isidentifier() and not iskeyword(candidate) and candidate not in bases and candidate not in taken:
                return candidate
    raise ValueError(f"There is a portal {name!r} already.")
