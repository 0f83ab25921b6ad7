"""The kinds of worksheets: their words for pupils, and who makes each; to add one, name it here."""

from __future__ import annotations

from newsresearch.classroom.bearing import bear_out
from newsresearch.classroom.contents import Kind
from newsresearch.classroom.faults import find_faults, spoil
from newsresearch.classroom.telling import find_speakers, find_words

__all__ = ["KINDS"]

_ALL = (
    Kind(
        "findings",
        "What does not hold together?",
        (
            "Read the text. Some places in it may not hold together: something is missing, comes "
            "twice, or does not fit what stands elsewhere.",
            "For each place write the line, copy the words, and say what is wrong. "
            "If you find nothing, write ‘nothing’.",
        ),
        ("Line", "Words from the text", "What is wrong, and why?"),
        "Right is any line of the passage, or of the passage it does not fit, with a reason that "
        "says the same in other words. A line without a reason is half an answer.",
        find_faults,
        "Nothing was found. That does not prove that the text is sound: see how far to trust "
        "this key.",
    ),
    Kind(
        "headline",
        "Does the text bear out the headline?",
        (
            "Compare the words in the table with the text. Find the line that decides, and copy "
            "the words that decide.",
            "Then write a letter: does the text bear them out (B), or do they say too much (T)? "
            "Does the text contradict them (C), or not say it at all (N)?",
        ),
        ("Headline", "Line", "Words that decide", "B, T, C or N"),
        "Right is the letter with a line of the passage. Another line is right too where it "
        "decides the same. Where a pupil gives another letter with a good reason, talk about it.",
        bear_out,
        legend="B: the text bears it out. T: it says too much. C: the text contradicts it. "
        "N: not in the text.",
    ),
    Kind(
        "splice",
        "What was done to this text?",
        (
            "Somebody has changed this text in one place. Words may come from another text, stand "
            "there twice, or say something else than before.",
            "Find the place. Write the line and the words, and say what gave it away. You have "
            "three guesses: the first should be your best.",
        ),
        ("Line", "Words from the text", "What gave it away?"),
        "Right is any line of the passage that was put in or changed, or of the passage that it "
        "does not fit, with a reason. Where the rest of the text was exchanged, right is the "
        "first line of it, or the one before.",
        spoil,
        seeded=True,
    ),
    Kind(
        "words",
        "Which words judge, and which hedge?",
        (
            "Underline words that judge: they tell you what to think of somebody or something. "
            "Draw a ring around words that hedge: they make a statement less sure, as ‘may’ does.",
            "Then choose some of them. Write the line, the word, and a plainer word for it. "
            "What changes?",
        ),
        ("Line", "Your word", "A plainer word", "What changes?"),
        "Right is every word that a pupil can give a reason for. The list below is a list to "
        "compare with, not a list to tick off.",
        find_words,
        "The word lists found nothing. A pupil who underlined a word and gives a reason for it "
        "may be right.",
        roomy=True,
    ),
    Kind(
        "speakers",
        "Who speaks?",
        (
            "Mark everything that somebody says in this text: in quotation marks, or in the "
            "writer’s words (‘she said that …’).",
            "For each write the line, who says it, and the verb that the writer uses, such as "
            "‘said’ or ‘claimed’. Who is spoken about, but does not speak?",
        ),
        ("Line", "Who speaks?", "Verb", "In quotation marks? yes or no"),
        "Right is the person and the verb, at any line of the passage. ‘He’ or ‘she’ is half an "
        "answer: who is it?",
        find_speakers,
    ),
)
KINDS = {kind.name: kind for kind in _ALL}
