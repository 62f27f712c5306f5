// What a machine said -> which side, or why none. One word is asked for and nothing else is taken: whoever rambles has not answered.
export type Side = 'first' | 'second' | 'tie'

export type MachineAnswer =
  | { readonly kind: 'said'; readonly side: Side }
  /** It answered, but not what was asked. */
  | { readonly kind: 'unreadable'; readonly got: string }
  | { readonly kind: 'refused' }
  /** Nobody answered (no connection, no budget, too late): that says nothing of the machine's judgement. */
  | { readonly kind: 'unavailable'; readonly reason: string }

const sides: Readonly<Record<string, Side>> = { A: 'first', B: 'second', TIE: 'tie' }
const shownLength = 80

/** "A", "B" or "TIE", in any case; blanks around it, one full stop after it, and quotes or stars about it are forgiven. */
export function readAnswer(text: string): MachineAnswer {
  const word = /^\s*["'*`]{0,3}(a|b|tie)["'*`]{0,3}\.?\s*$/i.exec(text)?.[1]
  const side = word === undefined ? undefined : sides[word.toUpperCase()]
  return side === undefined
    ? { kind: 'unreadable', got: text.trim().replaceAll(/\s+/g, ' ').slice(0, shownLength) }
    : { kind: 'said', side }
}
