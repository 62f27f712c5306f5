// The serialised stream: what one agent may know, as one ordered text, and back. There is no other channel.
//   <taste>house 1, disco 1, techno 0.8</taste>
//   <track=house-03>124 bpm; A minor; energy 0.7; house 0.9, disco 0.3; intro drop outro; Warm Floor</track>
//   <played>house-01, dub-02</played>
//   <recall=3><own>...</own><you>YIELD</you><after>at ease</after></recall>
//   <slot=12><own>house-03; drop; full; 3 slots</own><heard>...</heard><floor>left side thins out</floor><body>uneasy</body><partner=11>YIELD</partner>
// Everything between tags is data: escaped, so that no word can close its delimiter or start another.
import { type Metatoken, metaPropertySchema, type SectionName, sectionNames, styleNames } from '../record/index.ts'
import { type MusicalKey, nameKey, readKey } from './keys.ts'
import { readTags, type Tag, tag } from './tags.ts'

export interface CrateTrack {
  readonly id: string
  readonly title: string
  readonly bpm: number
  readonly key: MusicalKey
  readonly energy: number
  /** Share per style, in the order of styleNames. */
  readonly style: readonly number[]
  readonly cues: readonly SectionName[]
}

/** How much of the crossfader a deck has; how far its fader is up, for who cannot hear the other one. */
export const deckLevels = ['out', 'low', 'half', 'full'] as const
export type DeckLevel = (typeof deckLevels)[number]

export interface OwnDeck {
  /** null: nothing loaded. */
  readonly track: string | null
  readonly section: SectionName | null
  readonly level: DeckLevel
  /** Slots for which the track has sounded. */
  readonly slots: number
  /** Settings that are not neutral: "low kill", "loop 4", "nudge +2%". */
  readonly set: readonly string[]
}

/** What can be told of the other deck by listening; null fields: nothing sounds. */
export interface OtherDeck {
  readonly bpm: number
  readonly key: MusicalKey
  readonly style: (typeof styleNames)[number]
  readonly level: DeckLevel
}

export interface PartnerTurn {
  readonly slot: number
  /** Its moves as understood, words included, in the grammar. */
  readonly text: string
}

/** One slot as the agent read it; null: not shown in this condition, or nothing to show. */
export interface Moment {
  readonly slot: number
  /** How a finished slot came out, how the present is wanted; empty outside the condition metatokens. */
  readonly metatokens: readonly Metatoken[]
  readonly own: OwnDeck
  /** 'silent': heard, and nothing there. */
  readonly other: OtherDeck | 'silent' | null
  readonly heard: string | null
  readonly floor: string | null
  readonly body: string | null
  readonly score: string | null
  /** The partner's turns that were not yet read in an earlier slot. */
  readonly partner: readonly PartnerTurn[]
  /** What did not work in the agent's last turn. */
  readonly fault: string | null
  /** The agent's own answer; null in the present. */
  readonly you: string | null
}

/** A finished moment as it is shown again: its deck, what was heard of the other and seen of the floor, the own moves without words. */
export interface Episode {
  readonly moment: Moment
  /** How the body felt after it; null where the body is not felt. */
  readonly after: string | null
}

export interface Knowledge {
  /** In the order of styleNames. */
  readonly taste: readonly number[]
  readonly crate: readonly CrateTrack[]
  /** Own tracks that have sounded, oldest first. */
  readonly played: readonly string[]
  /** Of the set before, shown again before a new one; oldest first. */
  readonly replayed: readonly Episode[]
  /** Earlier episodes that are like the present; oldest first. */
  readonly recalled: readonly Episode[]
  /** Memory, oldest first; the last is the present. Never empty. */
  readonly moments: readonly Moment[]
}

/** The whole text that an agent reads in one slot. */
export function formatPercept(knowledge: Knowledge): string {
  const lines = [
    tag('taste', formatStyle(knowledge.taste)),
    ...knowledge.crate.map(formatTrack),
    tag('played', knowledge.played.join(', ')),
    ...knowledge.replayed.map((episode) => formatEpisode('replay', episode)),
    ...knowledge.recalled.map((episode) => formatEpisode('recall', episode)),
    ...knowledge.moments.map(formatMoment),
  ]
  return lines.join('\n')
}

/** Inverse of `formatPercept`. Throws RangeError for a text that it has not written. */
export function parsePercept(text: string): Knowledge {
  const crate: CrateTrack[] = []
  const replayed: Episode[] = []
  const recalled: Episode[] = []
  const moments: Moment[] = []
  let taste: number[] = []
  let played: string[] = []
  for (const line of text.split('\n')) {
    const [first] = readTags(line)
    if (line.startsWith('<slot=')) moments.push(parseMoment(line))
    else if (line.startsWith('<replay=')) replayed.push(parseEpisode(line))
    else if (line.startsWith('<recall=')) recalled.push(parseEpisode(line))
    else if (first?.name === 'taste') taste = parseStyle(first.text)
    else if (first?.name === 'played') played = first.text === '' ? [] : first.text.split(', ')
    else if (first?.name === 'track') crate.push(parseTrack(first))
    else
      throw new RangeError(
        `percept: expected a line of taste, track, played, replay, recall or slot, got ${JSON.stringify(line)}.`,
      )
  }
  if (moments.length === 0) throw new RangeError('percept: expected at least one slot, got none.')
  return { taste, crate, played, replayed, recalled, moments }
}

