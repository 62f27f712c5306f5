// The page's own hands: runs, start button, transport, keys, theme; one run at a time is listened to.

import { type Listening, type Materials, openListening } from './listening.ts'
import { type Address, formatAddress, readAddress } from './run/address.ts'
import { loadLexicon } from './run/lexicon.ts'
import { fetchKernel, fetchLibrary, fetchRun, fetchRuns, type RunEntry } from './run/server.ts'
import type { PartyScore } from './run/slots.ts'
import type { Connection } from './run/stream.ts'
import type { PlayerState } from './sound/player.ts'
import { createControls } from './view/controls.ts'
import { displayText, find } from './view/elements.ts'
import { createTheme } from './view/theme.ts'

/** The list at the top holds the newest; all of them stand on the page of runs. */
const runsOffered = 40

/** Opens the page; resolves once a run streams in or there is none. Rejects when the server cannot be read. */
export async function openRoom(): Promise<void> {
  const asked = readAddress(location.hash)
  let listening: Listening | undefined
  let run: string | null = null
  const controls = createControls({
    listening: () => listening,
    onRun: (id) => void open(id, { run: id, seconds: null }),
    onLink: (seconds) => history.replaceState(null, '', formatAddress({ run, seconds })),
    onTheme: () => theme.toggle(),
  })
  const theme = createTheme(find('theme', HTMLButtonElement), () => listening?.view?.repaint())
  let runs: RunEntry[] = []
  let materials: Materials | undefined

  const open = async (id: string, address: Address) => {
    listening?.dispose()
    run = id
    const entry = runs.find((one) => one.id === id)
    controls.reset(entry)
    if (materials === undefined) return
    listening = openListening({
      run: id,
      materials,
      from: address.seconds,
      onReady(score) {
        controls.ready(score)
        if (address.live === true) controls.goAlong()
      },
      onState: (state: PlayerState) => controls.showState(state),
      onGrowth: (score: PartyScore) => controls.showGrowth(score),
      onStretch: (stretch) => controls.markStretch(stretch),
      onMoment: (now, total) => controls.showMoment(now, total),
      onConnection(connection: Connection, words: string) {
        const seconds = listening?.player?.seconds() ?? address.seconds
        if (connection === 'anew') void open(id, { run: id, seconds })
        else controls.showConnection(connection, words)
      },
      onDevice: (state, words) => controls.showConnection(state === 'lost' ? 'lost' : 'open', words),
      onMeasured: (words) => controls.showNews(words),
      onFailed: (words) => controls.showFailure(displayText(words)),
    })
    history.replaceState(null, '', formatAddress({ run: id, seconds: address.seconds }))
  }
  runs = await fetchRuns(runsOffered)
  if (asked.run !== null && !runs.some((one) => one.id === asked.run)) {
    const far = await fetchRun(asked.run)
    if (far !== null) runs = [...runs, far]
  }
  const first = runs.find((one) => one.id === asked.run) ?? runs[0]
  controls.showRuns(runs, first?.id ?? null)
  if (first === undefined) return
  const [kernel, library, lexicon] = await Promise.all([fetchKernel(), fetchLibrary(), loadLexicon()])
  materials = { kernel, library, lexicon }
  // Another run may have been chosen meanwhile.
  const wanted: string = run ?? first.id
  await open(wanted, wanted === asked.run ? asked : { run: wanted, seconds: null })
  startDrawing(() => listening)
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
