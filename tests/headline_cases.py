"""Articles and headlines for the tests of headline support: own writing, no templates.

Each article has headlines that its body bears out, and headlines that differ from it in one way:
``(headline, kind)``.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["STORIES", "Story"]


class Story(NamedTuple):
    body: str
    borne_out: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]


BAKERY = Story(
    "A judge in Velmarsh freed the baker Nora Quill on Monday after two years in prison. "
    "Witnesses had withdrawn what they told the police in 2019.\n\n"
    "“I never touched the till,” Quill said outside the court. Her lawyer, Petra Dunmore, called "
    "the verdict “a long overdue correction of the record”.\n\n"
    "The prosecutor Hugo Stannet may appeal, his office said. He accused Dunmore of pressing the "
    "witnesses.\n\n"
    "The bakery in Mill Lane lost 14 of its 20 workers while its owner was away. It will reopen "
    "in June.",
    (
        "Judge frees baker Nora Quill after two years in prison",
        "Baker Nora Quill freed by judge after two years",
        "Court releases Velmarsh baker",
        "Prosecutor may appeal against release of baker",
        "Bakery to reopen in June",
        "Prosecutor accuses Dunmore of pressing witnesses",
        "Bakery lost 14 of 20 workers",
    ),
    (
        ("Judge jails baker Nora Quill", "reversed"),
        ("Judge does not free baker Nora Quill", "negated"),
        ("Judge frees baker Nora Quill after five years in prison", "number_changed"),
        ("Judge in Velmarsh frees baker on Thursday", "date_changed"),
        ("Witnesses withdrew what they told police in 2016", "date_changed"),
        ("Bakery to close in June", "reversed"),
        ("Bakery to reopen in August", "date_changed"),
        ("Bakery lost 11 of 20 workers", "number_changed"),
        ("Prosecutor Hugo Stannet appeals", "hedge_dropped"),
        ("Dunmore accuses prosecutor Stannet of pressing witnesses", "actor_swapped"),
        ("Dunmore pressed witnesses", "reported_as_fact"),
        ("Baker never touched till, says Hugo Stannet", "actor_swapped"),
        ("Judge frees baker for ‘monstrous bungling’", "quotation_missing"),
    ),
)

DAM = Story(
    "The parliament of Ostrava approved a dam on the upper Wenn by 61 votes to 48 on Wednesday, "
    "after a debate of nine hours.\n\n"
    "Farmers support the dam, which would store water for dry summers. Fishing villages oppose it. "
    "The energy minister, Ilse Marrow, defeated the former premier Anton Grell in the final vote "
    "on its height.\n\n"
    "Construction could begin next spring if the bank agrees to a loan of $340 million. Engineers "
    "warned that the rock below the site is unsafe.\n\n"
    "Grell did not attend the dinner that followed. No minister has resigned over the affair.",
    (
        "Parliament approves dam on upper Wenn",
        "Lawmakers back dam after nine hours of debate",
        "Dam on upper Wenn approved by parliament",
        "Farmers support dam for dry summers",
        "Minister Ilse Marrow defeats Anton Grell in vote on height of dam",
        "Anton Grell defeated by energy minister in vote",
        "Construction of dam could begin next spring",
        "Rock below dam site is unsafe, engineers warn",
        "No minister resigned over affair",
    ),
    (
        ("Parliament rejects dam on upper Wenn", "reversed"),
        ("Parliament has not approved dam on upper Wenn", "negated"),
        ("Parliament approves dam by 75 votes to 48", "number_changed"),
        ("Parliament of Ostrava approves dam on Saturday", "date_changed"),
        ("Farmers oppose dam", "reversed"),
        ("Farmers do not support the dam", "negated"),
        ("Anton Grell defeats minister Ilse Marrow in final vote", "actor_swapped"),
        ("Minister Ilse Marrow defeated by former premier Grell", "actor_swapped"),
        ("Construction of dam begins next spring", "hedge_dropped"),
        ("Bank agrees to loan of $920 million for dam", "number_changed"),
        ("Rock below site is safe, engineers say", "reversed"),
        ("Grell attends dinner", "negated"),
        ("A minister has resigned over the affair", "negated"),
    ),
)

FERRY = Story(
    "A ferry with 212 passengers ran aground off Portugal on 3 March. All of them were rescued by "
    "fishing boats within three hours.\n\n"
    "The captain denied that he had been drinking. Sailors alleged that the radar had been broken "
    "for weeks.\n\n"
    "The Danish owner, Halden Lines, bought its rival Skua Ferries in 2017 for 80 million euros. "
    "Shares in Halden Lines fell by 9 percent in Copenhagen.\n\n"
    "The union sued the owner over the radar. Inspectors reportedly warned the company twice.\n\n"
    "The ship, built in 1998, is expected to return to service in autumn.",
    (
        "Ferry with 212 passengers runs aground off Portugal",
        "Fishing boats rescue all passengers of ferry",
        "Passengers rescued by fishing boats",
        "Captain denies drinking",
        "Halden Lines bought Skua Ferries in 2017",
        "Skua Ferries bought by Halden Lines",
        "Halden shares fall by 9 percent",
        "Union sues ferry owner over radar",
        "Ferry owner sued by union",
        "Radar was broken for weeks, sailors allege",
    ),
    (
        ("Ferry with 350 passengers runs aground", "number_changed"),
        ("Ferry runs aground off Norway", "place_changed"),
        ("Ferry runs aground on 3 May", "date_changed"),
        ("Passengers were not rescued by fishing boats", "negated"),
        ("Captain admits that he had been drinking", "reversed"),
        ("Captain had been drinking", "negated"),
        ("Radar had been broken for weeks", "reported_as_fact"),
        ("Skua Ferries bought rival Halden Lines in 2017", "actor_swapped"),
        ("Halden Lines sold its rival Skua Ferries", "reversed"),
        ("Halden Lines bought Skua Ferries in 2014", "date_changed"),
        ("Shares in Halden Lines rose by 9 percent", "reversed"),
        ("Shares in Halden Lines fell by 23 percent", "number_changed"),
        ("Ferry owner sues union over radar", "actor_swapped"),
        ("Inspectors warned the company twice", "hedge_dropped"),
    ),
)

SCHOOL = Story(
    "Teachers at the Tollgate school ended their strike on Friday. The council had offered them a "
    "raise of 4.5 percent.\n\n"
    "Headteacher Maud Ferrier praised the council leader, Colin Thwaite, for his patience. Parents "
    "were glad: lessons start again on Monday for 640 pupils.\n\n"
    "The strike began in January, when the council cut the budget for music. Thwaite refused to "
    "restore the music lessons.\n\n"
    "The school may get a new roof next year. Rain has come through the old one since the winter. "
    "A report said the building is dangerous.",
    (
        "Teachers at Tollgate school end strike",
        "Tollgate teachers’ strike ends after pay offer",
        "Headteacher Maud Ferrier praises council leader",
        "Council leader Colin Thwaite praised by headteacher",
        "Council leader refuses to restore music lessons",
        "School may get new roof next year",
        "School building is dangerous, report says",
    ),
    (
        ("Teachers at Tollgate school start strike on Friday", "reversed"),
        ("Teachers at Tollgate school have not ended strike", "negated"),
        ("Council leader Colin Thwaite praises headteacher Maud Ferrier", "actor_swapped"),
        ("Headteacher Maud Ferrier criticises council leader", "reversed"),
        ("Council offered teachers a raise of 7.5 percent", "number_changed"),
        ("Lessons start again on Monday for 910 pupils", "number_changed"),
        ("Strike began in October, when council cut the music budget", "date_changed"),
        ("Council raised the budget for music", "reversed"),
        ("Thwaite to restore music lessons", "negated"),
        ("School gets new roof next year", "hedge_dropped"),
        ("School building is safe, report says", "reversed"),
    ),
)

GALLERY = Story(
    "Two thieves stole a painting of a heron from the Marchmont gallery in Vienna before dawn on "
    "Sunday. It is worth about £3 million.\n\n"
    "A guard, Lukas Brandt, was injured but is alive, the director, Eva Holm, said. She had hired "
    "Brandt in 2021.\n\n"
    "Police arrested a dealer from Graz and released him without charge. They suspect that the "
    "picture has left Austria.\n\n"
    "The gallery remains closed until Thursday. Visitors with tickets will get their money back.",
    (
        "Thieves steal heron painting from Vienna gallery",
        "Painting of heron stolen from gallery by two thieves",
        "Police release dealer without charge",
        "Guard injured but alive, director says",
        "Director Eva Holm hired guard Brandt in 2021",
        "Gallery remains closed until Thursday",
        "Picture has left Austria, police suspect",
    ),
    (
        ("Thieves steal heron painting from Berlin gallery", "place_changed"),
        ("Five thieves stole painting of heron", "number_changed"),
        ("Thieves stole painting before dawn on Tuesday", "date_changed"),
        ("Guard Lukas Brandt is dead, director says", "reversed"),
        ("Guard Lukas Brandt was not injured", "negated"),
        ("Director Eva Holm fired Brandt in 2021", "reversed"),
        ("Brandt hired director Eva Holm in 2021", "actor_swapped"),
        ("Picture has left Austria", "reported_as_fact"),
        ("Gallery is open until Thursday", "reversed"),
        ("Gallery painting is worth £8 million", "number_changed"),
    ),
)

STORIES = (BAKERY, DAM, FERRY, SCHOOL, GALLERY)
