// report.html: needs nothing from outside, shows text as text, describes its figures, and holds for odd runs.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedMasks } from '../../../src/djs/index.ts'
import { escapeText, html, shorten } from '../../../src/node/report/html.ts'
import { type ReportInput, renderReport } from '../../../src/node/report/index.ts'
import { findRough, findWoven } from '../../../src/node/report/moments.ts'
import { viewRun } from '../../../src/node/report/run.ts'
import { defaultScenario } from '../../../src/party/index.ts'
import { makeParty } from './party.ts'

const party: ReportInput = { ...makeParty(), name: '7', command: 'hocket replay 7' }
const page = renderReport(party)

/** Tags in order; text and attributes may hold no raw angle brackets, so this is exact. */
const tagsOf = (text: string) => [...text.matchAll(/<(\/?)([a-z][a-z0-9]*)([^<>]*)>/g)]
const voidTags = new Set(['meta', 'br'])

function expectBalanced(text: string): void {
  const open: string[] = []
  for (const [, slash, name = '', rest = ''] of tagsOf(text)) {
    if (voidTags.has(name) || rest.endsWith('/')) continue
    if (slash === '') open.push(name)
    else expect(open.pop()).toBe(name)
  }
  expect(open).toEqual([])
}

describe('the page', () => {
  test('is one file: no script, nothing fetched, a policy that forbids both', () => {
    expect(page.startsWith('<!doctype html>')).toBe(true)
    expect(page).toContain(`default-src &#39;none&#39;`)
    expect(tagsOf(page).map(([, , name]) => name)).not.toContain('script')
    expect(page).not.toMatch(/\b(src|srcset|xlink:href|action)\s*=|@import|url\(|https?:\/\//)
    expect(page).not.toMatch(/<[^>]*\son[a-z]+\s*=/)
  })

  test('is well formed, with every id used once and every link leading somewhere', () => {
    expectBalanced(page)
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
    for (const [, labels = ''] of page.matchAll(/aria-labelledby="([^"]+)"/g))
      for (const label of labels.split(' ')) expect(ids).toContain(label)
  })

  test('tells who, what, how it went and how to get it again', () => {
    for (const words of ['Marlow', 'Ines', 'hearing+comfort', 'listen-yield', 'Together they sounded', 'stayed alive'])
      expect(page).toContain(words)
    expect(page).toContain('hocket replay 7')
    expect(page).toContain(party.scores.hashes.record)
    expect(page).toContain('fewer than 8 slots in which both decks sound') // the reason for a null
    expect(page).toContain('counted as HOLD') // the fault log
    expect(page).toContain('Mirrorball Tax') // tracks by title
    expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/)
  })

  test('names the command that plays it anew where options say everything, and does not where they do not', () => {
    const agents = party.session.agents.map((agent, i) => ({ ...agent, mask: shippedMasks[i] ?? null }))
    const scenario = { ...defaultScenario, slots: 12 }
    const shipped = renderReport({ ...party, session: { ...party.session, agents, scenario } })
    expect(shipped).toContain(
      'hocket party --condition hearing+comfort --seed 7 --slots 12 --order sequential --dj-a listen:mira --dj-b listen-yield:orrin',
    )
    expect(page).not.toContain('hocket party') // its masks are its own
    const slower = renderReport({
      ...party,
      session: { ...party.session, agents, scenario: { ...scenario, keyLock: 0.01 } },
    })
    expect(slower).not.toContain('hocket party')
  })

  test('describes each figure in words', () => {
    const figures = [...page.matchAll(/<svg[^>]*role="img".*?<\/svg>/gs)]
    expect(figures.length).toBeGreaterThan(15)
    for (const [figure] of figures) {
      expect(figure).toMatch(/<title id="[^"]+">[^<]{5,}<\/title>/)
      expect(figure).toMatch(/<desc id="[^"]+">[^<]{10,}<\/desc>/)
    }
  })

  test('is the same for the same run, and small enough to send', () => {
    expect(renderReport({ ...structuredClone(party) })).toBe(page)
    expect(page.length).toBeLessThan(600_000)
  })
})

/** Control characters, lone surrogates, marks that turn the direction of writing. */
const treacherous = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u

describe('text from agents', () => {
  const evil = `</style></title><script>alert(1)</script><img src=x onerror=alert(2)>"'\u202Egnp.exe\u0000\u2066&amp;`

  test('shows as text wherever it comes in', () => {
    const record = party.record.map((line) => {
      if (line.kind === 'token') return { ...line, text: evil }
      if (line.kind === 'fault') return { ...line, message: evil, code: evil }
      if (line.kind === 'world') return { ...line, decks: line.decks.map((deck) => ({ ...deck, track: evil })) }
      if (line.kind === 'move')
        return { ...line, text: evil, moves: [{ do: 'load' as const, track: evil, cue: 'drop' as const }] }
      return line
    })
    const agents = party.session.agents.map((agent) => ({
      ...agent,
      title: evil.slice(0, 79),
      dj: { kind: 'imported' as const, from: evil },
      mask: agent.mask === null ? null : { ...agent.mask, persona: evil, title: evil },
    }))
    const scores = { ...party.scores, undefined: { 'together.clashHeardAs': evil } }
    const hostile = renderReport({
      ...party,
      session: { ...party.session, agents },
      record,
      scores,
      name: evil,
      command: evil,
    })
    expectBalanced(hostile)
    expect(tagsOf(hostile).map(([, , name]) => name)).not.toContain('script')
    expect(tagsOf(hostile).map(([, , name]) => name)).not.toContain('img')
    expect(hostile).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(hostile).toContain('⟨U+202E⟩')
    expect(hostile.replace(/[\n\t]/g, '')).not.toMatch(treacherous)
  })

  test('whatever it is, leaves no markup and no direction marks behind', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const safe = html`<p title="${text}">${text}</p>`.text
        expect(safe.match(/[<>]/g)).toHaveLength(4)
        expect(safe.match(/"/g)).toHaveLength(2)
        expect(escapeText(text).replace(/[\n\t]/g, '')).not.toMatch(treacherous)
      }),
    )
  })

  test('a token of a megabyte is cut, and said to be', () => {
    const long = party.record.map((line) =>
      line.kind === 'token' && line.slot === 0 ? { ...line, text: 'x'.repeat(1e6) } : line,
    )
    const cut = renderReport({ ...party, record: long })
    expect(cut.length).toBeLessThan(page.length + 10_000)
    expect(cut).toContain('cut here')
    expect(shorten('🎛️🎛️🎛️🎛️🎛️', 4)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/)
  })
})

