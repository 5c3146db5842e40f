//! The page's style sheet.

pub(super) const SHEET: &str = "
:root { color-scheme: light dark; --ink: #1c1c1a; --paper: #fcfcf9; --soft: #5c5c55; --line: #cfcfc6; --mark: #fff1b8; --warn: #7a4a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #ecece6; --paper: #191918; --soft: #b4b4aa; --line: #45453f; --mark: #5a4a10; --warn: #f0c070; } }
body { font: 1rem/1.6 system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; color: var(--ink); background: var(--paper); max-width: 64rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.4; }
ol.timeline { list-style: none; padding: 0; }
ol.timeline > li { display: grid; grid-template-columns: 11rem 1fr; gap: 1rem; border-top: 1px solid var(--line); padding: .5rem 0; break-inside: avoid; }
@media (max-width: 40rem) { ol.timeline > li { grid-template-columns: 1fr; gap: 0; } }
p { margin: .25rem 0; }
.when { font-weight: 700; font-variant-numeric: tabular-nums; }
.meta { color: var(--soft); font-size: .9rem; }
.dispute { color: var(--warn); font-size: .95rem; }
.planned .what, .announced .what, .hypothetical .what { border-left: 2px dashed var(--soft); padding-left: .5rem; }
.denied .what { border-left: 2px dotted var(--soft); padding-left: .5rem; }
.historical .what { font-size: .92rem; }
mark { background: var(--mark); color: inherit; }
summary { cursor: pointer; padding: .5rem 0; }
a { color: inherit; }
";
