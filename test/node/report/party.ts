// A made-up party with everything a report shows: 48 slots, two agents, decks, crowd, bodies, faults, scores. Seeded, valid by the schemas.
import { defaultScenario } from '../../../src/party/index.ts'
import { type Random, randomChoice, randomIndex, seededRandom } from '../../../src/random.ts'
import {
  type DeckSlot,
  defaultMapping,
  type InterlockScore,
  type Library,
  librarySchema,
  type Mask,
  type Move,
  type Note,
  type RecordLine,
  recordLineSchema,
  type Scores,
  type Series,
  type SessionLine,
  scoresSchema,
} from '../../../src/record/index.ts'

export const bpm = 126
const titles = [
  'Corner Room',
  'Night Bus Gospel',
  'Soft Concrete',
  'Mirrorball Tax',
  'Half Moon Yard',
  'Snow Without Wind',
  'Detour',
]
const rest = { bars: 1, timbre: 'hollow', gain: 1, notes: [] }

/** Titles and sections are all that a report asks of tracks. */
export const library: Library = librarySchema.parse({
  version: 1,
  tracks: titles.map((title, i) => ({
    id: `track-${i}`,
    title,
    bpm,
    key: { tonic: i, mode: 'minor' },
    energy: 0.5,
    style: [1, 0, 0, 0, 0, 0],
    tags: [],
    sections: ['intro', 'build', 'drop', 'break', 'drop', 'outro'].map((name) => ({
      name,
      levels: { drums: 1, bass: 1, chords: 1, lead: 1 },
    })),
    parts: { drums: rest, bass: rest, chords: rest, lead: rest },
  })),
})

export const slots = 48
const slotSeconds = (32 * 60) / bpm
const agents = ['a', 'b'] as const

export interface Party {
  session: SessionLine
  record: RecordLine[]
  notes: Note[]
  scores: Scores
  library: Library
}

export function makeParty(seed = 'fixture'): Party {
  const random = seededRandom(seed)
  const session = makeSession()
  const record: RecordLine[] = [session]
  const notes: Note[] = []
  let n = 1
  const decks = agents.map((agent) => firstDeck(agent))
  for (let slot = 0; slot < slots; slot++) {
    agents.forEach((agent, place) => {
      const { words, moves, acts } = speak(slot, place, random)
      for (const [i, text] of words.entries()) {
        notes.push(...voiceNotes(agent, place, slot, i, words.length, n, random))
        record.push({
          n: n++,
          kind: 'token',
          agent,
          slot,
          turn: slot,
          t: slot * slotSeconds,
          text: `${text} `,
          role: i < acts ? 'action' : 'speech',
          source: 'scripted',
          clock: 'world',
        })
      }
      record.push({ n: n++, kind: 'move', agent, slot, text: words.join(' '), moves })
      const deck = decks[place] as DeckSlot
      decks[place] = nextDeck(deck, slot, place)
      notes.push(...deckNotes(decks[place] as DeckSlot, slot))
      if (slot % 17 === 9 && place === 1)
        record.push({
          n: n++,
          kind: 'fault',
          agent,
          slot,
          code: 'parse',
          message: 'expected a move, got "DROP THE BASS"; counted as HOLD',
        })
    })
    record.push(makeWorld(n++, slot, decks))
  }
  record.push({ n: n++, kind: 'end', slots, seconds: slots * slotSeconds, reason: 'finished' })
  return { session, record: record.map((line) => recordLineSchema.parse(line)), notes, scores: makeScores(), library }
}

function makeMask(name: string, title: string, taste: number[], pattern: string, registerMidi: number): Mask {
  return {
    name,
    title,
    taste,
    persona: `${title} came up through basements and radio nights, and trusts the floor more than the clock.`,
    phrases: ['hold it there', 'more {style}'],
    refrain: { pattern, variation: 0.2 },
    voice: { timbre: registerMidi < 60 ? 'hollow' : 'pluck', registerMidi },
    patience: 3,
    exploration: 0.3,
  }
}

function makeSession(): SessionLine {
  const tasteA = [1, 1, 0.8, 0.8, 0.1, 0.1]
  const tasteB = [0.1, 0.1, 0.8, 0.8, 1, 1]
  return {
    n: 0,
    kind: 'session',
    schema: 1,
    seed: 7,
    scenario: { ...defaultScenario, bpm, slots },
    condition: 'hearing+comfort',
    agents: [
      {
        agent: 'a',
        title: 'Marlow',
        dj: { kind: 'scripted', policy: 'listen' },
        mask: makeMask('marlow', 'Marlow', tasteA, 'x..x..x.x..x..x.', 62),
      },
      {
        agent: 'b',
        title: 'Ines',
        dj: { kind: 'scripted', policy: 'listen-yield' },
        mask: makeMask('ines', 'Ines', tasteB, '..x...x...x.x...', 50),
      },
    ],
    mapping: defaultMapping,
    bpm,
    kernel: '3f1c'.repeat(16),
    library: 'a90e'.repeat(16),
    hocket: '0.1.0',
    plan: null,
  }
}

