// Who sounds beside the run that is listened to: another run, fetched and seated when it is first asked for, then cast in by one key.
import type { Listening } from './listening.ts'
import type { ComposerSettings } from './run/compose.ts'
import { fetchOtherRun, type OtherRun, type OtherSource } from './run/other-run.ts'
import type { Casting } from './sound/mixer.ts'

export interface Company {
  readonly casting: Casting
  /** Who is to sound, as was wished last; also while they are still being fetched. */
  readonly wish: Casting
  /** null: none is here yet. */
  readonly other: OtherRun | null
  /** Which other run; the one that sounds goes home. */
  choose(source: OtherSource): void
  /** Who sounds from now on. Of several wishes the last counts. Resolves when it is so, rejects with words. */
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
  let wish: Casting = 'own'
  let seating: Promise<boolean> | null = null

  const show = (next: Casting) => {
    casting = next
    wish = next
    listening.player?.mixer.cast(next)
    listening.view?.showCast(next, other)
  }
  /** False when another run was chosen meanwhile. */
  const bring = async (asked: OtherSource): Promise<boolean> => {
    try {
      const fetched = await fetchOtherRun(run, asked, settings)
      if (asked !== source) return false
      await listening.player?.invite(fetched.score)
      if (asked !== source) return false
      other = fetched
      return true
    } catch (error) {
      if (asked !== source) return false
      wish = casting
      throw error
    } finally {
      if (asked === source) seating = null
    }
  }
  return {
    get casting() {
      return casting
    },
    get wish() {
      return wish
    },
    get other() {
      return other
    },
    choose(next) {
      show('own')
      source = next
      other = null
      seating = null
      void listening.player?.invite(null)
    },
    async cast(next) {
      wish = next
      if (next === 'own') return show(next)
      if (other === null) seating ??= bring(source)
      // Meanwhile another wish may have come, or another run been chosen.
      if ((other !== null || (await seating) === true) && wish !== casting) show(wish)
    },
  }
}
