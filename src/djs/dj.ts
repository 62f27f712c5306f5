// The port: whoever sits at a deck turns a percept into tokens.

export interface Percept {
  readonly agent: string
  readonly slot: number
  readonly system: string
  /** The serialised stream, as far as memory goes, ending with the present slot. */
  readonly text: string
}

export interface DjToken {
  readonly text: string
  readonly logprob?: number
}

/** Tokens joined are the turn's text. The seed of a scripted DJ is its own; equal percepts in equal order give equal tokens. */
export type Dj = (percept: Percept) => AsyncIterable<DjToken>