const vocabulary =
  'hold it there and let the bassline breathe while the left side warms up slowly before the drop comes round again for everyone dancing'.split(
    ' ',
  )

function speak(slot: number, place: number, random: Random): { words: string[]; moves: Move[]; acts: number } {
  const count = 12 + randomIndex(random, 10)
  const said = Array.from({ length: count }, () => randomChoice(random, vocabulary))
  const moves: Move[] =
    slot % 6 === place * 3
      ? [
          { do: 'load', track: trackAt(slot, place), cue: 'drop' },
          { do: 'blend', beats: 32 },
        ]
      : slot % 7 === 5
        ? [{ do: 'eq', band: 'low', to: 'kill' }]
        : slot % 5 === 2
          ? [{ do: 'yield' }]
          : [{ do: 'hold' }]
  const written = moves.map((move) => (move.do === 'load' ? `LOAD ${move.track} drop` : move.do.toUpperCase()))
  const acting = written.join(' ').split(' ')
  return { acts: acting.length, words: [...acting, ...said], moves: [...moves, { do: 'say', words: said.join(' ') }] }
}

function trackAt(slot: number, place: number): string {
  return library.tracks[(Math.floor(slot / 6) * 2 + place * 3) % library.tracks.length]?.id ?? 'track-0'
}

function voiceNotes(
  agent: string,
  place: number,
  slot: number,
  i: number,
  count: number,
  token: number,
  random: Random,
): Note[] {
  const refrain = [0, 4, 7, 4, 9, 7, 4, 2]
  const start = slot * slotSeconds + (i / count) * slotSeconds + place * 0.119
  return Array.from({ length: 1 + randomIndex(random, 3) }, (_, k) => ({
    agent,
    layer: 'voice' as const,
    onsetSeconds: Math.round((start + k * 0.238) / 0.119) * 0.119,
    durationSeconds: 0.2,
    midi: (place === 0 ? 60 : 48) + (refrain[(i + k) % 8] ?? 0) + (random() < 0.1 ? 1 : 0),
    velocity: 0.5 + random() / 2,
    timbre: 'pluck' as const,
    role: i < 2 ? ('action' as const) : ('speech' as const),
    mark: `${(i + k) % 8}`,
    token,
  }))
}

function firstDeck(agent: string): DeckSlot {
  return {
    agent,
    track: null,
    section: 0,
    playing: false,
    loopBeats: null,
    nudgePercent: 0,
    fader: { from: 0, to: 0, overBeats: 0 },
    eq: { low: 1, mid: 1, high: 1 },
  }
}

function nextDeck(deck: DeckSlot, slot: number, place: number): DeckSlot {
  const fresh = slot % 6 === place * 3 || deck.track === null
  const to = 0.5 + 0.45 * Math.sin(slot / 4 + place * Math.PI)
  return {
    ...deck,
    track: fresh ? trackAt(slot, place) : deck.track,
    section: fresh ? 0 : deck.section + 1,
    playing: slot > place,
    loopBeats: slot % 11 === 8 ? 4 : null,
    fader: { from: deck.fader.to, to: slot > place ? to : 0, overBeats: 32 },
    eq: { low: slot % 7 === 5 ? 0 : 1, mid: slot % 9 === 4 ? 1.6 : 1, high: 1 },
  }
}

function deckNotes(deck: DeckSlot, slot: number): Note[] {
  if (!deck.playing) return []
  const step = slotSeconds / 128
  return Array.from({ length: 128 }, (_, k) => k).flatMap((k): Note[] => {
    const at = { agent: deck.agent, layer: 'deck' as const, onsetSeconds: slot * slotSeconds + k * step, velocity: 0.8 }
    const drum = k % 4 === 0 ? 36 : k % 8 === 4 ? 38 : k % 2 === 0 ? 42 : null
    return [
      ...(drum === null
        ? []
        : [{ ...at, durationSeconds: 0.1, midi: drum, timbre: 'percussion' as const, mark: `drums:${drum}` }]),
      ...(k % 3 === 0
        ? [{ ...at, durationSeconds: 0.2, midi: 33 + ((k * 5 + slot) % 12), timbre: 'hollow' as const, mark: 'bass:9' }]
        : []),
    ]
  })
}

