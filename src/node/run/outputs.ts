// Everything that is derived from a record and written beside it, slot by slot while the sound is made: stems, mix, MIDI, scores, report.
// Nothing is seen under its final name before all of it is whole.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { HeardFrame } from '../../hear/index.ts'
import type { UnhashedScores } from '../../measure/index.ts'
import type { HeardSlotSound } from '../../pipeline.ts'
import type { Library, Note, RecordLine, Scores, SessionLine, StemPlace, TokenLine, Twins } from '../../record/index.ts'
import { mixGains } from '../../render/index.ts'
import { renderReport } from '../report/index.ts'
import { encodeMidi } from '../sound/midi.ts'
import { createMixWriter, panOf } from '../sound/mix.ts'
import { createWavWriter, type WavWriter, type WrittenWav } from '../sound/wav-writer.ts'
import type { ReadLine } from '../store/record-file.ts'
import { createDerivedFiles, recordName } from '../store/run-folder.ts'
import { createFeatureHash } from './feature-hash.ts'
import { createLineFile } from './line-file.ts'

/** A note a line, as JSON. */
export const noteLinesName = 'notes.jsonl'

export interface OutputChoice {
  /** record.jsonl, for what is not written while it is played. */
  readonly record?: boolean
  /** stems/*.wav and mix.wav. */
  readonly sound: boolean
  /** notes.mid. */
  readonly notes: boolean
  /** notes.jsonl. */
  readonly noteLines?: boolean
  /** scores.json. */
  readonly scores: boolean
  /** report.html. */
  readonly report: boolean
}

export interface OutputSettings {
  /** null: nothing is written, only scores and hashes are made. */
  readonly folder: string | null
  readonly choice: OutputChoice
  readonly session: SessionLine
  /** In the order in which they are heard. */
  readonly stems: readonly StemPlace[]
  readonly sampleRate: number
  readonly library: Library | null
}

export interface Outputs {
  /** A line of the record, in order. */
  addLine(read: ReadLine): void
  /** What was heard of one slot. */
  addSlot(heard: HeardSlotSound): void
  /** Of all slots so far. */
  notes(): readonly Note[]
  /** Of all lines so far. */
  tokens(): readonly TokenLine[]
  /** Completes all files and gives them their names. */
  finish(last: { frames: readonly HeardFrame[]; scores: UnhashedScores; twins: Twins | null }): Scores
  /** Removes what is half-written. */
  discard(): void
}

export function createOutputs(settings: OutputSettings): Outputs {
  const { folder, choice, session, sampleRate } = settings
  const files = folder === null ? null : createDerivedFiles(folder)
  const begin = (name: string, wanted: boolean) => (files !== null && wanted ? files.begin(name) : null)
  const stemFiles = settings.stems.map(({ name }) => begin(`stems/${name}.wav`, choice.sound))
  const writers = stemFiles.map((file) => createWavWriter(file, { sampleRate, channels: 1 }))
  const mixFile = begin('mix.wav', choice.sound)
  const mix = mixFile === null ? null : createMixWriter(mixFile, placesOf(settings), sampleRate)
  const beginLines = (name: string, wanted: boolean) => {
    const file = begin(name, wanted)
    return file === null ? null : createLineFile(file)
  }
  const recordFile = beginLines(recordName, choice.record === true)
  const noteFile = beginLines(noteLinesName, choice.noteLines === true)
  const record = createHash('sha256')
  const features = createFeatureHash()
  const kept: Kept = { notes: [], tokens: [], record: [] }
  return {
    addLine({ line, text }) {
      record.update(`${text}\n`)
      recordFile?.write(`${text}\n`)
      if (line.kind === 'token') kept.tokens.push(line)
      // Percepts are the bulk of a record, and no report shows them.
      if (choice.report && line.kind !== 'percept') kept.record.push(line)
    },
    addSlot({ stems, notes, frames }) {
      for (const [i, writer] of writers.entries()) writer.write([stems[i] as Float32Array])
      mix?.add(stems)
      for (const frame of frames) features.add(frame)
      if (noteFile !== null) for (const note of notes) noteFile.write(formatNote(note))
      kept.notes.push(...notes)
    },
    notes: () => kept.notes,
    tokens: () => kept.tokens,
    finish(last) {
      for (const frame of last.frames) features.add(frame)
      mix?.finish()
      recordFile?.close()
      noteFile?.close()
      const made = { record: record.digest('hex'), kernel: session.kernel, features: features.digest() }
      const hashed = addHashes(last.scores, { ...made, stems: finishStems(writers, settings.stems) })
      const scores = last.twins === null ? hashed : { ...hashed, twins: last.twins }
      writeDocuments(begin, settings, scores, kept)
      files?.keep()
      return scores
    },
    discard() {
      for (const writer of writers) writer.abandon()
      mix?.abandon()
      recordFile?.close()
      noteFile?.close()
      files?.discard()
    },
  }
}

export const formatNote = (note: Note) => `${JSON.stringify(note)}\n`

/** MIDI, scores and report: what is known only at the end. */
function writeDocuments(
  begin: (name: string, wanted: boolean) => string | null,
  settings: OutputSettings,
  scores: Scores,
  kept: Kept,
): void {
  const { session, library, choice } = settings
  const midi = begin('notes.mid', choice.notes)
  if (midi !== null) writeFileSync(midi, encodeMidi(kept.notes, midiSettings(session)))
  const scored = begin('scores.json', choice.scores)
  if (scored !== null) writeFileSync(scored, `${JSON.stringify(scores)}\n`)
  const report = begin('report.html', choice.report)
  if (report !== null) writeFileSync(report, renderReport({ session, scores, library, ...kept, ...nameRun(settings) }))
}

interface Kept {
  readonly notes: Note[]
  readonly tokens: TokenLine[]
  readonly record: RecordLine[]
}

function finishStems(writers: readonly WavWriter[], places: readonly StemPlace[]): Record<string, WrittenWav> {
  return Object.fromEntries(places.map(({ name }, i) => [name, (writers[i] as WavWriter).finish()]))
}

function addHashes(
  scores: UnhashedScores,
  made: { record: string; kernel: string; features: string; stems: Record<string, WrittenWav> },
): Scores {
  const stems = Object.fromEntries(Object.entries(made.stems).map(([name, { sha256 }]) => [name, sha256]))
  const { record, kernel, features } = made
  const { version, ...rest } = scores
  return { version, hashes: { record, kernel, stems, features }, ...rest }
}

/** Each stem at its layer's level, where its agent stands. */
function placesOf({ session, stems }: OutputSettings): { pan: number; gain: number }[] {
  const agents = session.agents.map(({ agent }) => agent)
  return stems.map(({ agent, layer }) => ({ pan: panOf(agents.indexOf(agent), agents.length), gain: mixGains[layer] }))
}

export function midiSettings({ agents, bpm, scenario }: SessionLine) {
  const titles = Object.fromEntries(agents.map(({ agent, title }) => [agent, title]))
  return { bpm, title: scenario?.name ?? 'transcript', titles }
}

function nameRun({ folder }: OutputSettings): { name: string; command: string } {
  const name = path.basename(path.resolve(folder ?? '.'))
  return { name, command: `hocket replay ${name}` }
}
