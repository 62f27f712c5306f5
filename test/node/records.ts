// Small records for tests.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defaultScenario } from '../../src/party/index.ts'
import { defaultMapping, formatLine, type RecordLine, type SessionLine } from '../../src/record/index.ts'

export const session: SessionLine = {
  n: 0,
  kind: 'session',
  schema: 1,
  seed: 7,
  scenario: null,
  condition: null,
  agents: [
    { agent: 'a', title: 'Ada', dj: { kind: 'imported', from: 'test' }, mask: null },
    { agent: 'b', title: 'Berta', dj: { kind: 'imported', from: 'test' }, mask: null },
  ],
  mapping: defaultMapping,
  bpm: 126,
  kernel: 'none',
  library: null,
  hocket: '0.1.0',
  plan: null,
}

/** A finished record with so many tokens, one a second. */
export function smallRecord(tokens: number, text = 'hello'): RecordLine[] {
  const lines: RecordLine[] = [session]
  for (let i = 0; i < tokens; i++)
    lines.push({
      n: lines.length,
      kind: 'token',
      agent: i % 2 === 0 ? 'a' : 'b',
      slot: 0,
      turn: Math.floor(i / 2),
      t: i,
      text: `${text} ${i}`,
      role: 'speech',
      source: 'import',
      clock: 'synthetic',
    })
  lines.push({ n: lines.length, kind: 'end', slots: 1, seconds: tokens, reason: 'finished' })
  return lines
}

export const textOf = (lines: readonly RecordLine[]): string => lines.map((line) => `${formatLine(line)}\n`).join('')

export const temporaryFolder = (): string => mkdtempSync(path.join(tmpdir(), 'hocket-test-'))

/** The file of a scenario whose slots are as short as slots can be: the same party, a third less of sound. */
export function writeBriskScenario(folder: string): string {
  const file = path.join(folder, 'brisk.json')
  writeFileSync(file, JSON.stringify({ ...defaultScenario, name: 'brisk', bpm: 200 }))
  return file
}

/** A run's folder with a record (and nothing else). */
export function writeRun(folder: string, content: string | Uint8Array): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'record.jsonl'), content)
  return folder
}