/** The present moment: the last that was read. */
export function presentOf(knowledge: Knowledge): Moment {
  return knowledge.moments[knowledge.moments.length - 1] as Moment
}

function formatStyle(style: readonly number[]): string {
  return styleNames.flatMap((name, s) => (style[s] ? [`${name} ${style[s]}`] : [])).join(', ')
}

function parseStyle(text: string): number[] {
  const found = new Map(text.split(', ').map((part) => part.split(' ') as [string, string]))
  return styleNames.map((name) => Number(found.get(name) ?? 0))
}

function formatTrack(track: CrateTrack): string {
  const cells = [
    `${track.bpm} bpm`,
    nameKey(track.key),
    `energy ${track.energy}`,
    formatStyle(track.style),
    track.cues.join(' '),
    track.title,
  ]
  return tag('track', cells.join('; '), track.id)
}

function parseTrack(line: Tag): CrateTrack {
  const [bpm = '', key = '', energy = '', style = '', cues = '', ...title] = line.text.split('; ')
  const read = readKey(key)
  if (read === null) throw new RangeError(`percept: expected a key of track ${line.value}, got ${JSON.stringify(key)}.`)
  return {
    id: line.value,
    title: title.join('; '),
    bpm: Number.parseFloat(bpm),
    key: read,
    energy: Number(energy.slice('energy '.length)),
    style: parseStyle(style),
    cues: cues.split(' ').filter(isSection),
  }
}

function isSection(name: string): name is SectionName {
  return (sectionNames as readonly string[]).includes(name)
}

function formatMoment(moment: Moment): string {
  const optional = (name: string, text: string | null) => (text === null ? '' : tag(name, text))
  return [
    `<slot=${moment.slot}>`,
    ...moment.metatokens.map(({ property, level }) => `<${property}:${level}>`),
    tag('own', formatOwn(moment.own)),
    optional('other', moment.other === null ? null : formatOther(moment.other)),
    optional('heard', moment.heard),
    optional('floor', moment.floor),
    optional('body', moment.body),
    optional('score', moment.score),
    ...moment.partner.map((turn) => tag('partner', turn.text, turn.slot)),
    optional('fault', moment.fault),
    optional('you', moment.you),
  ].join('')
}

function parseMoment(line: string): Moment {
  const tags = readTags(line)
  const textOf = (name: string) => tags.find((found) => found.name === name)?.text ?? null
  const other = textOf('other')
  return {
    slot: Number(/^<[a-z]+=(\d+)>/.exec(line)?.[1]),
    metatokens: readMetatokens(line),
    own: parseOwn(textOf('own') ?? ''),
    other: other === null ? null : parseOther(other),
    heard: textOf('heard'),
    floor: textOf('floor'),
    body: textOf('body'),
    score: textOf('score'),
    partner: tags.filter((t) => t.name === 'partner').map((t) => ({ slot: Number(t.value), text: t.text })),
    fault: textOf('fault'),
    you: textOf('you'),
  }
}

function readMetatokens(line: string): Metatoken[] {
  return [...line.matchAll(/<([a-z]+):(\d)>/g)].flatMap(([, name, level]) => {
    const property = metaPropertySchema.options.find((known) => known === name)
    return property === undefined ? [] : [{ property, level: Number(level) }]
  })
}

function formatEpisode(name: 'replay' | 'recall', { moment, after }: Episode): string {
  const whole = formatMoment(moment).replace('<slot=', `<${name}=`)
  return `${whole}${after === null ? '' : tag('after', after)}</${name}>`
}

function parseEpisode(line: string): Episode {
  const after = readTags(line).find(({ name }) => name === 'after')?.text ?? null
  return { moment: parseMoment(line), after }
}

function formatOwn(own: OwnDeck): string {
  if (own.track === null || own.section === null) return ['empty', ...own.set].join('; ')
  return [own.track, own.section, own.level, `${own.slots} slots`, ...own.set].join('; ')
}

function parseOwn(text: string): OwnDeck {
  const [track = 'empty', ...rest] = text.split('; ')
  if (track === 'empty') return { track: null, section: null, level: 'out', slots: 0, set: rest }
  const [section = '', level = '', slots = '', ...set] = rest
  return {
    track,
    section: isSection(section) ? section : null,
    level: readLevel(level),
    slots: Number.parseInt(slots, 10),
    set,
  }
}

function readLevel(text: string): DeckLevel {
  return deckLevels.find((level) => level === text) ?? 'out'
}

function formatOther(other: OtherDeck | 'silent'): string {
  return other === 'silent' ? 'silent' : `${other.bpm} bpm; ${nameKey(other.key)}; ${other.style}; ${other.level}`
}

function parseOther(text: string): OtherDeck | 'silent' {
  if (text === 'silent') return 'silent'
  const [bpm = '', key = '', style = '', level = ''] = text.split('; ')
  return {
    bpm: Number.parseFloat(bpm),
    key: readKey(key) ?? { tonic: 0, mode: 'minor' },
    style: styleNames.find((name) => name === style) ?? styleNames[0],
    level: readLevel(level),
  }
}