describe('odd runs', () => {
  const none = { seconds: [], values: [] }
  const emptySeries = {
    consonance: { together: none, within: {} },
    smoothness: { between: none },
    interlock: { voice: none, deck: none },
    vitality: {},
    crowdEnergy: none,
    comfort: {},
  }

  test('a run in which nothing was defined', () => {
    const silent = renderReport({ ...party, notes: [], scores: { ...party.scores, series: emptySeries } })
    expectBalanced(silent)
    expect(silent).toContain('No half minute can be named')
    expect(silent).toContain('Nothing here was defined in this run.')
    expect(silent).not.toMatch(/NaN|Infinity/)
  })

  test('one agent alone', () => {
    const solo = renderReport({
      ...party,
      session: { ...party.session, condition: 'solo', agents: party.session.agents.slice(0, 1) },
      record: party.record.filter((line) => !('agent' in line) || line.agent !== 'b'),
      scores: { ...party.scores, agents: party.scores.agents.slice(0, 1), pairs: [] },
    })
    expectBalanced(solo)
    expect(solo).toContain('Only one agent played')
  })

  test('a transcript from elsewhere has no decks and no floor', () => {
    const transcript = renderReport({
      ...party,
      session: { ...party.session, scenario: null, condition: null },
      record: party.record.filter((line) => line.kind === 'token'),
      notes: party.notes.filter((note) => note.layer === 'voice'),
      library: null,
    })
    expectBalanced(transcript)
    expect(transcript).toContain('A conversation, heard')
    expect(transcript).not.toContain('id="decks"')
    expect(transcript).not.toContain('id="floor"')
  })

  test('a run of no length', () => {
    const empty = renderReport({
      ...party,
      record: [party.session],
      notes: [],
      scores: { ...party.scores, seconds: 0, series: emptySeries },
    })
    expectBalanced(empty)
    expect(empty).not.toMatch(/NaN|Infinity/)
  })
})

describe('the moments shown from near', () => {
  const seconds = Array.from({ length: 360 }, (_, i) => 2 * i)
  const peak = (at: number, sign: 1 | -1) => seconds.map((t) => 0.5 + (sign * 0.4) / (1 + ((t - at) / 10) ** 2))
  const series = party.scores.series
  const run = viewRun({
    ...party,
    scores: {
      ...party.scores,
      series: {
        ...series,
        interlock: { ...series.interlock, voice: { seconds, values: peak(200, 1) } },
        smoothness: { between: { seconds, values: peak(500, -1) } },
      },
    },
  })

  test('lie around the highest interlock and the lowest smoothness, on the bar grid', () => {
    const bar = (4 * 60) / 126
    const [woven, rough] = [findWoven(run), findRough(run)]
    expect(Math.abs((woven?.span.from ?? 0) + 15 - 200)).toBeLessThan(2 * bar)
    expect(Math.abs((rough?.span.from ?? 0) + 15 - 500)).toBeLessThan(2 * bar)
    const bars = (woven?.span.from ?? Number.NaN) / bar
    expect(bars).toBeCloseTo(Math.round(bars), 6)
  })
  test('are taken from the decks where the voices hardly wove', () => {
    const still = { seconds, values: seconds.map(() => 0.02) }
    const decks = { seconds, values: peak(300, 1) }
    const found = findWoven({
      ...run,
      scores: { ...run.scores, series: { ...run.scores.series, interlock: { voice: still, deck: decks } } },
    })
    expect(found?.layer).toBe('decks')
    expect(Math.abs((found?.span.from ?? 0) + 15 - 300)).toBeLessThan(4)
    expect(findWoven(run)?.layer).toBe('voices')
  })
})
