// What the recorder on the audio thread and the page say to each other.

/** The page: begin, or end. */
export type ToRecorder = 'begin' | 'end'

export type FromRecorder =
  /** The next frames, interleaved left and right; transferred. */
  | { readonly kind: 'frames'; readonly samples: Float32Array<ArrayBuffer> }
  /** Nothing follows. */
  | { readonly kind: 'ended' }

export const recorderName = 'hocket-recorder'
