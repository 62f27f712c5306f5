// hocket sonify: what it writes with and without sound, what it says of faults, what --strict leaves behind.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { noteSchema, parseRecord, scoresSchema } from '../../../src/record/index.ts'
import { runHocket } from '../hocket.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'hocket-sonify-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const chat = 'Ada: slow water under stone, 32 of them.\nBob: yes!\u0007\nAda: and on'

test('with and without sound the record, the notes and the MIDI file are the same', async () => {
  const [loud, mute] = [path.join(folder, 'loud'), path.join(folder, 'mute')]
  const heard = await runHocket(['sonify', '-', '--out', loud, '--quiet'], { input: chat })
  const unheard = await runHocket(['sonify', '-', '--out', mute, '--quiet', '--no-sound'], { input: chat })
  expect([heard.code, unheard.code]).toEqual([0, 0])
  for (const { stderr } of [heard, unheard])
    expect(stderr).toBe(
      'standard input: line 2: expected text, got 1 control or direction-changing character (first U+0007). Left out.\n',
    )
  for (const { stdout } of [heard, unheard]) expect(stdout).toMatch(/Hear it: hocket listen .*\n$/)
  for (const name of ['record.jsonl', 'notes.jsonl', 'notes.mid'])
    expect(readFileSync(path.join(mute, name)).equals(readFileSync(path.join(loud, name)))).toBe(true)
  expect(readdirSync(mute).sort()).toEqual(['notes.jsonl', 'notes.mid', 'record.jsonl', 'scores.json'])
  expect(readdirSync(loud)).toContain('report.html')
  const lines = (name: string) => readFileSync(path.join(mute, name), 'utf8').trim().split('\n')
  expect(parseRecord(lines('record.jsonl')).at(-1)?.kind).toBe('end')
  for (const line of lines('notes.jsonl')) noteSchema.parse(JSON.parse(line))
  const scores = scoresSchema.parse(JSON.parse(lines('scores.json')[0] ?? ''))
  expect([scores.together.consonance, scores.undefined['together.consonance']]).toEqual([null, expect.any(String)])
  expect(scores.undefined['agents.0.collapses.scoreLeak']).toBe('not asked: no score was ever given')
}, 60_000)

test('--strict refuses a file with faults and writes nothing', async () => {
  const out = path.join(folder, 'strict')
  const { code, stdout, stderr } = await runHocket(['sonify', '-', '--out', out, '--strict'], { input: chat })
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(
    /^hocket: standard input: line 2: expected text[^\n]*\n$|^[^\n]*standard input: line 2: expected text[^\n]*\n$/,
  )
  expect(readdirSync(folder)).not.toContain('strict')
}, 60_000)
