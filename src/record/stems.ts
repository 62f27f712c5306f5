// Which stems a run has, and in what order: agents as in the session, voice before deck. Transcripts have voices only.
import type { SessionLine } from './lines.ts'
import type { Layer } from './note.ts'

export interface StemPlace {
  readonly agent: string
  readonly layer: Layer
  /** `a.voice`: also the file's name, without its ending. */
  readonly name: string
}

export function stemsOf(session: SessionLine): StemPlace[] {
  const layers: readonly Layer[] = session.scenario === null ? ['voice'] : ['voice', 'deck']
  return session.agents.flatMap(({ agent }) => layers.map((layer) => ({ agent, layer, name: `${agent}.${layer}` })))
}
