// Cases played at the decks by scripted DJs.
import type { Policy } from '../record/index.ts'
import type { Case, CaseKind } from './performance.ts'

const slots = 8

function party(kind: CaseKind, policies: readonly [Policy, Policy], title: string, why: string): Case {
  const name = policies[0] === policies[1] ? `party-${policies[0]}` : `party-${policies.join('-')}`
  return { name, title, kind, why, perform: () => ({ kind: 'party', masks: ['mira', 'orrin'], policies, slots }) }
}

export const parties: readonly Case[] = [
  party('living', ['listen', 'listen'], 'A good party', 'Both heed partner, floor and own taste.'),
  party(
    'living',
    ['listen-yield', 'listen'],
    'A good party, one yields',
    'The same; one of them gives way now and then.',
  ),
  party(
    'living',
    ['tonal-emergence', 'tonal-emergence'],
    'A party drawn to consonance',
    'Both are drawn to what the other just played.',
  ),
  party('degenerate', ['yes-spammer', 'yes-spammer'], 'Yes at the decks', 'Both say yes and play their first track.'),
  party('degenerate', ['drone', 'drone'], 'Drones', 'Eight beats of the quietest track for ever, and one word.'),
  party(
    'degenerate',
    ['metronome', 'metronome'],
    'Metronomes at the decks',
    'One word on every stroke, a new track every four slots.',
  ),
  party('degenerate', ['one-hit', 'one-hit'], 'Wedding party at the decks', 'One hit for ever, and two lines.'),
  party('degenerate', ['silent', 'silent'], 'Nobody plays', 'Both hold.'),
  party('degenerate', ['random', 'random'], 'Dice at the decks', 'Random moves, random words.'),
  party('degenerate', ['listen', 'yes-spammer'], 'One listens, one says yes', 'A listener beside a yes-sayer.'),
  party('degenerate', ['listen', 'silent'], 'One listens, one is silent', 'A listener alone on the floor.'),
  party('degenerate', ['one-hit', 'copycat'], 'The hit and its copy', 'One hit for ever, and one who does the same.'),
  party('degenerate', ['listen', 'copycat'], 'A listener and its copy', 'The second does and says what the first did.'),
  party(
    'control',
    ['selfish', 'selfish'],
    'Two selfish ones',
    'Each plays as if alone. Their masks interlock by themselves; the floor and the twins tell.',
  ),
]
