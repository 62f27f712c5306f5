// The judges' page: opens the session that the link's token belongs to, and leads through it: consent, headphones, level, profile, training,
// rounds, the end. What was said is kept in this browser before the page moves on; a reload goes on at the same pair.
import type { Statement } from '../../record/index.ts'
import { find, make, setText } from './elements.ts'
import { explainAbx, showEnd, takeBreak } from './end.ts'
import { openPage, type Page } from './page.ts'
import { judgePair, newVisit, type PairEnd, type Visit } from './pair.ts'
import type { BySide } from './player.ts'
import { nextPlace } from './progress.ts'
import { createSender, type Sender, type SendingState } from './sender.ts'
import { drawId, type Mine, openServer, type Server } from './server.ts'
import { openStore } from './store.ts'
import { askConsent, askProfile, checkHeadphones, setLevel } from './welcome.ts'

async function judge(): Promise<void> {
  const token = location.hash.slice(1)
  const page = openPage()
  if (token === '') throw new Error('This address lacks the link’s last part. Open the whole link that you were sent.')
  const server = openServer(token)
  const mine = await server.mine()
  const store = await openStore(`${mine.session} ${mine.judge}`)
  const sender = createSender({
    owner: `${mine.session} ${mine.judge}`,
    store,
    server,
    onState: showSending,
    now: () => Date.now(),
    pause: pauseUntilOnline,
  })
  offerDownload(sender)
  const before = (await sender.all()).filter(({ state }) => state !== 'refused').map(({ statement }) => statement)
  const sounds = loadSounds(server, page, mine)
  // Nothing is taken after the end, so nothing is asked.
  if (!mine.said.end && before.every(({ kind }) => kind !== 'end')) {
    await welcome(page, mine, { before, sender, sample: () => sounds.pair(0).then(({ a }) => a) })
    await judgePairs(page, mine, { before, sender, sounds })
    await sender.say({ id: drawId(), kind: 'end' })
  }
  page.place('', '')
  await showEnd(page, { server, mine, pair: sounds.pair, settled: () => sender.settled() })
}

async function welcome(
  page: Page,
  mine: Mine,
  given: {
    readonly before: readonly Statement[]
    readonly sender: Sender
    readonly sample: () => Promise<AudioBuffer>
  },
): Promise<void> {
  const { before, sender, sample } = given
  const isSaid = (kind: 'consent' | 'headphones' | 'profile') =>
    mine.said[kind] || before.some((statement) => statement.kind === kind)
  if (!isSaid('consent')) await sender.say(await askConsent(page, mine))
  if (!isSaid('headphones')) await checkHeadphones(page, mine, (statement) => sender.say(statement))
  if (isSaid('profile')) return
  await setLevel(page, sample())
  await sender.say(await askProfile(page))
}

interface Sounds {
  pair(place: number): Promise<BySide<AudioBuffer>>
}

/** The sounds of a pair, and those of the next on the way while it is judged. */
function loadSounds(server: Server, page: Page, { trials }: Mine): Sounds {
  const held = new Map<number, Promise<BySide<AudioBuffer>>>()
  const load = async (name: string): Promise<AudioBuffer> => {
    for (;;)
      try {
        return await page.sound.context.decodeAudioData(await server.sound(name))
      } catch (error) {
        page.say(`The sound cannot be fetched (${error instanceof Error ? error.message : error}). Trying again.`)
        await pauseUntilOnline(3000)
      }
  }
  const begin = (place: number) => {
    const trial = trials[place]
    if (trial === undefined || held.has(place)) return
    held.set(place, loadTrial(trial, load))
  }
  return {
    async pair(place) {
      begin(place)
      for (const other of held.keys()) if (other < place - 1 || other > place + 1) held.delete(other)
      const pair = await (held.get(place) as Promise<BySide<AudioBuffer>>)
      begin(place + 1)
      return pair
    },
  }
}

async function loadTrial(
  { a, b, x }: Mine['trials'][number],
  load: (name: string) => Promise<AudioBuffer>,
): Promise<BySide<AudioBuffer>> {
  const [first, second] = await Promise.all([load(a), load(b)])
  return x === undefined ? { a: first, b: second } : { a: first, b: second, x: await load(x) }
}

