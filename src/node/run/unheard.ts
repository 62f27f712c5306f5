// A record -> its notes, MIDI file and the scores that notes alone give, without making a sound: for transcripts too long to be heard.
// Slot by slot; of what is past only the MIDI columns are held, and, in a short run, its notes.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createScoreKeeper, type Turn, turnsOfSlot } from '../../measure/index.ts'
import { composeSlot, slotStart } from '../../pipeline.ts'
import { formatLine, type Note, type RecordLine, type Scores, type SessionLine } from '../../record/index.ts'
import type { PlannedRecord } from '../../stream/index.ts'
import { loadLexicon } from '../installation.ts'
import { createMidiWriter } from '../sound/midi.ts'
import { createDerivedFiles, recordName } from '../store/run-folder.ts'
import { createFeatureHash } from './feature-hash.ts'
import { createLineFile } from './line-file.ts'
import { formatNote, midiSettings, noteLinesName } from './outputs.ts'

/** Scoring the notes of one token takes about a millisecond; longer transcripts are not scored without sound. */
export const mostScoredTokens = 20_000

export interface UnheardSettings {
  readonly folder: string
  onSlot(done: number): void
}

/** null when there are more than `mostScoredTokens`. Throws InputError; nothing half-written is left behind then. */
export function writeUnheard(plan: PlannedRecord, { folder, onSlot }: UnheardSettings): Scores | null {
  const files = createDerivedFiles(folder)
  const record = createLineFile(files.begin(recordName))
  const noteLines = createLineFile(files.begin(noteLinesName))
  const hash = createHash('sha256')
  try {
    const midi = createMidiWriter(midiSettings(plan.session))
    const keeper = plan.tokens > mostScoredTokens ? null : createScoreKeeper(plan.session)
    for (const { slot, turns, notes } of composeSlots(plan, (text) => {
      hash.update(text)
      record.write(text)
    })) {
      midi.add(notes)
      for (const note of notes) noteLines.write(formatNote(note))
      keeper?.addSlot({ slot, ...spanOf(plan.session, slot), frames: [], notes, turns, world: null })
      onSlot(slot + 1)
    }
    record.close()
    noteLines.close()
    writeFileSync(files.begin('notes.mid'), midi.finish())
    const scores = keeper === null ? null : addHashes(keeper.finish([]), hash.digest('hex'), plan.session)
    if (scores !== null) writeFileSync(files.begin('scores.json'), `${JSON.stringify(scores)}\n`)
    files.keep()
    return scores
  } catch (error) {
    record.close()
    noteLines.close()
    files.discard()
    throw error
  }
}

interface ComposedSlot {
  readonly slot: number
  readonly turns: readonly Turn[]
  readonly notes: readonly Note[]
}

function* composeSlots(plan: PlannedRecord, onText: (text: string) => void): Generator<ComposedSlot> {
  const instruments = { lexicon: loadLexicon(), library: null }
  let slot = 0
  let gathered: RecordLine[] = []
  const compose = (): ComposedSlot => {
    const notes = composeSlot(plan.session, gathered, slot, instruments)
    return { slot: slot++, turns: turnsOfSlot(gathered), notes }
  }
  for (const line of plan.lines()) {
    onText(`${formatLine(line)}\n`)
    if (line.kind !== 'token') continue
    while (slot < line.slot) {
      yield compose()
      gathered = []
    }
    gathered.push(line)
  }
  if (gathered.length > 0) yield compose()
}

function spanOf(session: SessionLine, slot: number) {
  return {
    startSeconds: slotStart(session, slot).seconds,
    endSeconds: slotStart(session, slot + 1).seconds,
  }
}

function addHashes(scores: Omit<Scores, 'hashes'>, record: string, { kernel }: SessionLine): Scores {
  const { version, ...rest } = scores
  return { version, hashes: { record, kernel, stems: {}, features: createFeatureHash().digest() }, ...rest }
}
