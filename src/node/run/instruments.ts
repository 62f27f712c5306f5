// What a run is heard with, loaded once: kernel, library, lexicon, and the recordings that its tracks use.
import type { Instruments } from '../../pipeline.ts'
import { InputError, type RecordLine, type SessionLine } from '../../record/index.ts'
import { installedVersion, loadInstalledKernel, loadLexicon, loadLibrary } from '../installation.ts'
import { createSampleLoader } from '../sound/samples.ts'

export interface LoadedInstruments extends Instruments {
  /** Decodes the recordings that one slot's decks play; to be awaited before the slot is heard. Throws InputError. */
  prepare(lines: readonly RecordLine[]): Promise<void>
  /** What goes into a session line. */
  readonly hashes: {
    readonly kernel: string
    readonly library: string | null
    readonly hocket: string
    readonly plan: null
  }
}

/** `forWhat`: transcripts have no decks, so they need neither library nor recordings. Throws InputError. */
export function loadInstruments(forWhat: 'party' | 'transcript'): LoadedInstruments {
  const { kernel, hash } = loadInstalledKernel()
  const loaded = forWhat === 'party' ? loadLibrary() : null
  const tracks = loaded?.library.tracks ?? []
  const samples = createSampleLoader(tracks)
  return {
    kernel,
    library: loaded?.library ?? null,
    lexicon: loadLexicon(),
    samples: samples.bank,
    prepare(lines) {
      const ids = lines.flatMap((line) => (line.kind === 'world' ? line.decks.map(({ track }) => track) : []))
      return samples.prepare(tracks.filter(({ id }) => ids.includes(id)))
    },
    hashes: { kernel: hash, library: loaded?.hash ?? null, hocket: installedVersion, plan: null },
  }
}

/** How the instruments at hand differ from those that a record was made with, in words; null when they are the same. */
export function compareInstruments(session: SessionLine, { hashes }: LoadedInstruments): string | null {
  const differing = (['kernel', 'library'] as const).filter((name) => {
    const made = session[name]
    return made !== null && /^[0-9a-f]{64}$/.test(made) && hashes[name] !== null && made !== hashes[name]
  })
  if (differing.length === 0) return null
  return `the record was made by hocket ${session.hocket} with another ${differing.join(' and another ')}: its sound and scores may differ`
}

/** For commands that must get the same bytes. Throws InputError. */
export function requireSameInstruments(folder: string, session: SessionLine, instruments: LoadedInstruments): void {
  const difference = compareInstruments(session, instruments)
  if (difference !== null)
    throw new InputError('other-instruments', `${folder}: ${difference}. Use the version that wrote it.`)
}
