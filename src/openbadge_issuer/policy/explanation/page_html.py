"""A page as HTML: one file, without scripts, pictures or fonts from elsewhere, made to be read by everybody.

Every part has a heading in its order, tables have a caption and named rows and columns, colours have a
contrast of 7 to 1 in the light and in the dark, and the page says in which language it is (WCAG 2.2: 1.3.1,
1.4.6, 2.4.1, 2.4.6, 3.1.1).
"""

from __future__ import annotations

from html import escape

from openbadge_issuer.policy.explanation.page import Block, Heading, Items, Page, Paragraph, Table


def render_html(page: Page) -> str:
    """Write the page; nothing that a policy says becomes markup."""
    parts = [block for block in page.blocks if isinstance(block, Heading) and block.level == 2]  # noqa: PLR2004
    numbers = {id(block): position for position, block in enumerate(parts, start=1)}
    listed = "\n".join(
        f'<li><a href="#part-{numbers[id(block)]}">{escape(block.text)}</a></li>' for block in parts
    )
    return _PAGE.format(
        language=page.language,
        style=_STYLE,
        title=escape(page.title),
        contents=escape(page.contents),
        listed=listed,
        body="\n".join(_block(block, numbers.get(id(block), 0)) for block in page.blocks),
    )


def _block(block: Block, number: int) -> str:
    if isinstance(block, Heading):
        name = f' id="part-{number}"' if number else ""
        return f"<h{block.level}{name}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    return _items(block) if isinstance(block, Items) else _table(block)


def _items(items: Items) -> str:
    kind = "ol" if items.numbered else "ul"
    listed = "\n".join(
        "<li>"
        + (f"<strong>{escape(item.label)}.</strong> " if item.label else "")
        + f"{escape(item.text)}</li>"
        for item in items.items
    )
    return f"<{kind}>\n{listed}\n</{kind}>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in table.rows
    )
    return (
        f"<table>\n<caption>{escape(table.caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )


_STYLE = """\
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1a1a1a; --link: #003e80; --line: #767676; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #161616; --ink: #f2f2f2; --link: #a8d1ff; --line: #8f8f8f; }
}
body { background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; margin: 0; }
header, nav, main { max-width: 42rem; margin: 0 auto; padding: 0 1rem; overflow-wrap: anywhere; }
main { padding-bottom: 4rem; }
h1 { line-height: 1.25; margin: 2rem 0 1rem; }
h2 { line-height: 1.3; margin: 2.5rem 0 .75rem; }
h3 { line-height: 1.3; margin: 1.5rem 0 .5rem; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
li { margin: .4rem 0; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; margin-bottom: .5rem; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .5rem .4rem 0; }
th, td { text-align: left; vertical-align: top; }
tbody th { font-weight: normal; }
@media print { nav { display: none; } body { font-size: 11pt; } }"""

_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<header>
<h1>{title}</h1>
</header>
<nav aria-labelledby="contents">
<p id="contents">{contents}</p>
<ul>
{listed}
</ul>
</nav>
<main>
{body}
</main>
</body>
</html>
"""
