// Which sounds of a session are kept in this browser, which is the next that should be, and whether there is room.

/** Where one judge's sounds are kept. */
export interface SoundStore {
  names(): Promise<readonly string[]>
  get(name: string): Promise<ArrayBuffer | null>
  /** Rejects when there is no room. */
  put(name: string, bytes: ArrayBuffer): Promise<void>
  drop(name: string): Promise<void>
}

export interface SupplyState {
  /** Pairs of which every sound is here, of how many. */
  readonly pairs: number
  readonly of: number
  /** `full`: no more fit; `none`: this browser keeps nothing. */
  readonly room: 'some' | 'full' | 'none'
}

export interface ShelfSettings {
  /** Names of the sounds, by place. */
  readonly trials: readonly (readonly string[])[]
  /** The pair that is next. */
  readonly place: number
  /** null: this browser keeps nothing. */
  readonly store: SoundStore | null
  onState(state: SupplyState): void
}

export type Shelf = Awaited<ReturnType<typeof openShelf>>

export async function openShelf({ trials, place: first, store, onState }: ShelfSettings) {
  const here = new Set(await (store?.names() ?? Promise.resolve([])).catch(() => []))
  /** The server has none under these names. */
  const aside = new Set<string>()
  let room: SupplyState['room'] = store === null ? 'none' : 'some'
  let [place, closed, keeping] = [first, false, Promise.resolve()]
  const tell = () => {
    if (closed) return
    const pairs = trials.filter((names) => names.every((name) => here.has(name))).length
    onState({ pairs, of: trials.length, room })
  }
  return {
    tell,
    async keep(name: string, bytes: ArrayBuffer) {
      if (store === null || closed || room !== 'some') return
      const put = store.put(name, bytes).then(
        () => void here.add(name),
        () => {
          room = 'full'
        },
      )
      keeping = put
      await put
      tell()
    },
    async take(name: string) {
      if (!here.has(name)) return null
      const bytes = (await store?.get(name).catch(() => null)) ?? null
      if (bytes === null && here.delete(name)) tell()
      return bytes
    },
    async drop(name: string) {
      here.delete(name)
      tell()
      await store?.drop(name).catch(() => {})
    },
    /** The next that should be here. */
    missing(): string | undefined {
      if (closed || room !== 'some') return undefined
      const round = [...trials.slice(place), ...trials.slice(0, place)]
      return round.flat().find((name) => !here.has(name) && !aside.has(name))
    },
    setAside: (name: string) => void aside.add(name),
    from(wanted: number) {
      place = wanted
    },
    async close() {
      closed = true
      here.clear()
      await keeping
    },
  }
}
