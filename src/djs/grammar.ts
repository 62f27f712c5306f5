// The action grammar, after party.md: a turn is a line of moves separated by `;`. Text comes in, moves go out, and back.
// What does not parse becomes HOLD and is named with what was expected; nothing is guessed or asked again.
import { type Move, sectionNames } from '../record/index.ts'

/** Most moves of one turn; what comes after them is named and dropped. */
export const mostMoves = 6

export interface TurnFault {
  readonly code: 'unparsed' | 'too-many' | 'empty'
  readonly message: string
}

export interface Turn {
  readonly moves: readonly Move[]
  readonly faults: readonly TurnFault[]
}

/** One line per form; it stands in every prompt. */
export const grammarForms = [
  'LOAD id cue (cue: intro, build, drop, break or outro)',
  'PLAY',
  'BLEND 16 or 32 or 64',
  'CUT',
  'EQ low or mid or high, then + or - or kill',
  'NUDGE +2% (up to 8 either way)',
  'LOOP 4 or 8 or off',
  'YIELD',
  'HOLD',
  'SAY "..."',
] as const

/** Reads a turn. Line breaks separate like `;`, letter case of commands is free. At least one move comes out. */
export function parseTurn(text: string): Turn {
  const moves: Move[] = []
  const faults: TurnFault[] = []
  const clauses = splitClauses(text)
  for (const [index, clause] of clauses.entries()) {
    if (index >= mostMoves) {
      faults.push({
        code: 'too-many',
        message: `turn: expected at most ${mostMoves} moves, got ${clauses.length}. The rest was dropped.`,
      })
      break
    }
    const move = parseClause(clause)
    if (move === null) {
      const expected = expectedForm(clause)
      faults.push({ code: 'unparsed', message: `move ${index + 1}: expected ${expected}, got ${quoteShort(clause)}.` })
    }
    moves.push(move ?? { do: 'hold' })
  }
  if (clauses.length === 0)
    faults.push({ code: 'empty', message: 'turn: expected at least one move, got nothing. It counts as HOLD.' })
  return { moves: moves.length > 0 ? moves : [{ do: 'hold' }], faults }
}

/** Writes moves as one line; the inverse of `parseTurn`. */
export function formatMoves(moves: readonly Move[]): string {
  return moves.map(formatMove).join('; ')
}

function formatMove(move: Move): string {
  switch (move.do) {
    case 'load':
      return `LOAD ${move.track} ${move.cue}`
    case 'blend':
      return `BLEND ${move.beats}`
    case 'eq':
      return `EQ ${move.band} ${{ up: '+', down: '-', kill: 'kill' }[move.to]}`
    case 'nudge':
      return `NUDGE ${move.percent < 0 ? '' : '+'}${move.percent}%`
    case 'loop':
      return `LOOP ${move.beats ?? 'off'}`
    case 'say':
      return `SAY "${escapeWords(move.words)}"`
    default:
      return move.do.toUpperCase()
  }
}

/** Words as they stand between the quotes of SAY. */
export function escapeWords(words: string): string {
  return words.replace(/["\\\n\r]/g, (c) => ({ '"': '\\"', '\\': '\\\\', '\n': '\\n' })[c] ?? '\\r')
}

function unescapeWords(text: string): string {
  return text.replace(/\\(["\\nr])/g, (_, c: string) => ({ n: '\n', r: '\r' })[c] ?? c)
}

/** Cuts at `;` and line breaks outside quotes; empty clauses vanish. */
function splitClauses(text: string): string[] {
  const clauses: string[] = []
  let clause = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string
    if (quoted && c === '\\') {
      clause += c + (text[++i] ?? '')
      continue
    }
    if (c === '"') quoted = !quoted
    if (!quoted && (c === ';' || c === '\n' || c === '\r')) {
      clauses.push(clause)
      clause = ''
    } else clause += c
  }
  clauses.push(clause)
  return clauses.map((part) => part.trim()).filter((part) => part !== '')
}

function parseClause(clause: string): Move | null {
  const say = /^say\s+"((?:[^"\\]|\\[\s\S])*)"$/i.exec(clause)
  if (say) return { do: 'say', words: unescapeWords(say[1] ?? '') }
  const [head = '', ...rest] = clause.split(/\s+/)
  const words = rest.map((word) => word.toLowerCase())
  switch (head.toLowerCase()) {
    case 'play':
    case 'cut':
    case 'yield':
    case 'hold':
      return words.length === 0 ? { do: head.toLowerCase() as 'play' | 'cut' | 'yield' | 'hold' } : null
    case 'load':
      return readLoad(rest)
    case 'blend':
      return readBlend(words)
    case 'eq':
      return readEq(words)
    case 'nudge':
      return readNudge(words)
    case 'loop':
      return readLoop(words)
    default:
      return null
  }
}

function readLoad(rest: readonly string[]): Move | null {
  const cue = sectionNames.find((name) => name === rest[1]?.toLowerCase())
  return rest.length === 2 && cue !== undefined ? { do: 'load', track: rest[0] as string, cue } : null
}

function readBlend(words: readonly string[]): Move | null {
  const beats = ([16, 32, 64] as const).find((count) => String(count) === words[0])
  return words.length === 1 && beats !== undefined ? { do: 'blend', beats } : null
}

function readEq(words: readonly string[]): Move | null {
  const band = (['low', 'mid', 'high'] as const).find((name) => name === words[0])
  const to = ({ '+': 'up', '-': 'down', kill: 'kill' } as const)[words[1] as '+' | '-' | 'kill']
  return words.length === 2 && band !== undefined && to !== undefined ? { do: 'eq', band, to } : null
}

function readNudge(words: readonly string[]): Move | null {
  const match = /^([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)%$/.exec(words[0] ?? '')
  const percent = Number(match?.[1])
  return words.length === 1 && Math.abs(percent) <= 8 ? { do: 'nudge', percent: percent + 0 } : null
}

function readLoop(words: readonly string[]): Move | null {
  if (words.length !== 1) return null
  if (words[0] === 'off') return { do: 'loop', beats: null }
  const beats = ([4, 8] as const).find((count) => String(count) === words[0])
  return beats === undefined ? null : { do: 'loop', beats }
}

/** The form that a broken clause was probably meant to have. */
function expectedForm(clause: string): string {
  const head = clause.split(/\s+/)[0]?.toUpperCase() ?? ''
  return grammarForms.find((form) => form.split(' ')[0] === head) ?? `one of ${commandNames.join(', ')}`
}

const commandNames = grammarForms.map((form) => form.split(' ')[0] as string)

function quoteShort(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text)
}