function makeWorld(n: number, slot: number, decks: readonly DeckSlot[]): RecordLine {
  const dancing = (k: number) => Math.min(1, Math.max(0, 0.45 + 0.35 * Math.sin(slot / 7 + k)))
  const groups = ['front', 'back', 'left side'].map((name, k) => ({
    name,
    dancing: dancing(k),
    tired: 0.2,
    appetite: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
  }))
  return {
    n,
    kind: 'world',
    slot,
    t: slot * slotSeconds,
    decks: decks.map((deck) => ({ ...deck })),
    clash: 0.3 + 0.2 * Math.sin(slot),
    crowd: { energy: 0.35 * dancing(0) + 0.35 * dancing(1) + 0.3 * dancing(2), groups },
    bodies: agents.map((agent, k) => ({
      agent,
      comfort: comfortAt(slot, k),
      pain: Math.max(0, 0.25 - comfortAt(slot, k)),
      adaptation: 0.1,
    })),
  }
}

const comfortAt = (slot: number, place: number) => 0.32 + 0.18 * Math.sin(slot / 9 + place * 2)

function makeScores(): Scores {
  const grid = (step: number) => Array.from({ length: Math.floor((slots * slotSeconds) / step) }, (_, i) => i * step)
  const series = (step: number, valueAt: (seconds: number) => number | null): Series => ({
    seconds: grid(step),
    values: grid(step).map(valueAt),
  })
  const wave =
    (base: number, size: number, period: number, phase = 0) =>
    (t: number) =>
      Math.min(
        1,
        Math.max(0, base + size * Math.sin((2 * Math.PI * t) / period + phase) + 0.05 * Math.sin(t / 3 + phase)),
      )
  const after = (from: number, valueAt: (t: number) => number) => (t: number) => (t < from ? null : valueAt(t))
  const interlock: InterlockScore = {
    score: 0.68,
    presence: 0.97,
    pulse: 0.91,
    space: 0.74,
    evenness: 0.62,
    refrain: 0.35,
    variety: 0.8,
  }
  const alive = {
    vitality: 0.79,
    order: 0.61,
    surpriseBits: 1.9,
    evolution: 0.12,
    collapse: { repeating: false, fromIndex: null },
  }
  const agent = (name: string, place: number) => ({
    agent: name,
    consonanceWithin: 0.71 - 0.06 * place,
    vitality: { ...alive, vitality: 0.84 - 0.2 * place },
    patternSurvival: place === 0 ? 0.82 : 0.61,
    meanComfort: place === 0 ? 0.37 : 0.29,
    presence: 0.98,
    loudnessLufs: -17.4 - place,
  })
  return scoresSchema.parse({
    version: 1,
    hashes: {
      record: '9b2f'.repeat(16),
      kernel: '3f1c'.repeat(16),
      features: 'c0de'.repeat(16),
      stems: {
        'a.voice': '11aa'.repeat(16),
        'a.deck': '22bb'.repeat(16),
        'b.voice': '33cc'.repeat(16),
        'b.deck': '44dd'.repeat(16),
      },
    },
    seconds: slots * slotSeconds,
    agents: agents.map(agent),
    pairs: [
      {
        a: 'a',
        b: 'b',
        consonanceBetween: 0.58,
        gain: -0.07,
        interlock: { voice: interlock, deck: { ...interlock, score: 0.41, space: 0.3 } },
      },
    ],
    together: { consonance: 0.6, vitality: alive, crowdEnergy: 0.44, fairness: 0.29, clashHeardAs: null },
    series: {
      consonance: {
        together: series(2, wave(0.55, 0.15, 180)),
        within: { a: series(2, wave(0.7, 0.1, 240)), b: series(2, wave(0.64, 0.12, 200, 1)) },
        between: series(2, after(16, wave(0.5, 0.25, 180, 0.5))),
      },
      interlock: {
        voice: series(2, after(6, wave(0.6, 0.3, 300))),
        deck: series(2, after(30, wave(0.4, 0.2, 260, 2))),
      },
      vitality: {
        a: series(slotSeconds, after(40, wave(0.8, 0.12, 400))),
        b: series(slotSeconds, after(50, wave(0.6, 0.2, 350, 2))),
        together: series(slotSeconds, after(30, wave(0.75, 0.1, 500, 1))),
      },
      crowdEnergy: series(slotSeconds, (t) => 0.45 + 0.3 * Math.sin(t / slotSeconds / 7 + 0.8)),
      comfort: {
        a: series(slotSeconds, (t) => comfortAt(t / slotSeconds, 0)),
        b: series(slotSeconds, (t) => comfortAt(t / slotSeconds, 1)),
      },
    },
    undefined: { 'together.clashHeardAs': 'fewer than 8 slots in which both decks sound' },
  })
}
