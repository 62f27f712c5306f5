// The page's own hands: runs, start button, transport, keys, theme; one run at a time is listened to. The address tells which and where,
// and whoever changes it goes there.
import { type Listening, type Materials, openListening } from './listening.ts'
import { type Address, formatAddress, readAddress } from './run/address.ts'
import { loadLexicon } from './run/lexicon.ts'
import { fetchKernel, fetchLibrary, fetchRun, fetchRuns, type RunEntry } from './run/server.ts'
import type { Connection } from './run/stream.ts'
import { createPersistence } from './sound/patience.ts'
import { type Controls, createControls } from './view/controls.ts'
import { displayText, find } from './view/elements.ts'
import { createTheme } from './view/theme.ts'

/** The list at the top holds the newest; all of them stand on the page of runs. */
const runsOffered = 40
/** An empty shelf is looked at so often. */
const shelfMilliseconds = 3000

/** What is listened to, once there is something. */
interface Room {
  listening: Listening | undefined
  run: string | null
  runs: RunEntry[]
  materials: Materials | undefined
  readonly controls: Controls
}

/** Opens the page; resolves once a run streams in. What the server does not give now is asked for until it does. */
export async function openRoom(): Promise<void> {
  const listening = () => room.listening
  const controls = createControls({
    listening,
    onRun(run) {
      history.pushState(null, '', formatAddress({ run, seconds: null }))
      open(room, { run, seconds: null })
    },
    onLink: (place) => link(room, place),
    onTheme: () => theme.toggle(),
  })
  const room: Room = { listening: undefined, run: null, runs: [], materials: undefined, controls }
  const theme = createTheme(find('theme', HTMLButtonElement), () => room.listening?.view?.repaint())
  const persist = createPersistence({
    onTrouble: (words) => controls.warn('server', words),
    onThere: () => controls.relieve('server', 'The server answers.'),
  })

  const { first, asked, missing } = await chooseFirst(room, persist)
  const [kernel, library, lexicon] = await Promise.all([
    persist(fetchKernel),
    persist(fetchLibrary),
    persist(loadLexicon),
  ])
  room.materials = { kernel, library, lexicon }
  // Another run may have been chosen meanwhile.
  const chosen: string = room.run ?? first.id
  open(room, chosen === asked.run ? asked : { run: chosen, seconds: null })
  if (missing !== '') controls.showNews(`${missing} This is the newest.`)
  window.addEventListener('hashchange', () => void goTo(room, readAddress(location.hash)))
  startDrawing(listening)
}

/** The run to open first, as soon as there is one; an empty shelf is looked at again and again. */
async function chooseFirst(room: Room, persist: ReturnType<typeof createPersistence>) {
  for (;;) {
    const asked = readAddress(location.hash)
    room.runs = await persist(() => fetchRuns(runsOffered))
    const { run } = asked
    const wanted = run === null ? null : await persist(() => findRun(room, run))
    const first = wanted ?? room.runs[0]
    room.controls.showRuns(room.runs, first?.id ?? null)
    const missing = run !== null && wanted === null ? noSuchRun(run) : ''
    if (first !== undefined) return { first, asked, missing }
    room.controls.showNews(missing)
    await new Promise((resolve) => setTimeout(resolve, shelfMilliseconds))
  }
}

const noSuchRun = (run: string) => `There is no run “${displayText(run, 60)}” here.`

/** null: there is none. One that is not among the newest is added to the list. Rejects when the server does not answer. */
async function findRun(room: Room, id: string): Promise<RunEntry | null> {
  const known = room.runs.find((run) => run.id === id)
  if (known !== undefined) return known
  const far = await fetchRun(id)
  if (far !== null) room.runs = [...room.runs, far]
  return far
}

/** The address tells where one is. */
function link({ run }: Room, place: number | 'live'): void {
  const address = place === 'live' ? { run, seconds: null, live: true } : { run, seconds: place }
  history.replaceState(null, '', formatAddress(address))
}

/** The address was changed: by hand, by a link, by going back. */
async function goTo(room: Room, address: Address): Promise<void> {
  const { controls, listening } = room
  const stay = () => link(room, listening?.player?.seconds() ?? 0)
  const isElsewhere = address.run !== null && address.run !== room.run
  // A link to a part of the page, such as the skip link, tells nothing of a run.
  if (!isElsewhere && address.run === null && address.seconds === null && address.live !== true) return stay()
  if (!isElsewhere) return address.live === true ? controls.goAlong() : listening?.seek(address.seconds ?? 0)
  const before = room.run
  const entry = await findRun(room, address.run ?? '').catch((error: Error) => error)
  if (room.run !== before || readAddress(location.hash).run !== address.run) return // gone elsewhere meanwhile
  if (entry === null || entry instanceof Error) {
    stay()
    return controls.showNews(entry === null ? noSuchRun(address.run ?? '') : entry.message)
  }
  controls.showRuns(room.runs, entry.id)
  open(room, address)
}

function open(room: Room, address: Address): void {
  const { controls, materials } = room
  const id = address.run ?? ''
  room.listening?.dispose()
  room.run = id
  controls.reset(room.runs.find((one) => one.id === id))
  if (materials === undefined) return
  room.listening = openListening({
    run: id,
    materials,
    from: address.seconds,
    ...listenWords(controls),
    onReady(score) {
      controls.ready(score)
      if (address.live === true) controls.goAlong()
    },
    onEntry(entry) {
      room.runs = room.runs.map((one) => (one.id === entry.id ? entry : one))
      controls.showEntry(entry)
    },
    onConnection(connection: Connection, words: string) {
      const seconds = room.listening?.player?.seconds() ?? address.seconds
      if (connection === 'anew') open(room, { run: id, seconds })
      else controls.showConnection(connection, words)
    },
  })
  history.replaceState(null, '', formatAddress({ ...address, run: id }))
}

type ListenWords = Omit<
  Parameters<typeof openListening>[0],
  'run' | 'materials' | 'from' | 'onReady' | 'onEntry' | 'onConnection'
>

/** What a run that is listened to tells, shown. */
function listenWords(controls: Controls): ListenWords {
  return {
    onState: controls.showState,
    onGrowth: controls.showGrowth,
    onStretch: controls.markStretch,
    onMoment: controls.showMoment,
    onSeek: controls.touch,
    onMeasured: controls.showNews,
    onRecording: controls.keepRecording,
    onServer: (state, words) => (state === 'lost' ? controls.warn('server', words) : controls.relieve('server', words)),
    onDevice: (state, words) => (state === 'lost' ? controls.warn('device', words) : controls.relieve('device', words)),
    onTrouble: (words) =>
      words === null
        ? controls.relieve('sound', 'What was missing is there; the sound goes on.')
        : controls.warn('sound', displayText(words)),
    onMissing: (name) =>
      controls.showNews(`There is no recording “${displayText(name, 60)}” on the server; it stays silent.`),
    onFailed: (words) => controls.showFailure(displayText(words)),
  }
}

/** One frame after the other, as the screen asks for them. */
function startDrawing(listening: () => Listening | undefined): void {
  const frame = () => {
    const one = listening()
    if (one?.view !== undefined && one.player !== undefined) one.view.draw(one.player.seconds())
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}
