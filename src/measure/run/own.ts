// What the ranking asks of one agent's stream. How much is its own: its notes beside the other's notes, its words beside the other's words,
// each by what the other's past foretells (own voice) and by who was first with it (origin); the least counts. And whether its news is taken up.
import { measureNews, measureOrigin, measureOwnVoice, symbolsOfNotes, toneRows, wordRuns } from '../vitality/index.ts'
import type { RunSoFar } from './so-far.ts'

/** null where there is no surprise to own, or too little of everything. */
export function ownShareOf(run: RunSoFar, agent: string, other: string): number | null {
  return leastOf([shareOfNotes(run, agent, other), shareOfWords(run, agent, other)])
}

function leastOf(shares: readonly (number | null)[]): number | null {
  const known = shares.filter((share) => share !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** Order of what is new in the voices, each agent's and all together: the most. null where there is no news. */
export function newsOf(run: RunSoFar): number | null {
  const voices = run.agents.map((agent) => run.events.notesOf(agent, 'voice'))
  const together = voices.flat().sort((p, q) => p.onsetSeconds - q.onsetSeconds)
  const known = [...voices, together]
    .map((notes) => measureNews(symbolsOfNotes(notes)))
    .filter((order) => order !== null)
  return known.length === 0 ? null : Math.max(...known)
}

/** Entropy of the agent's note symbols (pitch and length), bits: 0 for a metronome or a drone. */
export function varietyOf(run: RunSoFar, agent: string): number {
  const symbols = symbolsOfNotes(run.events.notesOf(agent, 'voice'))
  const counts = new Map<string, number>()
  for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
  return [...counts.values()].reduce((sum, n) => sum - (n / symbols.length) * Math.log2(n / symbols.length), 0)
}

/** Octaves do not make a copy another voice: symbols are pitch classes with lengths. */
function shareOfNotes(run: RunSoFar, agent: string, other: string): number | null {
  const [own, theirs] = [agent, other].map((name) => run.events.notesOf(name, 'voice')) as [Notes, Notes]
  const symbols = [own, theirs].map((notes) => symbolsOfNotes(notes).map(toPitchClass)) as [string[], string[]]
  let before = 0
  const known = own.map((note) => {
    while (before < theirs.length && (theirs[before]?.onsetSeconds ?? 0) <= note.onsetSeconds + togetherSeconds)
      before++
    return Math.min(before, symbols[1].length)
  })
  const tones = symbols.map((line) => line.map((symbol) => symbol.split('|')[0] as string)) as [string[], string[]]
  return leastOf([
    measureOwnVoice(symbols[0], symbols[1], known).share,
    measureOrigin(tones[0], tones[1], known, toneRows),
  ])
}

type Notes = ReturnType<RunSoFar['events']['notesOf']>

/** As the notes of one chord. */
const togetherSeconds = 0.03

function toPitchClass(symbol: string): string {
  const [pitch = '', length = ''] = symbol.split('|')
  return `${((Number(pitch) % 12) + 12) % 12}|${length}`
}

/** What the other wrote in an earlier line was known. */
function shareOfWords(run: RunSoFar, agent: string, other: string): number | null {
  const own: string[] = []
  const theirs: string[] = []
  const known: number[] = []
  for (const turn of run.turns) {
    if (turn.agent === other) theirs.push(...turn.words)
    if (turn.agent !== agent) continue
    own.push(...turn.words)
    for (const _ of turn.words) known.push(theirs.length)
  }
  return leastOf([measureOwnVoice(own, theirs, known).share, measureOrigin(own, theirs, known, wordRuns)])
}
