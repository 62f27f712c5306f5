// Tokens to notes: rules of the text rhythm, of pitch and of accent, as documented in docs/sonification.md.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultMapping, type Mapping, noteSchema, type TokenLine } from '../../src/record/index.ts'
import { type SonifySettings, sonifyTurn } from '../../src/sonify/index.ts'
import { shippedLexicon } from '../party.ts'

const lexicon = shippedLexicon()
const bpm = 126
const step = 15 / bpm
const slotSeconds = 128 * step

function settings(mapping: Partial<Mapping> = {}, startSeconds = 0): SonifySettings {
  const voice = { timbre: 'bell', registerMidi: 64 } as const
  return { mapping: { ...defaultMapping, ...mapping }, voice, startSeconds, slotSeconds, bpm, lexicon }
}

/** Text cut into tokens before each blank, as language models do. */
function tokensOf(text: string, more: Partial<TokenLine> = {}): TokenLine[] {
  const pieces = text.match(/\s*\S+|\s+$/g) ?? []
  return pieces.map((piece, i) => ({
    n: i + 1,
    kind: 'token',
    agent: 'a',
    slot: 0,
    turn: 0,
    t: 0,
    text: piece,
    role: 'speech',
    source: 'scripted',
    clock: 'world',
    ...more,
  }))
}

const stepsOf = (text: string, mapping: Partial<Mapping> = {}) =>
  sonifyTurn(tokensOf(text), settings(mapping)).map((note) => Math.round((note.onsetSeconds / step) * 1e6) / 1e6)

describe('rhythm = speech', () => {
  test('a syllable a sixteenth, stressed syllables of content words an eighth', () => {
    // let(2) the(1) bass(2) | kick-drum words: pat(2)-tern(1)
    expect(stepsOf('let the bass')).toEqual([0, 2, 3])
    expect(stepsOf('pattern moves')).toEqual([0, 2, 3])
  })

  test('comma: a short rest to the next eighth; full stop: on to the next beat; dash and ellipsis: a beat; dot: a sixteenth', () => {
    expect(stepsOf('bass, kick')).toEqual([0, 4])
    expect(stepsOf('bass. kick')).toEqual([0, 4])
    expect(stepsOf('the bass. kick')).toEqual([0, 1, 8])
    expect(stepsOf('bass – kick')).toEqual([0, 6])
    expect(stepsOf('bass… kick')).toEqual([0, 6])
    expect(stepsOf('bass · kick ·· drum')).toEqual([0, 3, 7])
    expect(stepsOf('– bass')).toEqual([4])
  })

  test('grid 1 lies on the sixteenths, swing delays every second one, grid 0 keeps unequal syllables', () => {
    const text = 'somebody brings another heavy record through the crowd'
    for (const at of stepsOf(text)) expect(Number.isInteger(at)).toBe(true)
    const swung = stepsOf(text, { swing: 0.3 })
    expect(swung.map((at, i) => Math.round((at - (stepsOf(text)[i] ?? 0)) * 1000) / 1000)).toEqual(
      stepsOf(text).map((at) => (at % 2 === 1 ? 0.3 : 0)),
    )
    const free = stepsOf(text, { grid: 0 })
    expect(free.filter((at) => !Number.isInteger(at)).length).toBeGreaterThan(3)
    const half = stepsOf(text, { grid: 0.5 })
    half.forEach((at, i) => {
      expect(at).toBeCloseTo(((free[i] ?? 0) + (stepsOf(text)[i] ?? 0)) / 2, 5)
    })
  })

  test('too long a text is told faster: first rests, then even syllables, then one note a word, then evenly spread', () => {
    const told = (count: number) => sonifyTurn(tokensOf('somebody moves, slowly. '.repeat(count)), settings())
    // 3 words of 3, 1 and 2 syllables: loose 16 sixteenths (4 + 2, comma to 8, 3, full stop to 16), so eight fill the slot.
    expect(told(8).at(-1)?.onsetSeconds).toBeCloseTo((16 * 7 + 10) * step, 9)
    const all = (count: number) => told(count).length
    expect(all(8)).toBe(48)
    expect(all(14)).toBe(14 * 6)
    expect(all(60)).toBeLessThanOrEqual(256)
    for (const count of [8, 10, 14, 30, 60, 400])
      for (const note of told(count)) expect(note.onsetSeconds).toBeLessThan(slotSeconds)
    expect(all(400)).toBeLessThanOrEqual(256)
  })

  test('longer words last longer', () => {
    const length = (text: string) => sonifyTurn(tokensOf(text), settings())[0]?.durationSeconds ?? 0
    expect(length('breathe')).toBeGreaterThan(length('kick'))
    expect(length('kick')).toBeGreaterThan(length('the'))
  })
})

