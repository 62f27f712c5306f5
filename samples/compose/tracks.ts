// Puts a track together: draws the style's material so that no two tracks of a style share groove, bass, chords and hook,
// places keys in clusters on the Camelot wheel, and lays sections of eight bars.

import { type Random, randomChoice, randomIndex, seededRandom, shuffled } from '../../src/random.ts'
import type { PartName, Section, SectionName, styleNames, Track } from '../../src/record/index.ts'
import { type DrumSetting, playBuild, playDrums, playLightDrums } from './drums.ts'
import { grooves } from './grooves.ts'
import type { Key } from './harmony.ts'
import { material } from './material.ts'
import { type Harmony, type Hook, playBass, playChords, playLead, type Sound } from './parts.ts'
import { round } from './pattern.ts'
import type { StyleMaterial } from './style-material.ts'
import { titles } from './titles.ts'

export type StyleName = (typeof styleNames)[number]

export const tracksPerStyle = 12

/** Fifths from A minor / C major (8 on the Camelot wheel) for the twelve tracks of a style: two clusters of neighbours and a few far keys. */
const fifthsPlan = [0, 1, -1, 0, 1, 2, -3, -4, -3, -2, 5, 0]
/** Each style's cluster turned a little, so that styles overlap in part. */
const styleTurn: Record<StyleName, number> = { house: 0, disco: 1, techno: 0, breaks: -1, dub: -1, ambient: 1 }

/** How loud each part is in each kind of section. */
const levels: Record<SectionName, Record<PartName, number>> = {
  intro: { drums: 0.85, bass: 0, chords: 0.35, lead: 0 },
  build: { drums: 0.9, bass: 0.8, chords: 0.65, lead: 0 },
  drop: { drums: 1, bass: 1, chords: 0.85, lead: 0.9 },
  break: { drums: 0.5, bass: 0.35, chords: 1, lead: 0.6 },
  outro: { drums: 0.85, bass: 0.7, chords: 0.3, lead: 0 },
}

interface Draws {
  readonly key: Key
  readonly bpm: number
  readonly swing: number
  readonly harmony: Harmony
  readonly drums: DrumSetting
  readonly bass: string
  readonly comp: string
  readonly hook: Hook
  readonly secondHook: Hook
  readonly form: readonly SectionName[]
  readonly random: Random
}

/** All tracks of a style. */
export function composeStyle(style: StyleName): Track[] {
  const random = seededRandom(`library/${style}`)
  const m = material[style]
  // Each list is dealt out like cards: used up before anything comes again, in an order of its own.
  const deal = <Item>(items: readonly Item[]) => {
    const cards: Item[] = []
    while (cards.length < tracksPerStyle) cards.push(...shuffled(random, items))
    return cards
  }
  const hands = {
    groove: deal(grooves[style]),
    bass: deal(m.bass),
    comp: deal(m.comps),
    hook: deal(m.hooks),
    second: deal(m.hooks),
    fifths: deal(fifthsPlan),
    major: deal(m.major),
    minor: deal(m.minor),
    title: deal(titles[style]),
    form: deal(m.forms),
  }
  return Array.from({ length: tracksPerStyle }, (_, i) => {
    const own = seededRandom(`library/${style}/${i}`)
    const isMajor = i < Math.round(m.majorShare * tracksPerStyle)
    const key = keyAt((hands.fifths[i] ?? 0) + styleTurn[style], isMajor)
    const degrees = (isMajor ? hands.major[i] : hands.minor[i]) ?? [0]
    const swing = randomChoice(own, m.swing)
    const draws: Draws = {
      key,
      bpm: m.bpm[0] + randomIndex(own, m.bpm[1] - m.bpm[0] + 1),
      swing,
      harmony: { key, degrees, bars: style === 'ambient' ? 8 : 4 },
      drums: {
        groove: hands.groove[i] ?? grooves[style][0] ?? { lanes: {}, fill: 'hat' },
        swing,
        draw: own,
        gain: m.gains.drums,
        crash: m.crash,
      },
      bass: hands.bass[i] ?? '',
      comp: hands.comp[i] ?? '',
      hook: hands.hook[i] ?? { rhythm: '', contour: [], answer: '' },
      secondHook: hands.second[i] ?? { rhythm: '', contour: [], answer: '' },
      form: hands.form[i] ?? ['drop'],
      random: own,
    }
    return composeTrack(style, i, hands.title[i] ?? style, m, draws)
  })
}

