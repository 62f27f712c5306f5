// Progress: one running line on a terminal, a line now and then elsewhere, time left from the pace so far.
import { expect, test } from 'vitest'
import { createProgress } from '../../src/node/command/progress.ts'

function follow(isTTY: boolean, quiet: boolean, stepMilliseconds: number): string[] {
  const written: string[] = []
  let time = 0
  const terminal = { isTTY, write: (text: string) => written.push(text) }
  const progress = createProgress({ label: 'party', unit: 'slot', total: 48, quiet, terminal, now: () => time })
  for (let slot = 1; slot <= 48; slot++) {
    time += stepMilliseconds
    progress.step(slot)
  }
  progress.done()
  return written
}

test('on a terminal the line is rewritten and cleared', () => {
  const written = follow(true, false, 500)
  expect(written).toHaveLength(49)
  expect(written[11]).toBe('\r\u001b[2Kparty 25 %, slot 12 of 48, 18 s left')
  expect(written.at(-1)).toBe('\r\u001b[2K')
})

test.each([
  [false, false],
  [true, true],
])('elsewhere, or quiet, a whole line every ten seconds (terminal %s, quiet %s)', (isTTY, quiet) => {
  expect(follow(isTTY, quiet, 500)).toEqual([
    'party 41 %, slot 20 of 48, 14 s left\n',
    'party 83 %, slot 40 of 48, 4 s left\n',
  ])
})

test('long waits are told in minutes', () => {
  expect(follow(true, false, 60_000)[0]).toContain('47 min left')
})
