// The judges' page: opens the session that the link's token belongs to, from the server or from what was kept here, and leads through it:
// consent, headphones, level, profile, training, rounds, the end. What was said is kept in this browser before the page moves on; a reload
// goes on at the same pair, with the network or without.
import type { Statement } from '../../record/index.ts'
import { goToEnd } from './course.ts'
import { find, make } from './elements.ts'
import { createElsewhere, type Elsewhere, sayVote } from './elsewhere.ts'
import { explainAbx, explainOpen, showEnd, showSending, takeBreak } from './end.ts'
import { type Foot, offerDownload, openFoot, unsentOf } from './foot.ts'
import { type Kept, type KeptSession, openKept } from './kept/database.ts'
import { askUntilThere, nameLink, type Opening, openSession, ownerOf } from './kept/opening.ts'
import { createSupply, type Supply, type SupplySettings } from './kept/supply.ts'
import { openVisits, type Visits } from './kept/visits.ts'
import { openPage, type Page } from './page.ts'
import { judgePair, type PairEnd } from './pair.ts'
import { nextPlace, titleOf } from './progress.ts'
import { createSender, type Sender, type SendingState } from './sender.ts'
import { type Mine, openServer, type Server } from './server.ts'
import { namesOf, openSounds, type Sounds } from './sounds.ts'
import { createStanding, type Standing } from './standing.ts'
import { openStore } from './store.ts'
import { askConsent, askProfile, checkHeadphones, setLevel } from './welcome.ts'

const longestKeptMilliseconds = 30 * 24 * 3600 * 1000
/** How long the next pair waits for what the server knows more. */
const patienceMilliseconds = 1500

async function judge(): Promise<void> {
  const token = location.hash.slice(1)
  const [page, foot] = [openPage(), openFoot()]
  if (token === '') throw new Error('This address lacks the link’s last part. Open the whole link that you were sent.')
  const [server, link] = [openServer(token), nameLink(token)]
  const kept = await openKept()
  void keepPage().then((reloads) => foot.tell({ reloads }))
  const onAway = (words: string) => showAway(page, words)
  const opening = await openSession({ server, kept, link, onAway, pause: pauseUntilOnline })
  if (opening.kind === 'refused') return refuseLink(opening)
  const session = await gather({ page, foot, server, kept, link, mine: opening.mine })
  const { mine, sender, sounds } = session
  if (opening.away) void awaitServer(session)
  else await sender.again(mine.said)
  await goToEnd({
    ...session,
    trials: mine.trials.length,
    async judge() {
      await welcome(session)
      await judgePairs(session)
    },
    onSending() {
      page.place('', '')
      showSending(page)
    },
    onOpen: (count) => explainOpen(page, count),
    ask: () => askUntilThere({ server, pause: pauseUntilOnline }),
  })
  await showEnd(page, { server, mine, pair: sounds.pair, pause: pauseUntilOnline, stored: session.erase })
}

interface Given {
  readonly page: Page
  readonly foot: Foot
  readonly server: Server
  /** null: this browser keeps nothing. */
  readonly kept: Kept | null
  readonly link: string
  readonly mine: Mine
}

interface Session extends Given {
  readonly sender: Sender
  readonly standing: Standing
  readonly elsewhere: Elsewhere
  /** Takes over what the server knows more, and keeps it for a reload without the network. */
  learn(there: Mine): void
  readonly supply: Supply
  readonly sounds: Sounds
  readonly visits: Visits
  /** Kept here, and sent. */
  say(statement: Statement): Promise<void>
  /** All that was kept but what was said; at the end. */
  erase(): Promise<void>
}

const keptOf = ({ link, mine }: Pick<Given, 'link' | 'mine'>): KeptSession => ({
  ...{ link, mine, owner: ownerOf(mine) },
  openedAt: Date.now(),
})

async function gather(given: Given): Promise<Session> {
  const { page, foot, server, kept, link, mine } = given
  const owner = ownerOf(mine)
  const store = await openStore(owner)
  const onState = (sending: SendingState) => foot.tell({ sending })
  const sender = createSender({ owner, store, server, onState, now: () => Date.now(), pause: pauseUntilOnline })
  offerDownload(() => store.list())
  const before = (await sender.all()).filter(({ state }) => state !== 'refused').map(({ statement }) => statement)
  const standing = createStanding(mine.said, before)
  // At the end nothing is kept any more, and what is heard again comes from the server.
  const keeping = standing.isEnded() ? null : kept
  await keeping?.keepSession(keptOf(given)).catch(() => {})
  void kept?.eraseBefore(Date.now() - longestKeptMilliseconds).catch(() => {})
  const supply = await openSupply(given, {
    place: nextPlace([...mine.trials.keys()], standing, 0) ?? 0,
    keeping,
    onState: (state) => foot.tell({ supply: standing.isEnded() ? null : state }),
  })
  const visits = await openKeptVisits(keeping, owner)
  const learn = (there: Mine) => {
    standing.merge(there.said)
    if (!standing.isEnded()) void keeping?.renewSession(keptOf({ link, mine: there })).catch(() => {})
  }
  return {
    ...given,
    sender,
    standing,
    elsewhere: createElsewhere({
      ...{ sender, standing, server, onMine: learn },
      patience: () => pauseUntilOnline(patienceMilliseconds),
    }),
    learn,
    supply,
    sounds: openSounds({ page, supply, mine, pause: pauseUntilOnline }),
    visits,
    async say(statement) {
      await sender.say(statement)
      standing.add(statement)
    },
    async erase() {
      visits.close()
      await supply.close()
      await kept?.erase(owner).catch(() => {})
      foot.tell({ supply: null })
    },
  }
}

