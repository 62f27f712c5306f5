// The words in which a slot is told, as data: for each thing heard, bands from little to much, several wordings a band.
// Plain musical words only: what was heard, never whether it was good. (The prompt lint and test/feedback hold this.)

export interface Band {
  /** The band holds values up to and including this; the last band holds the rest. */
  readonly upTo: number
  readonly words: readonly string[]
}

const rest = Number.POSITIVE_INFINITY

/** Events of the partner's voice in a slot of 32 beats. */
export const voiceDensity: readonly Band[] = [
  { upTo: 0, words: ['no voice', 'its voice rests', 'says nothing'] },
  { upTo: 10, words: ['a few scattered notes', 'a word here and there', 'mostly pauses'] },
  { upTo: 32, words: ['an unhurried line', 'a calm line', 'a phrase, then a breath'] },
  { upTo: 80, words: ['a running line', 'a talkative line', 'notes on most beats'] },
  { upTo: rest, words: ['a stream of quick notes', 'hardly a pause', 'notes tumbling over each other'] },
]

/** Mean height of the partner's voice, MIDI. */
export const voiceHeight: readonly Band[] = [
  { upTo: 45, words: ['very deep', 'down in the cellar'] },
  { upTo: 55, words: ['low', 'in the low register'] },
  { upTo: 66, words: ['in the middle', 'around middle C'] },
  { upTo: 78, words: ['high', 'up high'] },
  { upTo: rest, words: ['very high', 'right at the top'] },
]

/** Events of the partner's deck in a slot. */
export const deckDensity: readonly Band[] = [
  { upTo: 0, words: ['deck silent', 'nothing on the deck'] },
  { upTo: 24, words: ['a bare track, all air', 'a track with wide gaps', 'slow washes from the deck'] },
  { upTo: 72, words: ['a steady, open beat', 'a lean groove', 'a track with room in it'] },
  { upTo: 180, words: ['a full groove', 'drums and bass rolling', 'a busy track'] },
  { upTo: rest, words: ['a thick, driving track', 'a wall of drums', 'every step of the bar taken'] },
]

/** Loudness of the partner's sound in the slot, LUFS. */
export const loudness: readonly Band[] = [
  { upTo: -40, words: ['barely audible', 'a whisper'] },
  { upTo: -28, words: ['soft', 'in the distance'] },
  { upTo: -20, words: ['at an easy level', 'neither loud nor soft'] },
  { upTo: -14, words: ['loud', 'up front'] },
  { upTo: rest, words: ['very loud', 'filling the room'] },
]

/** How smooth the partner's own sound is, on the same scale as `between`. */
export const grain: readonly Band[] = [
  { upTo: 0.4, words: ['gravelly', 'full of beating'] },
  { upTo: 0.62, words: ['grainy', 'with an edge'] },
  { upTo: 0.76, words: ['clear enough', 'even in tone'] },
  { upTo: rest, words: ['smooth', 'pure in tone'] },
]

/** How far the partner's line goes as expected, 0 to 1. */
export const habit: readonly Band[] = [
  { upTo: 0.15, words: ['hard to foresee', 'wandering'] },
  { upTo: 0.45, words: ['coming back to a turn of phrase now and then', 'half familiar'] },
  { upTo: 0.8, words: ['keeping a figure and turning it over', 'a figure with small changes'] },
  { upTo: rest, words: ['keeping the same figure', 'the figure again, nearly note for note'] },
]

/** Instead of the above when the partner only repeats itself. */
export const repeating: readonly string[] = [
  'round and round without change',
  'the same turn again and again',
  'stuck in one loop',
]

/** How the partials of the two lie to each other: on this scale a bare semitone has .29, a major triad .69, no roughness at all .92. */
export const between: readonly Band[] = [
  { upTo: 0.36, words: ['the two grind against each other', 'heavy beating between the two', 'the two scrape'] },
  { upTo: 0.56, words: ['the two rub', 'a rough seam between the two', 'beating where the two meet'] },
  {
    upTo: 0.71,
    words: [
      'the two graze now and then',
      'a little roughness where the two meet',
      'the two lean on each other with some grit',
    ],
  },
  {
    upTo: 0.81,
    words: ['the two lie side by side', 'the two sit close without much beating', 'little beating between the two'],
  },
  {
    upTo: rest,
    words: ['the two melt into one sound', 'the two ring as one chord', 'hardly any beating between the two'],
  },
]

/** Where most of the rubbing lies, Hz. */
export const region: readonly Band[] = [
  { upTo: 160, words: ['low', 'down in the bass'] },
  { upTo: 500, words: ['in the lower middle', 'around the chords'] },
  { upTo: 1500, words: ['in the middle', 'where the tunes are'] },
  { upTo: rest, words: ['high', 'up in the overtones'] },
]

/** Do the two share a pulse? 0 to 1. */
export const pulse: readonly Band[] = [
  { upTo: 0.2, words: ['two clocks', 'no common beat'] },
  { upTo: 0.6, words: ['beats that drift in and out of step', 'a loose common beat'] },
  { upTo: rest, words: ['one beat', 'a shared beat'] },
]

/** Do the two leave each other room? 0 to 1. */
export const space: readonly Band[] = [
  { upTo: 0.2, words: ['landing on the same steps', 'on top of each other'] },
  { upTo: 0.6, words: ['sometimes in turn, sometimes at once', 'sharing some steps'] },
  { upTo: rest, words: ['one sounding where the other rests', 'in each other’s gaps'] },
]

/** Share of the sparser voice's notes that fall together with the other's, when the rhythm as a whole is undefined. */
export const collisions: readonly Band[] = [
  { upTo: 0.1, words: ['the two voices hardly ever fall together', 'the voices keep apart in time'] },
  { upTo: 0.5, words: ['the two voices fall together at times', 'some notes of the two coincide'] },
  { upTo: rest, words: ['the two voices speak at once', 'most notes of the two coincide'] },
]

/** Is the line that the two make together even? 0 to 1. */
export const flow: readonly Band[] = [
  { upTo: 0.3, words: ['in bursts and holes', 'in fits and starts'] },
  { upTo: 0.7, words: ['a little uneven', 'with a limp'] },
  { upTo: rest, words: ['flowing evenly', 'without a hole'] },
]

export const nobody: readonly string[] = ['nobody else sounds', 'no other sound', 'alone']