describe('rhythm = refrain', () => {
  const refrain = { pattern: 'x..x..x...x.x...', variation: 0 }
  const chanted = (text: string) =>
    sonifyTurn(tokensOf(text), { ...settings(), refrain }).map(
      (note) => Math.round((note.onsetSeconds / step) * 1e6) / 1e6,
    )

  test('syllables fall on the strokes; a comma leaves one out, a sentence begins the refrain anew', () => {
    expect(chanted('open up the morning')).toEqual([0, 3, 6, 10, 12, 16])
    expect(chanted('one breath, two breath')).toEqual([0, 3, 10, 12])
    expect(chanted('kick. drum. bass')).toEqual([0, 16, 32])
    expect(chanted('bass … kick')).toEqual([0, 6])
  })

  test('with no room to begin anew, sentences leave a stroke out; with no room at all, plain speech', () => {
    const sentences = chanted('one morning. '.repeat(10))
    expect(sentences.slice(0, 7)).toEqual([0, 3, 6, 12, 16, 19, 26])
    const long = 'heavy water under stone '.repeat(12)
    expect(chanted(long)).toEqual(stepsOf(long))
    const empty = { ...settings(), refrain: { pattern: '....', variation: 0 } }
    expect(sonifyTurn(tokensOf('bass kick'), empty)).toEqual(sonifyTurn(tokensOf('bass kick'), settings()))
  })
})

describe('rhythm = arrival', () => {
  test('notes begin when their tokens came; grid 1 pulls them to the run’s sixteenths', () => {
    const tokens = tokensOf('slow heavy water').map((token, i) => ({ ...token, t: 3 + i * 0.77 }))
    const free = sonifyTurn(tokens, settings({ timing: 'arrival', grid: 0 }, 100))
    expect(free.filter((note) => note.token === 1)[0]?.onsetSeconds).toBeCloseTo(3, 9)
    expect(free.filter((note) => note.token === 3)[0]?.onsetSeconds).toBeCloseTo(4.54, 9)
    for (const note of sonifyTurn(tokens, settings({ timing: 'arrival', grid: 1 })))
      expect(note.onsetSeconds / step).toBeCloseTo(Math.round(note.onsetSeconds / step), 6)
  })

  test('words of one packet stay apart by 30 ms', () => {
    const notes = sonifyTurn(tokensOf('hot hot hot'), settings({ timing: 'arrival', grid: 0 }))
    expect(notes.map((note) => Math.round(note.onsetSeconds * 1000))).toEqual([0, 30, 60])
  })
})