function openSupply(
  { page, foot, server, mine }: Given,
  wish: { readonly keeping: Kept | null } & Pick<SupplySettings, 'place' | 'onState'>,
): Promise<Supply> {
  const owner = ownerOf(mine)
  const { keeping: kept, place, onState } = wish
  return createSupply({
    trials: mine.trials.map(namesOf),
    place,
    store: kept && {
      names: () => kept.sounds(owner),
      get: (name) => kept.sound(owner, name),
      put: (name, bytes) => kept.keepSound(owner, name, bytes),
      drop: (name) => kept.eraseSound(owner, name),
    },
    async fetch(name) {
      const bytes = await server.sound(name, (coming) => foot.tell({ coming }))
      foot.tell({ coming: null })
      return bytes
    },
    pause: pauseUntilOnline,
    onState,
    onTrouble: (error) =>
      page.say(`The sound cannot be fetched (${error instanceof Error ? error.message : error}). Trying again.`),
  })
}

async function openKeptVisits(kept: Kept | null, owner: string): Promise<Visits> {
  const visits = openVisits({
    before: (await kept?.visits(owner).catch(() => undefined)) ?? new Map(),
    keep: (place, visit) => void kept?.keepVisit(owner, place, visit).catch(() => {}),
    later: (deed, milliseconds) => setTimeout(deed, milliseconds),
  })
  window.addEventListener('pagehide', visits.save)
  document.addEventListener('visibilitychange', visits.save)
  return visits
}

/** Opened from what was kept: the server is asked until it is there, and may know more. */
async function awaitServer({ server, foot, learn, sender }: Session): Promise<void> {
  foot.tell({ server: 'away' })
  const there = await askUntilThere({ server, pause: pauseUntilOnline })
  if (there.kind === 'refused') return foot.tell({ server: { refused: there.error } })
  foot.tell({ server: 'there' })
  learn(there.mine)
  await sender.again(there.mine.said)
}

async function welcome({ page, mine, standing, supply, sounds, say }: Session): Promise<void> {
  if (!standing.isSaid('consent')) await say(await askConsent(page, mine))
  supply.begin()
  if (!standing.isSaid('headphones')) await checkHeadphones(page, mine, say)
  if (standing.isSaid('profile')) return
  await setLevel(
    page,
    sounds.pair(0).then(({ a }) => a),
  )
  await say(await askProfile(page))
}

async function judgePairs(session: Session): Promise<void> {
  const { page, mine, standing, elsewhere } = session
  const rounds = (mine.trials.at(-1)?.round ?? 0) + 1
  const places = [...mine.trials.keys()]
  const roundOf = (k: number) => mine.trials[k]?.round ?? 0
  const choose = async (from: number) => {
    await elsewhere.look()
    return nextPlace(places, standing, from)
  }
  let place = await choose(0)
  // Another device may have ended it.
  while (place !== null && !standing.isEnded()) {
    const last = nextPlace(places.toSpliced(place, 1), standing, 0) === null
    const end = await judgeTrial(session, { place, last, rounds })
    if (end.kind === 'back') {
      place--
      continue
    }
    await sayVote(session, place, end.said)
    const round = roundOf(place)
    place = await choose(place)
    if (place === null || roundOf(place) <= round) continue
    await takeBreak(page, round + 1, rounds)
    place = await choose(place)
  }
}

interface Trial {
  readonly place: number
  /** Whether all others are judged. */
  readonly last: boolean
  readonly rounds: number
}

async function judgeTrial({ page, mine, sounds, visits }: Session, { place, last, rounds }: Trial): Promise<PairEnd> {
  const title = titleOf(mine, place)
  const { trials } = mine
  page.place(title, rounds > 1 ? `Round ${(trials[place]?.round ?? 0) + 1} of ${rounds}` : '')
  const isFirstAbx = trials[place]?.x !== undefined && trials[place - 1]?.x === undefined
  if (isFirstAbx && !visits.has(place)) await explainAbx(page, trials.length - place)
  page.show('loading', title, make('p', {}, 'The clips are being fetched.'))
  return judgePair(page, {
    mine,
    title,
    sounds: await sounds.pair(place),
    visit: visits.at(place),
    onChange(what) {
      visits.touch(place)
      if (what === 'said') visits.save()
    },
    mayGoBack: place > 0,
    last,
  })
}

/** The page itself, for a reload without the network; false where the browser cannot (plain http under a name). */
async function keepPage(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false
  try {
    await navigator.serviceWorker.register('worker.js')
    await navigator.serviceWorker.ready
    return true
  } catch {
    return false
  }
}

function showAway(page: Page, words: string): void {
  const text = `${words} Nothing of this session is kept in this browser yet. The page asks again by itself and goes on as soon as the server is back.`
  page.show('away', 'The server is away', make('p', {}, text))
}

/** What was said under the link and did not reach the server can still be had. */
async function refuseLink({ error, owner }: Extract<Opening, { kind: 'refused' }>): Promise<void> {
  showFault(error)
  if (owner === null) return
  const store = await openStore(owner)
  if (unsentOf(await store.list()).length === 0) return
  offerDownload(() => store.list())
  find('download', HTMLButtonElement).hidden = false
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

function showFault(words: string): void {
  const stage = find('stage', HTMLElement)
  stage.dataset['stage'] = 'fault'
  stage.replaceChildren(make('h1', {}, 'This did not work'), make('p', { role: 'alert' }, words))
}

// Another link in the same window.
window.addEventListener('hashchange', () => location.reload())
judge().catch((error: unknown) => showFault(error instanceof Error ? error.message : String(error)))
