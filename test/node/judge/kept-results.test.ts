// Results while judges vote: worked out once for what was said so far, one after the other, and never on the thread that takes votes.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { exportResults } from '../../../src/node/judge/export.ts'
import { keepWorkedOut, nameState } from '../../../src/node/judge/server/kept-results.ts'
import { openSession } from '../../../src/node/judge/session-files.ts'
import { temporaryFolder } from '../records.ts'
import { consent, openSmallServer } from './small-server.ts'
import { voteOn } from './small-session.ts'

interface Underway {
  readonly state: string
  end(): void
  fail(): void
}

/** Computations that end when they are told to. */
function openDesk() {
  const present = { state: 'one' }
  const underway: Underway[] = []
  const desk = keepWorkedOut({
    state: () => present.state,
    workOut: () =>
      new Promise<string>((resolve, reject) => {
        const { state } = present
        underway.push({ state, end: () => resolve(state), fail: () => reject(new Error('no')) })
      }),
  })
  return { present, underway, desk }
}

test('who ask for the same state share one computation; who come later wait for the one in hand, and share the next', async () => {
  const { present, underway, desk } = openDesk()
  const first = [desk.ask(), desk.ask()]
  present.state = 'two'
  const second = [desk.ask(), desk.ask()]
  present.state = 'three'
  const third = desk.ask()
  expect(underway).toHaveLength(1)
  underway[0]?.end()
  expect(await Promise.all(first)).toEqual(['one', 'one'])
  expect(underway.map(({ state }) => state)).toEqual(['one', 'three'])
  underway[1]?.end()
  expect(await Promise.all([...second, third, desk.ask()])).toEqual(['three', 'three', 'three', 'three'])
  expect(underway).toHaveLength(2)
})

test('what failed is told to who asked, and worked out again for who asks again', async () => {
  const { underway, desk } = openDesk()
  const failed = desk.ask()
  underway[0]?.fail()
  await expect(failed).rejects.toThrow('no')
  const again = desk.ask()
  underway[1]?.end()
  expect(await again).toBe('one')
})

test('the state changes with the last line, and with a machine’s file', () => {
  const folder = temporaryFolder()
  const before = nameState(folder, 'head')
  expect(nameState(folder, 'head')).toBe(before)
  expect(nameState(folder, 'other')).not.toBe(before)
  mkdirSync(path.join(folder, 'machines'))
  const file = path.join(folder, 'machines', 'reads.json')
  writeFileSync(file, '{}')
  const one = nameState(folder, 'head')
  expect(one).not.toBe(before)
  writeFileSync(file, '{ }')
  expect(nameState(folder, 'head')).not.toBe(one)
})

test('while results are worked out the server’s thread is free: it turns, and takes a vote first', async () => {
  const { ask, say, small, votes, logged } = await openSmallServer({ judges: 3 })
  for (const k of [0, 1]) {
    await say(k, consent())
    for (const trial of small.key.judges[k]?.trials.keys() ?? []) await say(k, voteOn(trial))
  }
  const ended: string[] = []
  let turns = 0
  const turn = () => {
    turns++
    if (!ended.includes('report')) setImmediate(turn)
  }
  turn()
  const report = ask('/results/report.html', { token: small.organiser }).then((answer) => {
    ended.push('report')
    return answer.text()
  })
  const of = { ...openSession(small.folder), said: [...votes.lines()] }
  const vote = say(2, consent()).then(({ status }) => ended.push(`vote ${status}`))
  const [text] = await Promise.all([report, vote])
  expect(ended).toEqual(['vote 201', 'report'])
  expect(turns).toBeGreaterThan(20)
  expect(text).toBe(exportResults(of, 'report.html'))
  expect(logged).toEqual([])
})

test('a machine’s file that is damaged is told to the organiser, and hides nothing that people said', async () => {
  const { ask, small, logged } = await openSmallServer({ judges: 1 })
  mkdirSync(path.join(small.folder, 'machines'))
  writeFileSync(path.join(small.folder, 'machines', 'reads-overall-x.json'), '{')
  const answer = await ask('/results/report.html', { token: small.organiser })
  expect(await answer.text()).toContain('What the judges heard')
  expect(logged.join('\n')).toMatch(/reads-overall-x\.json: expected JSON/)
})
