// A record's lines, gathered slot by slot, as the listening wants them.
import { InputError, type RecordLine, type SessionLine } from '../../record/index.ts'
import type { ReadLine } from '../store/record-file.ts'

export interface SlotOfLines {
  readonly slot: number
  readonly lines: readonly RecordLine[]
}

/** Most empty slots in a row: half an hour at 126 bpm, so that a mistyped number does not render for days. */
const longestSilence = 120

/** Splits a record into its session and its slots; lines without a slot (session, end) belong to none. Throws InputError when slots go back. */
export async function openSlots(
  record: AsyncIterable<ReadLine>,
  where: string,
  onLine: (read: ReadLine) => void,
): Promise<{ session: SessionLine; slots: AsyncGenerator<SlotOfLines> }> {
  const lines = record[Symbol.asyncIterator]()
  const first = await lines.next()
  if (first.done === true || first.value.line.kind !== 'session')
    throw new InputError('no-session', `${where}: line 1: expected the session line first.`)
  onLine(first.value)
  return { session: first.value.line, slots: gatherSlots(lines, where, onLine) }
}

async function* gatherSlots(
  lines: AsyncIterator<ReadLine>,
  where: string,
  onLine: (read: ReadLine) => void,
): AsyncGenerator<SlotOfLines> {
  let slot = 0
  let gathered: RecordLine[] = []
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    const { line } = next.value
    onLine(next.value)
    if (!('slot' in line)) continue
    if (line.slot < slot)
      throw new InputError(
        'slot-order',
        `${where}: line ${line.n + 1}: expected slot ${slot} or later, got ${line.slot}. Sort the lines by slot.`,
      )
    if (line.slot - slot > longestSilence)
      throw new InputError(
        'slot-gap',
        `${where}: line ${line.n + 1}: expected a slot within ${longestSilence} of slot ${slot}, got ${line.slot}. Cut the silence out.`,
      )
    for (; slot < line.slot; slot++) {
      yield { slot, lines: gathered }
      gathered = []
    }
    gathered.push(line)
  }
  if (gathered.length > 0) yield { slot, lines: gathered }
}
