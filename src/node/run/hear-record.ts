// A stored record -> sound, measures and files, without playing anything again: slot by slot, in bounded memory.
import { createListening, sampleRate } from '../../pipeline.ts'
import {
  InputError,
  type RankingSettings,
  type RecordLine,
  type Scores,
  type SessionLine,
  stemsOf,
} from '../../record/index.ts'
import type { ReadLine } from '../store/record-file.ts'
import { drawTwins, type TwinChoice } from '../twins/index.ts'
import { compareInstruments, type LoadedInstruments, loadInstruments } from './instruments.ts'
import { createOutputs, type OutputChoice } from './outputs.ts'
import { openSlots } from './slots.ts'

export interface HearSettings {
  /** Named in messages. */
  readonly where: string
  /** Where derived files go; null: nowhere. */
  readonly folder: string | null
  readonly choice: OutputChoice
  /** Left out: no twins are drawn. */
  readonly twins?: TwinChoice | undefined
  /** What the run is put in order by, if not the usual. */
  readonly ranking?: RankingSettings | undefined
  /** Told once, when the record was made with another kernel or library. */
  onDifference(message: string): void
  onSlot(done: number, session: SessionLine): void
}

/** Hears a whole record. Throws InputError; nothing half-written is left behind then. */
export async function hearRecord(record: AsyncIterable<ReadLine>, settings: HearSettings): Promise<Scores> {
  const early: ReadLine[] = []
  let keep = (read: ReadLine): void => void early.push(read)
  const kept = keepRecord(settings.twins)
  const { session, slots } = await openSlots(record, settings.where, (read) => {
    kept?.add(read.line)
    keep(read)
  })
  const instruments = loadInstruments(session.scenario === null ? 'transcript' : 'party')
  const difference = compareInstruments(session, instruments)
  if (difference !== null) settings.onDifference(`${settings.where}: ${difference}.`)
  const outputs = openOutputs(session, instruments, settings)
  keep = outputs.addLine
  for (const read of early) outputs.addLine(read)
  const listening = createListening(
    session,
    instruments,
    settings.ranking === undefined ? {} : { ranking: settings.ranking },
  )
  try {
    let done = 0
    for await (const { lines } of slots) {
      await instruments.prepare(lines)
      outputs.addSlot(listening.hearSlot(lines))
      settings.onSlot(++done, session)
    }
    if (done === 0)
      throw new InputError(
        'nothing-heard',
        `${settings.where}: expected at least one slot with tokens or moves, got none.`,
      )
    const last = listening.finish()
    const twins = await drawTwins(
      { session, scores: last.scores, notes: outputs.notes(), tokens: outputs.tokens(), record: kept?.lines ?? null },
      settings.twins,
      instruments,
    )
    return outputs.finish({ ...last, twins })
  } catch (error) {
    outputs.discard()
    throw error
  } finally {
    listening.dispose()
  }
}

/** Keeps what a record must be heard again from, if it is to be heard among others; percepts are large and say nothing new. */
export function keepRecord(twins: TwinChoice | undefined) {
  if (twins?.hear === undefined) return null
  const lines: RecordLine[] = []
  return { lines, add: (line: RecordLine) => void (line.kind === 'percept' || lines.push(line)) }
}

/** The files of one run. */
export function openOutputs(
  session: SessionLine,
  instruments: LoadedInstruments,
  { folder, choice }: Pick<HearSettings, 'folder' | 'choice'>,
) {
  return createOutputs({ folder, choice, session, stems: stemsOf(session), sampleRate, library: instruments.library })
}
