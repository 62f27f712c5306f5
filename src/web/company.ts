// Who sounds beside the run that is listened to: another run, fetched and seated when it is first asked for, then cast in by one key.
import type { Listening } from './listening.ts'
import type { ComposerSettings } from './run/compose.ts'
import { fetchOtherRun, type OtherRun, type OtherSource } from './run/other-run.ts'
import type { Casting } from './sound/mixer.ts'

export interface Company {
  readonly casting: Casting
  /** null: none is here yet. */
  readonly other: OtherRun | null
  /** Which other run; the one that sounds goes home. */
  choose(source: OtherSource): void
  /** Who sounds from now on; the same once more is the run itself again. Resolves when it is so, rejects with words. */
  cast(casting: Casting): Promise<void>
}

export function createCompany(
  listening: Pick<Listening, 'player' | 'view' | 'score'>,
  run: string,
  settings: ComposerSettings,
): Company {
  let source: OtherSource = { kind: 'twin' }
  let other: OtherRun | null = null
  let casting: Casting = 'own'
  let fetching: Promise<OtherRun> | null = null

  const show = (next: Casting) => {
    casting = next
    listening.player?.mixer.cast(next)
    listening.view?.showCast(next, other)
  }
  const seat = async (): Promise<boolean> => {
    if (other !== null) return true
    const asked = source
    fetching ??= fetchOtherRun(run, source, settings)
    try {
      const fetched = await fetching
      if (asked !== source) return false
      await listening.player?.invite(fetched.score)
      if (asked !== source) return false
      other = fetched
      return true
    } finally {
      fetching = null
    }
  }
  return {
    get casting() {
      return casting
    },
    get other() {
      return other
    },
    choose(next) {
      show('own')
      source = next
      other = null
      fetching = null
      void listening.player?.invite(null)
    },
    async cast(next) {
      if (next !== 'own' && !(await seat())) return
      show(next)
    },
  }
}
