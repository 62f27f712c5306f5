// report.html: one run, readable by someone who has never seen the project.
// In: a record, its notes and scores. Out: one HTML file that needs no network and no script. All text from the run is escaped.
import { drawDecks } from './figures/decks.ts'
import { html } from './html.ts'
import { type ReportInput, viewRun } from './run.ts'
import { writeAgain, writeGlossary } from './sections/again.ts'
import { writeCollapse } from './sections/collapse.ts'
import { writeCurves, writeFloor } from './sections/curves.ts'
import { writeNumbers } from './sections/numbers.ts'
import { writeOpening, writePlayers, writeTitle } from './sections/opening.ts'
import { writeScore } from './sections/score.ts'
import { writeFaults, writeWords } from './sections/words.ts'
import { styles } from './style.ts'

/** Nothing may be loaded or run, even if the file is opened from disk. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

export function renderReport(input: ReportInput): string {
  const run = viewRun(input)
  const party = run.worlds.length > 0
  const contents: [string, string][] = [
    ['players', 'Players'],
    ['score', 'Score'],
    ['curves', 'Curves'],
    ...(party
      ? ([
          ['floor', 'Floor'],
          ['decks', 'Decks'],
        ] as [string, string][])
      : []),
    ['collapse', 'Collapse'],
    ['numbers', 'Numbers'],
    ['words', 'Words'],
    ['again', 'Again'],
    ['glossary', 'Glossary'],
  ]
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${writeTitle(run)} · hocket report</title><style>${styles}</style></head>
<body><a class="skip" href="#main">To the report</a><main id="main">${writeOpening(run)}
<nav aria-label="Contents"><ul>${contents.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
${writePlayers(run)}${writeScore(run)}${writeCurves(run)}${writeFloor(run)}${
  party
    ? html`<section id="decks"><h2>At the decks</h2><p>Which track each agent played, and how it was let in. Track blocks are tinted by section: the fuller the music, the stronger the tint. Below each: its share of the crossfader, and its equaliser, where a gap is a band cut away and a heavy bar one turned up.</p><figure>${drawDecks(run)}</figure></section>`
    : null
}${writeCollapse(run)}${writeNumbers(run)}${writeWords(run)}${writeFaults(run)}${writeAgain(run)}${writeGlossary()}
<footer><p>Made by hocket ${run.session.hocket}. This file needs no network and runs no script.</p></footer></main></body></html>
`.text
}
