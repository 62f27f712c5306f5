// The foot of the page: what is on its way, whether the server is there, and how much is kept here. What changes with every sound is no live
// region: it is there to be read, and is not read out.
import type { Coming } from './downloads.ts'
import { find, make, setText } from './elements.ts'
import type { SupplyState } from './kept/shelf.ts'
import type { SendingState } from './sender.ts'
import type { KeptStatement } from './store.ts'

export interface FootState {
  readonly sending: SendingState
  /** null: nothing is to be kept, or not any more. */
  readonly supply: SupplyState | null
  /** The sound that takes long; null: none does. */
  readonly coming: Coming | null
  /** The page opened from what was kept here, and the server was not there since; or it refuses the link. */
  readonly server: 'there' | 'away' | { readonly refused: string }
  /** Whether the page itself opens without the network. */
  readonly reloads: boolean
}

export interface FootWords {
  readonly sending: string
  readonly kept: string
  /** Whether to offer what was not stored. */
  readonly download: boolean
}

const quiet: FootState = {
  sending: { waiting: 0, refused: 0, trouble: null, lasting: true },
  supply: null,
  coming: null,
  server: 'there',
  reloads: false,
}

export function wordsOf({ sending, supply, coming, server, reloads }: FootState): FootWords {
  const { waiting, refused, trouble, lasting } = sending
  const unsent = trouble !== null && waiting > 0
  const words = [
    describeServer(server, unsent),
    unsent
      ? `${trouble} ${waiting === 1 ? 'One answer waits' : `${waiting} answers wait`} in this ${lasting ? 'browser' : 'page'} and will be sent again.`
      : '',
    lasting ? '' : unkept(unsent),
    refused === 0
      ? ''
      : `${refused === 1 ? 'One of your answers was' : `${refused} of your answers were`} refused by the server. Please tell who sent you the link.`,
  ]
  return {
    sending: words.filter((text) => text !== '').join(' '),
    kept: [supply === null ? '' : describeSupply(supply, reloads), coming === null ? '' : describeComing(coming)]
      .filter((text) => text !== '')
      .join(' '),
    download: unsent || refused > 0,
  }
}

const unkept = (unsent: boolean) =>
  unsent
    ? 'This browser keeps nothing now (its disk may be full): leave this page open until then, or download what was not stored.'
    : 'This browser keeps nothing now (its disk may be full): each answer has to reach the server before the page goes on.'

function describeServer(server: FootState['server'], unsent: boolean): string {
  if (server === 'there') return ''
  if (server === 'away') return unsent ? '' : 'The server does not answer: you go on with what is kept here.'
  return `The server refuses this link: ${server.refused}`
}

function describeSupply({ pairs, of, room }: SupplyState, reloads: boolean): string {
  if (pairs === of)
    return reloads
      ? 'All pairs are kept here: you may go offline.'
      : 'All pairs are kept here: you may go offline, but then do not reload this page.'
  if (room === 'some') return `${pairs} of ${of} pairs are kept here; the rest need the network.`
  return pairs === 0
    ? 'The sounds cannot be kept in this browser: stay online.'
    : `Only ${pairs} of ${of} pairs can be kept in this browser: stay online for the rest.`
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
const describeComing = ({ bytes, of }: Coming) => `The next sound: ${megabytes(bytes)} of ${megabytes(of)} MB are here.`

export interface Foot {
  tell(change: Partial<FootState>): void
}

export function openFoot(): Foot {
  let state = quiet
  const [sending, kept] = [find('sending', HTMLElement), find('kept', HTMLElement)]
  const download = find('download', HTMLButtonElement)
  return {
    tell(change) {
      state = { ...state, ...change }
      const words = wordsOf(state)
      setText(sending, words.sending)
      setText(kept, words.kept)
      download.hidden = !words.download
    },
  }
}

export const unsentOf = (all: readonly KeptStatement[]) => all.filter(({ state }) => state !== 'stored')

/** JSON lines, as `hocket judge take` reads them. */
export function offerDownload(list: () => Promise<readonly KeptStatement[]>): void {
  find('download', HTMLButtonElement).addEventListener('click', async () => {
    const lines = unsentOf(await list()).map(({ statement }) => `${JSON.stringify(statement)}\n`)
    const link = make('a', { href: URL.createObjectURL(new Blob(lines)), download: 'answers.jsonl' })
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  })
}