async function judgePairs(
  page: Page,
  mine: Mine,
  {
    before,
    sender,
    sounds,
  }: { readonly before: readonly Statement[]; readonly sender: Sender; readonly sounds: Sounds },
): Promise<void> {
  const revisions = countRevisions(mine, before)
  const visits = new Map<number, Visit>()
  const rounds = (mine.trials.at(-1)?.round ?? 0) + 1
  const places = [...mine.trials.keys()]
  let place = nextPlace(places, revisions, 0)
  while (place !== null) {
    const last = nextPlace(places.toSpliced(place, 1), revisions, 0) === null
    const end = await judgeTrial(page, mine, { place, last, rounds, sounds, visits })
    if (end.kind === 'back') {
      place--
      continue
    }
    const revision = (revisions.get(place) ?? -1) + 1
    await sender.say({ id: drawId(), kind: 'vote', trial: place, revision, ...end.said })
    revisions.set(place, revision)
    const round = mine.trials[place]?.round ?? 0
    place = nextPlace(places, revisions, place)
    if (place !== null && (mine.trials[place]?.round ?? 0) > round) await takeBreak(page, round + 1, rounds)
  }
}

/** Highest revision by place, of what the server and this browser have. */
function countRevisions({ said }: Mine, before: readonly Statement[]): Map<number, number> {
  const revisions = new Map(Object.entries(said.votes).map(([place, revision]) => [Number(place), revision]))
  for (const one of before)
    if (one.kind === 'vote') revisions.set(one.trial, Math.max(one.revision, revisions.get(one.trial) ?? 0))
  return revisions
}

interface Trial {
  readonly place: number
  /** Whether all others are judged. */
  readonly last: boolean
  readonly rounds: number
  readonly sounds: Sounds
  readonly visits: Map<number, Visit>
}

async function judgeTrial(page: Page, mine: Mine, { place, last, rounds, sounds, visits }: Trial): Promise<PairEnd> {
  const title = titleOf(mine, place)
  const { trials } = mine
  page.place(title, rounds > 1 ? `Round ${(trials[place]?.round ?? 0) + 1} of ${rounds}` : '')
  const isFirstAbx = trials[place]?.x !== undefined && trials[place - 1]?.x === undefined
  if (isFirstAbx && !visits.has(place)) await explainAbx(page, trials.length - place)
  page.show('loading', title, make('p', {}, 'The clips are being fetched.'))
  const visit = visits.get(place) ?? newVisit()
  visits.set(place, visit)
  return judgePair(page, { mine, title, sounds: await sounds.pair(place), visit, mayGoBack: place > 0, last })
}

function titleOf({ trials }: Mine, place: number): string {
  const training = trials.filter((trial) => trial.training).length
  const abx = trials.filter(({ x }) => x !== undefined).length
  const pairs = trials.length - training - abx
  if (place < training) return `Training pair ${place + 1} of ${training}`
  return place < training + pairs
    ? `Pair ${place + 1 - training} of ${pairs}`
    : `A, B and X: ${place + 1 - training - pairs} of ${abx}`
}

function showSending({ waiting, refused, trouble }: SendingState): void {
  const words = [
    trouble === null || waiting === 0
      ? ''
      : `${trouble} ${waiting === 1 ? 'One answer waits' : `${waiting} answers wait`} in this browser and will be sent again.`,
    refused === 0 ? '' : `${refused} of your answers were refused by the server. Please tell who sent you the link.`,
  ]
  setText(find('sending', HTMLElement), words.filter((text) => text !== '').join(' '))
  find('download', HTMLButtonElement).hidden = trouble === null && refused === 0
}

function offerDownload(sender: Sender): void {
  find('download', HTMLButtonElement).addEventListener('click', async () => {
    const unsent = (await sender.all()).filter(({ state }) => state !== 'stored')
    const lines = unsent.map(({ statement }) => `${JSON.stringify(statement)}\n`)
    const link = make('a', { href: URL.createObjectURL(new Blob(lines)), download: 'answers.jsonl' })
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  })
}

function pauseUntilOnline(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    window.addEventListener('online', done)
  })
}

judge().catch((error: unknown) => {
  const stage = find('stage', HTMLElement)
  stage.dataset['stage'] = 'fault'
  const words = error instanceof Error ? error.message : String(error)
  stage.replaceChildren(make('h1', {}, 'This did not work'), make('p', { role: 'alert' }, words))
})
