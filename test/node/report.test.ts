// The report: self-contained, hostile words stay words, figures say what was measured.
import { expect, test } from 'vitest'
import { drawCurves } from '../../src/node/report/charts.ts'
import { clockTime, escapeHtml } from '../../src/node/report/html.ts'
import { writeReport } from '../../src/node/report/report.ts'
import { scoresSchema } from '../../src/record/index.ts'
import { emptyScores, session } from './records.ts'

const hostile = '</title></svg><script>alert(1)</script>"onload=\u202e\u0000'
const scores = emptyScores(['a', 'b'])

test('the fixture is a valid score', () => {
  expect(scoresSchema.parse(scores)).toEqual(scores)
})

test('whatever agents say, the page has no script, no markup of theirs and nothing from elsewhere', () => {
  const [a, b] = session.agents
  const page = writeReport({
    session: {
      ...session,
      agents: [{ ...(a as NonNullable<typeof a>), title: hostile.slice(0, 60) }, b as NonNullable<typeof b>],
    },
    scores: { ...scores, undefined: { [hostile]: hostile } },
    notes: [],
    world: [],
    moves: [{ n: 1, kind: 'move', agent: 'a', slot: 0, text: hostile, moves: [] }],
    library: null,
  })
  expect(page).not.toMatch(/<script|onload="|\u202e/)
  expect(page).not.toContain('\0')
  expect(page).not.toMatch(/(?:src|href)\s*=|url\(|@import/)
  expect(page).not.toContain('</title></svg>')
  expect(page).toContain('&#60;script&#62;')
  expect(page).toContain('seed 7')
})

test('a curve goes through its values and breaks where there is none', () => {
  const series = { seconds: [0, 1, 2, 3, 4], values: [0, 1, null, 0.5, 0.5] }
  const svg = drawCurves([{ name: 'x', colour: 'c0', series }], { label: 'x', seconds: 4, height: 108 })
  const path = /class="curve c0" d="([^"]*)"/.exec(svg)?.[1] ?? ''
  // Left edge 76, right edge 948; value 0 at y = 88, value 1 at y = 8.
  expect(path).toBe('M76.0 88.0L294.0 8.0M730.0 48.0L948.0 48.0')
})

test('long series keep their mean', () => {
  const count = 100_000
  const values = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 0.25 : 0.75))
  const series = { seconds: values.map((_, i) => i), values }
  const svg = drawCurves([{ name: 'x', colour: 'c0', series }], { label: 'x', seconds: count, height: 108 })
  expect(svg.length).toBeLessThan(20_000)
  const heights =
    /class="curve c0" d="([^"]*)"/
      .exec(svg)?.[1]
      ?.match(/ [\d.]+/g)
      ?.map(Number) ?? []
  expect(heights.length).toBeGreaterThan(100)
  for (const height of heights) expect(Math.abs(height - 48)).toBeLessThan(0.25)
})

test('times and text', () => {
  expect(clockTime(93.2)).toBe('1:33')
  expect(escapeHtml('a<b>&"\'')).toBe('a&#60;b&#62;&#38;&#34;&#39;')
})
