// A run as far as stems of clips need one: its record, and three of its four stems, each of one level, three seconds long.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createWavWriter } from '../../../src/node/sound/wav-writer.ts'
import { formatLine } from '../../../src/record/index.ts'
import { playShortParty } from '../../party.ts'
import { temporaryFolder } from '../records.ts'

export const stemLevels = { 'a.voice': 0.1, 'a.deck': 0.2, 'b.voice': 0.3 }
export const stemsInWords = ['Mira, voice', 'Mira, deck', 'Orrin, voice']
const rate = 48_000

export async function writeStemmedRun(): Promise<string> {
  const run = temporaryFolder()
  const record = await playShortParty(1, 5)
  writeFileSync(path.join(run, 'record.jsonl'), record.map((line) => `${formatLine(line)}\n`).join(''))
  mkdirSync(path.join(run, 'stems'))
  for (const [name, level] of Object.entries(stemLevels)) {
    const writer = createWavWriter(path.join(run, 'stems', `${name}.wav`), { sampleRate: rate, channels: 1 })
    writer.write([new Float32Array(3 * rate).fill(level)])
    writer.finish()
  }
  return run
}
