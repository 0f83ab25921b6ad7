"""The page shell: closed to the network, and its contrast kept."""

from __future__ import annotations

import re

import pytest
from markup import PAYLOADS, XHTML, assert_closed, parsed, squeeze

from newsresearch.marks import reveal
from newsresearch.page import STYLE, page_html


def test_the_policy_stands_before_everything() -> None:
    page = page_html("Rain", "<h1>Rain</h1>")
    first = dict(parsed(page).find(f"{XHTML}head")[0].attrib)
    assert first.pop("http-equiv") == "Content-Security-Policy"
    assert first.pop("content") == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta http-equiv')


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_as_the_title_stays_text(payload: str) -> None:
    tree = assert_closed(page_html(payload, "<h1>Rain</h1>"))
    title = tree.find(f"{XHTML}head/{XHTML}title")
    assert squeeze(title.text) == squeeze(reveal(payload))


def test_the_style_asks_for_nothing_outside_the_page() -> None:
    assert not re.search(r"url\(|@import|expression", STYLE)


def test_text_keeps_its_contrast_in_light_and_dark() -> None:
    """Only the browser's own colours and the marks', which have their own test."""
    assert "color-scheme: light dark" in STYLE
    colours = re.findall(r"(?<![-\w])(?:background(?:-color)?|color)\s*:\s*(\w+)", STYLE)
    assert colours == ["Canvas", "CanvasText", "inherit"]
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", STYLE)) == {"#808080"}  # rules only
