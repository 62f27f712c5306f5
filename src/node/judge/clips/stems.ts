// Stems of a clip: who plays what in it. From stems/ of the run that it was cut from, where those files still lie; as loud as in the clip,
// from the middle. A spoilt clip has none: what was done to it is in no file.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { sampleRate } from '../../../pipeline.ts'
import { type Clip, InputError, type Layer, type SessionLine, stemsOf } from '../../../record/index.ts'
import { mixGains } from '../../../render/index.ts'
import { amplitudeOfDecibels } from '../../../units.ts'
import { encodeWav } from '../../sound/encode-wav.ts'
import { openWav } from '../../sound/wav-reader.ts'
import { readRecord } from '../../store/record-file.ts'
import { recordName } from '../../store/run-folder.ts'
import { faded } from './anchors.ts'
import { findOtherRun } from './same-run.ts'

export interface ClipStem {
  /** What the agent is called. */
  readonly agent: string
  readonly layer: Layer
  readonly file: string
}

/** None where the run, or its stems, are not there any more, or another run is in its place. */
export async function listStems(clip: Clip): Promise<ClipStem[]> {
  const { anchor, run } = clip
  const session = anchor === null && (await findOtherRun(clip)) === null ? await readSession(run) : null
  if (session === null) return []
  const titles = new Map(session.agents.map(({ agent, title }) => [agent, title]))
  return stemsOf(session)
    .map(({ agent, layer, name }) => ({
      agent: titles.get(agent) ?? agent,
      layer,
      file: path.join(run, 'stems', `${name}.wav`),
    }))
    .filter(({ file }) => existsSync(file))
}

async function readSession(run: string): Promise<SessionLine | null> {
  const file = path.join(run, recordName)
  if (!existsSync(file)) return null
  try {
    for await (const { line } of readRecord(file)) return line.kind === 'session' ? line : null
  } catch (error) {
    if (!(error instanceof InputError)) throw error
  }
  return null
}

/** sqrt(1 / 1.3) to each side: what src/node/sound/mix.ts gives to one who stands in the middle. */
const middle = Math.sqrt(1 / 1.3)
const fadeSeconds = 0.005

/** Bytes of a WAV: the clip's stretch of a stem. null when the file does not reach so far, or is no stem of ours. */
export function cutStem({ file, layer }: ClipStem, clip: Clip, seconds: number): Uint8Array<ArrayBuffer> | null {
  const [from, count] = [clip.startSeconds, seconds].map((length) => Math.round(length * sampleRate)) as [
    number,
    number,
  ]
  const wav = openWav(file)
  try {
    if (wav.sampleRate !== sampleRate || wav.channels !== 1 || wav.frames < from + count) return null
    const gain = amplitudeOfDecibels(clip.gainDecibels) * mixGains[layer] * middle
    const sound = (wav.read(from, count)[0] as Float32Array).map((x) => x * gain)
    return encodeWav([faded(sound, Math.round(fadeSeconds * sampleRate))], sampleRate)
  } finally {
    wav.close()
  }
}