describe('pitch, accent, timbre', () => {
  const scale = new Set([9, 11, 0, 2, 4, 5, 7])

  test.each(['meaning', 'surprise', 'letters'] as const)('%s keeps to the key collection', (name) => {
    const text = 'twenty strange lights are drifting over the warehouse, yes, and nobody refuses the zxqv bass'
    for (const note of sonifyTurn(tokensOf(text), settings({ name }))) expect(scale.has(note.midi % 12)).toBe(true)
    const inE = sonifyTurn(tokensOf(text), { ...settings({ name }), key: { tonic: 4, mode: 'major' } })
    const eMajor = new Set([4, 6, 8, 9, 11, 1, 3])
    for (const note of inE) expect(eMajor.has(note.midi % 12)).toBe(true)
  })

  test('surprise: the less expected, the higher and the louder', () => {
    const tokens = (logprob: number) => tokensOf('drum', { logprob })
    const heard = (logprob: number) => sonifyTurn(tokens(logprob), settings({ name: 'surprise' }))[0]
    expect(heard(-6)?.midi).toBeGreaterThan(heard(-1)?.midi ?? 127)
    expect(heard(-6)?.velocity).toBeGreaterThan(heard(-1)?.velocity ?? 1)
    const meaning = (logprob: number) => sonifyTurn(tokens(logprob), settings())[0]
    expect(meaning(-6)?.midi).toBe(meaning(-1)?.midi)
  })

  test('letters: equal words sound alike, other words are chosen by their letters alone', () => {
    const pitches = (text: string) => sonifyTurn(tokensOf(text), settings({ name: 'letters' })).map((note) => note.midi)
    expect(pitches('Bass')).toEqual(pitches('bass'))
    const all = 'kick drum bass sub low high bell light'.split(' ').map((word) => pitches(word)[0])
    expect(new Set(all).size).toBeGreaterThanOrEqual(4)
  })

  test('each role has its own timbre and mark; the voice’s timbre is never taken by another role', () => {
    const heard = (role: TokenLine['role']) => sonifyTurn(tokensOf('drop', { role }), settings())[0]
    expect(heard('speech')).toMatchObject({ timbre: 'bell', mark: String((heard('speech')?.midi ?? 0) % 12) })
    expect(heard('action')).toMatchObject({ timbre: 'pluck', mark: 'action' })
    expect(heard('number')?.timbre).toBe('harmonic')
    expect(heard('quoted')?.timbre).toBe('breath')
  })
})

test('a voice of percussion speaks in short drums, marked by the same pitch classes', () => {
  const heard = (timbre: 'percussion' | 'pluck') =>
    sonifyTurn(tokensOf('tick and go, red light'), { ...settings(), voice: { timbre, registerMidi: 60 } })
  for (const note of heard('percussion')) expect([64, 63, 62, 60, 37, 76, 70]).toContain(note.midi)
  expect(heard('percussion').map((note) => note.mark)).toEqual(heard('pluck').map((note) => note.mark))
})

describe('properties', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          'bass',
          'the',
          'kick,',
          'shimmering',
          '…',
          '–',
          '32',
          'don’t',
          'floor.',
          '音楽',
          '🎛',
          'SAY "',
          '\n',
        ),
        { maxLength: 400 },
      )
      .map((parts) => parts.join(' ')),
  )
  const anyMapping = fc.record({
    name: fc.constantFrom('meaning' as const, 'surprise' as const, 'letters' as const),
    timing: fc.constantFrom('speech' as const, 'arrival' as const),
    grid: fc.double({ min: 0, max: 1, noNaN: true }),
    swing: fc.double({ min: 0, max: 0.5, noNaN: true }),
    notesPerWord: fc.integer({ min: 1, max: 4 }),
  })

  test('whatever is said: valid notes, in order, at most so many a word, begun inside the slot, the same twice', () => {
    fc.assert(
      fc.property(anyText, anyMapping, fc.integer({ min: 0, max: 40 }), (text, mapping, slot) => {
        const tokens = tokensOf(text)
        const own = settings(mapping, slot * slotSeconds)
        const notes = sonifyTurn(tokens, own)
        expect(sonifyTurn(tokens, own)).toEqual(notes)
        let last = 0
        for (const note of notes) {
          expect(noteSchema.safeParse(note).success).toBe(true)
          if (mapping.timing === 'arrival') continue
          expect(note.onsetSeconds).toBeGreaterThanOrEqual(Math.max(last, own.startSeconds) - 1e-9)
          expect(note.onsetSeconds).toBeLessThan(own.startSeconds + slotSeconds)
          last = note.onsetSeconds
        }
      }),
      { numRuns: 150 },
    )
  })

  test('moving the slot moves the notes and changes nothing else', () => {
    const tokens = tokensOf('heavy water under the floor, friends… easy now.')
    const here = sonifyTurn(tokens, settings())
    const there = sonifyTurn(tokens, settings({}, 7 * slotSeconds))
    there.forEach((note, i) => {
      expect(note.onsetSeconds - 7 * slotSeconds).toBeCloseTo(here[i]?.onsetSeconds ?? -1, 9)
      expect({ ...note, onsetSeconds: 0 }).toEqual({ ...here[i], onsetSeconds: 0 })
    })
  })

  test('silence in, silence out', () => {
    expect(sonifyTurn([], settings())).toEqual([])
    expect(sonifyTurn(tokensOf('… – 🎛 !'), settings())).toEqual([])
  })
})
