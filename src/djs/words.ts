// The words in which floor and body reach a DJ: the tables that write them and that scripted DJs read. Numbers never leave here.
import { styleNames } from '../record/index.ts'

export type StyleName = (typeof styleNames)[number]
export type FloorKind = 'packed' | 'filling' | 'thinning' | 'bare' | 'tired' | 'wants'

/** One thing seen of one group. */
export interface FloorWord {
  readonly group: string
  readonly kind: FloorKind
  /** Only with `wants`. */
  readonly style: StyleName | null
}

/** Several sayings each, so that the floor does not read like a gauge. `{style}` is filled in. */
export const floorSayings: Readonly<Record<FloorKind, readonly string[]>> = {
  packed: ['is packed', 'has its hands up', 'jumps as one'],
  filling: ['fills up', 'draws closer', 'gets moving'],
  thinning: ['thins out', 'drifts to the bar', 'loses a few'],
  bare: ['stands about', 'is nearly bare', 'looks at its phones'],
  tired: ['catches its breath', 'looks worn out', 'sits down for a while'],
  wants: ['calls for {style}', 'would love some {style}', 'waits for {style}'],
}

/** `pick` chooses a saying, 0..1. */
export function sayFloor(word: FloorWord, pick: number): string {
  const sayings = floorSayings[word.kind]
  const saying = sayings[Math.min(sayings.length - 1, Math.floor(pick * sayings.length))] as string
  return `${word.group} ${saying.replace('{style}', word.style ?? '')}`
}

interface KnownSaying {
  readonly kind: FloorKind
  readonly ending: string
  readonly style: StyleName | null
}

const knownSayings: readonly KnownSaying[] = (Object.keys(floorSayings) as FloorKind[]).flatMap((kind) =>
  floorSayings[kind].flatMap((saying): KnownSaying[] =>
    kind === 'wants'
      ? styleNames.map((style) => ({ kind, ending: ` ${saying.replace('{style}', style)}`, style }))
      : [{ kind, ending: ` ${saying}`, style: null }],
  ),
)

/** What was said of the floor; sayings that the table does not know are passed over. */
export function readFloor(text: string): FloorWord[] {
  return text.split('; ').flatMap((part) => {
    const known = knownSayings.find((saying) => part.endsWith(saying.ending))
    if (known === undefined) return []
    return [{ group: part.slice(0, -known.ending.length), kind: known.kind, style: known.style }]
  })
}

/** From worst to best; `upTo` is the highest comfort that still feels so. */
export const bodySayings = [
  { upTo: -0.1, words: 'everything aches' },
  { upTo: 0.06, words: 'sore' },
  { upTo: 0.15, words: 'uneasy' },
  { upTo: 0.25, words: 'restless' },
  { upTo: 0.36, words: 'all right' },
  { upTo: 0.5, words: 'at ease' },
  { upTo: Number.POSITIVE_INFINITY, words: 'warm all through' },
] as const

/** Said after the first, when a pleasure has worn off. */
export const wornSaying = 'and it is wearing thin'

/** Place of a body's words in the table above, 0 (worst) .. 6; null for other words. */
export function readBody(text: string): { readonly ease: number; readonly worn: boolean } | null {
  const ease = bodySayings.findIndex((saying) => text.startsWith(saying.words))
  return ease < 0 ? null : { ease, worn: text.endsWith(wornSaying) }
}

/** Adaptation from which a pleasure is felt to wear off. */
const wornFrom = 0.45

export function sayBody(comfort: number, adaptation: number): string {
  const saying = bodySayings.find((row) => comfort <= row.upTo) as (typeof bodySayings)[number]
  return adaptation > wornFrom ? `${saying.words}, ${wornSaying}` : saying.words
}
