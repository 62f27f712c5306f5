// Simulated judges who vote through the real page in Chromium, each with the own window: they hear every clip from the page itself and answer
// with its keys, by a taste that is known.
import type { Browser, Page } from 'playwright-core'
import { type JudgingServer, type OpenedSession, openSession, serveJudging } from '../../src/node/judge/index.ts'
import { drawOpaque } from '../../src/node/judge/session-files.ts'
import type { Judge, Statement, Trial } from '../../src/record/index.ts'
import { createVoter, readTokens, type Says, type Taste } from '../node/judge/voters.ts'
import { openBrowser } from './judging-hall.ts'

/** All at once. Consent and headphone check were on another day. */
export async function letVoteOnPage(folder: string, count: number, taste: Taste): Promise<void> {
  const opened = openSession(folder)
  const local = { host: '127.0.0.1', port: undefined, names: [], log() {}, say() {} }
  const server = await serveJudging({ folder, ...local })
  const browser = await openBrowser()
  try {
    const voters = opened.key.judges.slice(0, count)
    await Promise.all(voters.map((judge) => voteOnPage({ opened, server, browser }, judge, taste)))
  } finally {
    await browser.close()
    await server.close()
  }
}

interface Place {
  readonly opened: OpenedSession
  readonly server: JudgingServer
  readonly browser: Browser
}

async function voteOnPage({ opened, server, browser }: Place, { judge, trials }: Judge, taste: Taste): Promise<void> {
  const token = readTokens(opened.folder).get(judge) ?? ''
  await say(server, token, { id: drawOpaque(), kind: 'consent' })
  await say(server, token, { id: drawOpaque(), kind: 'headphones', right: 6 })
  await say(server, token, {
    id: drawOpaque(),
    kind: 'profile',
    age: null,
    training: null,
    hearing: null,
    dances: null,
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.goto(`${server.url}#${token}`)
  const says = createVoter(opened, judge, taste)
  for (const [place, trial] of trials.entries()) {
    const before = trials[place - 1]
    if (before !== undefined && trial.round > before.round) await goOn(page, 'break')
    if (trial.x !== undefined && before?.x === undefined) await goOn(page, 'abx')
    await page.waitForFunction((part) => document.title.includes(part), titlePart(trials, place))
    await page.waitForSelector('#stage[data-stage="pair"]')
    await answerTrial(page, trial, says(trial))
  }
  await page.waitForSelector('#stage[data-stage="end"]')
  await context.close()
}

async function goOn(page: Page, stage: string): Promise<void> {
  await page.waitForSelector(`#stage[data-stage="${stage}"]`)
  await page.click('#stage .main')
}

/** As far as it tells one trial from the one before. */
const titlePart = (trials: readonly Trial[], place: number) => {
  const kindOf = (trial: Trial | undefined) =>
    trial?.kind === 'training' ? 't' : trial?.x === undefined ? 'pair' : 'x'
  const kind = kindOf(trials[place])
  const before = trials.slice(0, place).filter((trial) => kindOf(trial) === kind).length
  return ` ${before + 1} of `
}

const keys = { a: 'Shift+A', tie: 't', b: 'Shift+B', neither: 'n' } as const

async function answerTrial(page: Page, { x }: Trial, { first, answers, x: named }: Says): Promise<void> {
  const order = first === 'a' ? ['a', 'b'] : ['b', 'a']
  await page.keyboard.press(order[0] ?? '')
  await page.keyboard.press('Space')
  for (const side of x === undefined ? order : [...order, 'x']) {
    await page.keyboard.press(side)
    await page.waitForFunction(
      (label) => (document.querySelector<HTMLProgressElement>(`[aria-label="${label}"]`)?.value ?? 0) >= 0.025,
      `Heard of ${side.toUpperCase()}`,
    )
  }
  await page.waitForFunction(() => document.querySelector('.answer')?.getAttribute('aria-disabled') === 'false')
  await page.keyboard.press(keys[named ?? answers.overall ?? 'neither'])
  await page.keyboard.press('Enter')
}

async function say(server: JudgingServer, token: string, statement: Statement): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify(statement)
  const answer = await fetch(`${server.url}api/judging/statements`, { method: 'POST', headers, body })
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`)
}
