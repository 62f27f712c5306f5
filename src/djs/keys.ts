// Keys and tempi as DJs compare them: the Camelot wheel (circle of fifths, majors B, minors A) and relative tempo.

export interface MusicalKey {
  /** Pitch class, C = 0. */
  readonly tonic: number
  readonly mode: 'major' | 'minor'
}

const tonicNames = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B']

/** "A minor". */
export function nameKey(key: MusicalKey): string {
  return `${tonicNames[key.tonic] ?? '?'} ${key.mode}`
}

/** Inverse of `nameKey`; null when it names no key. */
export function readKey(text: string): MusicalKey | null {
  const match = /^([A-G]b?) (major|minor)$/.exec(text)
  const tonic = tonicNames.indexOf(match?.[1] ?? '')
  return tonic < 0 ? null : { tonic, mode: match?.[2] === 'major' ? 'major' : 'minor' }
}

/** Hour on the Camelot wheel, 1..12: C major and A minor stand at 8, a fifth up is the next hour. */
export function camelotHour(key: MusicalKey): number {
  const major = key.mode === 'major' ? key.tonic : (key.tonic + 3) % 12
  return ((7 + major * 7) % 12) + 1
}

/** Steps on the Camelot wheel, 0..7: hours round the ring, plus one for the change between major and minor. */
export function camelotDistance(a: MusicalKey, b: MusicalKey): number {
  const hours = Math.abs(camelotHour(a) - camelotHour(b))
  return Math.min(hours, 12 - hours) + (a.mode === b.mode ? 0 : 1)
}

/** Relative difference of two tempi, 0 .. about .41; half and double time count as equal. Both must be above 0. */
export function tempoDistance(a: number, b: number): number {
  let ratio = a > b ? a / b : b / a
  while (ratio > Math.SQRT2) ratio /= 2
  return ratio > 1 ? ratio - 1 : 1 / ratio - 1
}

/**
 * The key that sounds when a track of `bpm` runs at `partyBpm`: pitch stays while the change of tempo is within `keyLock`
 * (share), beyond it pitch moves with speed, here to the nearest semitone.
 */
export function soundingKey(key: MusicalKey, bpm: number, partyBpm: number, keyLock: number): MusicalKey {
  if (Math.abs(partyBpm - bpm) <= keyLock * bpm) return key
  const semitones = Math.round(12 * Math.log2(partyBpm / bpm))
  return { tonic: (((key.tonic + semitones) % 12) + 12) % 12, mode: key.mode }
}
