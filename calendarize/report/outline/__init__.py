"""Lines become blocks (headings, bullets, table rows, paragraphs) that stand under each other.

`marks` (what a line opens with) and `looks` (what a text is by its look) → `blocks`, with the
`rows` of tables (one reader after the other takes lines) → `nesting` (what stands below what).
"""
