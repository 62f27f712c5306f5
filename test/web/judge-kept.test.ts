// How a judge's session opens and ends with a server that comes and goes, and what is kept of the pair in hand.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askEnd } from '../../src/web/judge/end.ts'
import { nameLink, type OpeningSettings, openSession } from '../../src/web/judge/kept/opening.ts'
import { openVisits } from '../../src/web/judge/kept/visits.ts'
import { type End, type Mine, ServerError } from '../../src/web/judge/server.ts'
import { createStanding } from '../../src/web/judge/standing.ts'
import { createClock, type KeptVisit, newVisit, packVisit, unpackVisit } from '../../src/web/judge/visit.ts'

const mine = (votes: Record<string, number> = {}, end = false): Mine => ({
  session: 's',
  judge: 'j',
  criteria: ['overall'],
  seconds: 2,
  gridSeconds: 1,
  rules: { headphonesLeast: 5, heardShare: 0.5 },
  trials: [],
  said: { consent: true, headphones: false, profile: false, end, votes },
})
const refused = new ServerError('This link does not open anything here.', 'link')
const troubled = new ServerError('The server could not answer.', null)
const proxy = new ServerError('Something on the way answers 404.', null)

const openFrom = async (answers: (Mine | Error | 'hang')[], keeps: boolean) => {
  const told: string[] = []
  const settings: OpeningSettings = {
    server: {
      mine: async () => {
        const next = answers.shift() as Mine | Error | 'hang'
        if (next instanceof Error) throw next
        return next === 'hang' ? new Promise(() => {}) : next
      },
    },
    kept: { session: async (link) => (keeps ? { link, owner: 's j', openedAt: 1, mine: mine({ 1: 0 }) } : null) },
    link: 'l',
    onAway: (words) => told.push(words),
    // Longer than an answer takes.
    pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
  }
  return { opening: await openSession(settings), told, left: answers.length }
}

test('a session opens from the server, and from what was kept only while the server is away', async () => {
  expect((await openFrom([mine({ 2: 0 })], true)).opening).toEqual({ kind: 'open', mine: mine({ 2: 0 }), away: false })
  for (const away of [new TypeError('Failed to fetch'), troubled, proxy, 'hang'] as const)
    expect((await openFrom([away], true)).opening).toEqual({ kind: 'open', mine: mine({ 1: 0 }), away: true })
})

test('a link that the server refuses opens nothing, and says whose answers may still lie here', async () => {
  expect((await openFrom([refused], true)).opening).toEqual({ kind: 'refused', error: refused.message, owner: 's j' })
  expect((await openFrom([refused], false)).opening).toEqual({ kind: 'refused', error: refused.message, owner: null })
})

test('where nothing is kept the page says that the server is away, and asks until it is there', async () => {
  const { opening, told } = await openFrom([new TypeError('Failed to fetch'), troubled, proxy, mine()], false)
  expect(opening).toEqual({ kind: 'open', mine: mine(), away: false })
  expect(told).toEqual(['The server does not answer.'])
  expect((await openFrom([troubled, refused], false)).opening.kind).toBe('refused')
})

test('links are told apart by half of their bits', () => {
  const names = Array.from({ length: 2000 }, (_, k) => nameLink(`AAAAAAAAAAAAAAAAAAAA${k}`))
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{16}$/)
})

test('what the server has and what was said here are one standing; revisions only rise', () => {
  const vote = { id: '1', kind: 'vote', trial: 3, revision: 1 } as const
  const standing = createStanding(mine({ 3: 0 }).said, [vote as never])
  expect([standing.isSaid('consent'), standing.isSaid('profile'), standing.isEnded()]).toEqual([true, false, false])
  expect([standing.has(3), standing.has(4), standing.nextRevision(3), standing.nextRevision(4)]).toEqual([
    true,
    false,
    2,
    0,
  ])
  standing.merge(mine({ 3: 0, 4: 2 }, true).said)
  expect([standing.nextRevision(3), standing.nextRevision(4), standing.isEnded()]).toEqual([2, 3, true])
})

