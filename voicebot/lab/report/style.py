"""How a page looks: plain, readable, and in the colours of the reader's system."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #d5d9de; --paper: #ffffff; --accent: #2f6fde;
  --wrong: #b42318; --missing: #8a5a00; --added: #5b3cc4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --faint: #3a4048; --paper: #16191d; --accent: #6ea0ff;
  --wrong: #ff8a80; --missing: #f0b95a; --added: #b9a3ff; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem; }
h1, h2 { line-height: 1.2; text-wrap: balance; }
h2::first-letter, th::first-letter, figcaption::first-letter { text-transform: uppercase; }
.wide, figure { overflow-x: auto; }
figure { margin: 1.5rem 0; }
figcaption { font-weight: 600; margin-bottom: .5rem; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--faint); text-align: left; vertical-align: top; }
td.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
section { border-top: 1px solid var(--faint); padding: .3rem 0; }
section p { margin: .25rem 0; }
.who { font-size: .85rem; opacity: .75; }
.s { color: var(--wrong); } .d { color: var(--missing); } .i { color: var(--added); }
.s ins, .i ins { text-decoration: underline; }
.failure { color: var(--wrong); }
audio { width: 20rem; max-width: 100%; height: 2rem; }
"""
