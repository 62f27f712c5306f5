// A page without a connection of its own: what is there is sent at once, then the connection is left.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createApp } from '../../src/node/server/app.ts'
import { createShelf } from '../../src/node/store/shelf.ts'
import { playShortParty } from '../party.ts'
import { textOf } from './records.ts'

test('a brief answer sends the lines that are there, says that there may be more, and closes', async () => {
  const runs = mkdtempSync(path.join(tmpdir(), 'hocket-brief-'))
  mkdirSync(`${runs}/live`)
  const record = (await playShortParty(2)).slice(0, 20)
  writeFileSync(`${runs}/live/record.jsonl`, textOf(record))
  const app = createApp({ shelf: createShelf(runs) })
  const ask = async (query: string) =>
    (await app.request(`http://127.0.0.1/api/runs/live/record?${query}`, { headers: { host: '127.0.0.1' } })).text()
  const all = await ask('brief')
  expect(all.match(/^data: \{/gm)).toHaveLength(20)
  expect(all.trim().endsWith('event: again\ndata: again')).toBe(true)
  const rest = await ask('after=17&brief')
  expect(rest.match(/^data: \{/gm)).toHaveLength(2)
  expect(await ask('after=19&brief')).toContain('event: again')
  rmSync(runs, { recursive: true })
})