test('the end is asked for until it is told; what the server itself refuses is not asked again', async () => {
  const answers: (End | Error)[] = [new TypeError('Failed to fetch'), troubled, proxy, { own: {} } as End]
  const [told, pauses]: [string[], number[]] = [[], []]
  const ask = () =>
    askEnd(
      {
        server: {
          end: async () => {
            const next = answers.shift() as End | Error
            if (next instanceof Error) throw next
            return next
          },
        },
        pause: async (milliseconds) => void pauses.push(milliseconds),
      },
      (words) => told.push(words),
    )
  expect(await ask()).toEqual({ own: {} })
  expect(told).toEqual(['The server does not answer.', troubled.message, proxy.message])
  expect(pauses).toEqual([1000, 2000, 4000])
  answers.push(new ServerError('That is told when all pairs are judged.', 'end'))
  await expect(ask()).rejects.toThrow(/all pairs/)
})

test('a visit is the same after it was kept, and what happens to it later does not reach what was kept', () => {
  const second = fc.double({ min: 0, max: 30, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(second, second)), fc.string(), (stretches, draft) => {
      const visit = { ...newVisit(), draft, elapsedSeconds: 7, switches: 2, first: 'b' as const }
      for (const [from, to] of stretches) visit.heard.a.add(Math.min(from, to), Math.max(from, to))
      visit.answers.overall = 'tie'
      visit.notes.push({ side: 'a', seconds: 1, text: 'here' })
      const kept = packVisit(visit)
      const before = structuredClone(kept)
      const [again, seconds] = [unpackVisit(kept), visit.heard.a.seconds()]
      expect(again.heard.a.seconds()).toBe(seconds)
      expect(packVisit(again)).toEqual(before)
      visit.notes.push({ side: 'b', seconds: 2, text: 'there' })
      visit.heard.a.add(0, 40)
      again.heard.b.add(0, 1)
      expect(kept).toEqual(before)
    }),
  )
})

test('visits are kept soon after they changed and at once when asked to, the changed ones only, none after the end', () => {
  const kept: [number, KeptVisit][] = []
  const later: (() => void)[] = []
  const visits = openVisits({
    before: new Map([[4, packVisit({ ...newVisit(), draft: 'before' })]]),
    keep: (place, visit) => kept.push([place, visit]),
    later: (deed) => later.push(deed),
  })
  expect([visits.has(4), visits.at(4).draft, visits.has(5)]).toEqual([true, 'before', false])
  visits.at(5).draft = 'now'
  for (let k = 0; k < 5; k++) visits.touch(5)
  expect([kept.length, later.length]).toEqual([0, 1])
  later.shift()?.()
  expect(kept).toEqual([[5, packVisit(visits.at(5))]])
  visits.touch(4)
  visits.save()
  visits.save()
  expect(kept.map(([place]) => place)).toEqual([5, 4])
  visits.touch(4)
  visits.close()
  visits.save()
  expect(kept).toHaveLength(2)
})

test('the clock counts neither a hidden silent page nor a machine’s sleep; what plays counts, seen or not', () => {
  const clock = createClock(0)
  const [seen, hidden] = [
    { hidden: false, playing: false },
    { hidden: true, playing: false },
  ]
  expect(clock.look(1000, seen)).toBe(1)
  expect(clock.look(1100, hidden)).toBe(0.1)
  expect(clock.look(2100, hidden)).toBe(0)
  expect(clock.look(4100, seen)).toBe(0)
  expect(clock.look(4200, seen)).toBe(0.1)
  expect(clock.look(9_000_000, seen)).toBe(0)
  expect(clock.look(9_000_100, { hidden: true, playing: true })).toBe(0.1)
  expect(clock.look(9_060_100, { hidden: true, playing: true })).toBe(60)
})
