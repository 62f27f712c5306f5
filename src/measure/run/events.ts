// The notes of a run as they come, kept as event streams per agent and layer. Notes of one slot may reach into the next;
// onsets are put in order before they are measured.
import type { Layer, Note } from '../../record/index.ts'
import type { EventStream } from '../rhythm/events.ts'

export interface RunEvents {
  add(notes: readonly Note[]): void
  /** All notes of one agent and layer, in order of onset; equal onsets keep the order in which they came. */
  notesOf(agent: string, layer: Layer): readonly Note[]
  /** The same as onsets and marks, from `fromSeconds` on. */
  streamOf(agent: string, layer: Layer, fromSeconds?: number): EventStream
}

export function createRunEvents(): RunEvents {
  const kept = new Map<string, Note[]>()
  const unsorted = new Set<string>()
  const notesOf = (agent: string, layer: Layer) => {
    const name = `${agent}.${layer}`
    const list = kept.get(name) ?? []
    if (unsorted.delete(name)) list.sort((p, q) => p.onsetSeconds - q.onsetSeconds)
    return list
  }
  return {
    add(notes) {
      for (const note of notes) {
        const name = `${note.agent}.${note.layer}`
        const list = kept.get(name) ?? []
        if (list.length === 0) kept.set(name, list)
        if ((list.at(-1)?.onsetSeconds ?? 0) > note.onsetSeconds) unsorted.add(name)
        list.push(note)
      }
    },
    notesOf,
    streamOf(agent, layer, fromSeconds = 0) {
      const notes = notesOf(agent, layer)
      const heard = fromSeconds > 0 ? notes.slice(firstFrom(notes, fromSeconds)) : notes
      return { onsets: heard.map((note) => note.onsetSeconds), marks: heard.map((note) => note.mark) }
    },
  }
}

function firstFrom(notes: readonly Note[], seconds: number): number {
  let low = 0
  let high = notes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((notes[middle]?.onsetSeconds ?? 0) < seconds) low = middle + 1
    else high = middle
  }
  return low
}
