// A made-up party with everything a report shows: 48 slots, two agents, decks, crowd, bodies, faults, scores. Seeded, valid by the schemas.
import { defaultScenario } from '../../../src/party/index.ts'
import { type Random, randomChoice, randomIndex, seededRandom } from '../../../src/random.ts'
import {
  type DeckSlot,
  defaultMapping,
  type Library,
  librarySchema,
  type Mask,
  type Move,
  type Note,
  type RecordLine,
  recordLineSchema,
  type Scores,
  type SessionLine,
} from '../../../src/record/index.ts'
import { agents, bpm, comfortAt, makeScores, slotSeconds, slots } from './scores.ts'

export { bpm, slots } from './scores.ts'

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