/** The key so many fifths above A minor or C major. */
function keyAt(fifths: number, isMajor: boolean): Key {
  const turn = (((fifths * 7) % 12) + 12) % 12
  return isMajor ? { tonic: turn, mode: 'major' } : { tonic: (turn + 9) % 12, mode: 'minor' }
}

function composeTrack(style: StyleName, index: number, title: string, m: StyleMaterial, draws: Draws): Track {
  const { harmony, random } = draws
  const sound = (part: 'bass' | 'chords' | 'lead') => ({
    timbre: randomChoice(random, m.timbres[part]),
    gain: m.gains[part],
    swing: draws.swing,
  })
  const size = randomChoice(random, m.chordSizes)
  const leadSound = sound('lead')
  const parts = {
    drums: playDrums(draws.drums),
    bass: playBass(harmony, draws.bass, sound('bass')),
    chords: playChords(harmony, { rhythm: draws.comp, size, voicing: m.voicing }, sound('chords')),
    lead: playLead(harmony, draws.hook, leadSound),
  }
  const second = playLead(harmony, turned(draws.secondHook), leadSound)
  const padSound: Sound = { timbre: 'breath', gain: round(m.gains.chords * 1.2), swing: 0 }
  const held = playChords(harmony, { rhythm: heldRhythm(harmony), size: 3, voicing: 'open' }, padSound)
  const light = playLightDrums(draws.drums, m.introKick)
  const sparse = playLightDrums(draws.drums, m.breakKick)
  const overrides: Partial<Record<SectionName, Section['parts']>> = {
    intro: { drums: light },
    ...(m.crash > 0 ? { build: { drums: playBuild(draws.drums, m.introKick) } } : {}),
    outro: { drums: light },
    break: { drums: sparse, chords: held },
  }
  return {
    id: `${style}-${String(index + 1).padStart(2, '0')}`,
    title,
    bpm: draws.bpm,
    key: draws.key,
    energy: energyOf(m, index),
    style: styleVector(m, random),
    tags: tagsOf(style, draws),
    sections: draws.form.map((name, at) => {
      const parts = name === 'drop' && isLaterDrop(draws.form, at) ? { lead: second } : overrides[name]
      return { name, levels: levelsOf(style, name), ...(parts ? { parts } : {}) }
    }),
    parts,
  }
}

/** The last drop plays the second hook. */
const isLaterDrop = (form: readonly SectionName[], at: number) => form.lastIndexOf('drop') === at

/** The same hook upside down: related, not the same. */
const turned = (hook: Hook): Hook => ({ ...hook, contour: hook.contour.map((step) => -step) })

/** One long chord per change. */
function heldRhythm(harmony: Harmony): string {
  const steps = (harmony.bars * 16) / harmony.degrees.length
  return `x${'-'.repeat(steps - 1)}`
}

/** Spread evenly over the style's range, in an order that is not the track's number. */
function energyOf(m: StyleMaterial, index: number): number {
  const place = ((index * 5) % tracksPerStyle) / (tracksPerStyle - 1)
  return Math.round((m.energy[0] + (m.energy[1] - m.energy[0]) * place) * 100) / 100
}

/** Mostly its own style; the neighbours vary by a third up or down. */
function styleVector(m: StyleMaterial, random: Random): number[] {
  return m.style.map((value) => (value === 1 ? 1 : Math.round(value * (0.67 + 0.66 * random()) * 100) / 100))
}

/** Ambient and dub hold their weight differently: no drums to speak of, or bass first. */
function levelsOf(style: StyleName, name: SectionName): Record<PartName, number> {
  const base = levels[name]
  if (style === 'ambient')
    return {
      drums: round(base.drums * 0.8),
      bass: Math.max(0.4, base.bass),
      chords: Math.max(0.7, base.chords),
      lead: name === 'outro' ? 0.4 : base.lead,
    }
  if (style === 'dub') return { ...base, bass: Math.max(0.6, base.bass), lead: round(base.lead * 0.8) }
  return { ...base }
}

function tagsOf(style: StyleName, draws: Draws): string[] {
  const loop = draws.drums.groove.loop?.[0]
  return [style, draws.key.mode, draws.swing > 0.1 ? 'swung' : 'straight', ...(loop ? ['recorded loop'] : [])]
}
