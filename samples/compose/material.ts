// What each style is made of besides drums: progressions (scale degrees, 0 = tonic), bass figures, comping rhythms, hooks, forms, sounds.
// Progressions are the common loops of each genre; the sevenths and ninths of house and dub, plain triads of techno and breaks.
import type { SectionName, Timbre } from '../../src/record/index.ts'
import type { Hook } from './parts.ts'

export interface StyleMaterial {
  readonly bpm: readonly [low: number, high: number]
  readonly energy: readonly [low: number, high: number]
  /** How near the other styles are, in the order of styleNames. */
  readonly style: readonly number[]
  readonly minor: readonly (readonly number[])[]
  readonly major: readonly (readonly number[])[]
  /** Share of tracks in major. */
  readonly majorShare: number
  readonly chordSizes: readonly number[]
  readonly bass: readonly string[]
  readonly comps: readonly string[]
  readonly hooks: readonly Hook[]
  readonly timbres: {
    readonly bass: readonly Timbre[]
    readonly chords: readonly Timbre[]
    readonly lead: readonly Timbre[]
  }
  readonly gains: { readonly drums: number; readonly bass: number; readonly chords: number; readonly lead: number }
  readonly swing: readonly number[]
  readonly voicing: 'close' | 'open'
  /** Velocity of the cymbal at phrase starts; styles without one have no drum rolls either. */
  readonly crash: number
  /** Kick of the intro and break, two bars. */
  readonly introKick: string
  readonly breakKick: string
  readonly forms: readonly (readonly SectionName[])[]
}

const house: StyleMaterial = {
  bpm: [120, 127],
  energy: [0.5, 0.82],
  style: [1, 0.4, 0.35, 0.1, 0.1, 0],
  minor: [
    [0, 3, 0, 4],
    [0, 5, 2, 6],
    [0, 0, 3, 3],
    [5, 6, 0, 0],
    [0, 2, 5, 6],
    [3, 0, 5, 4],
  ],
  major: [
    [0, 5, 1, 4],
    [3, 4, 2, 5],
    [0, 2, 3, 3],
  ],
  majorShare: 0.25,
  chordSizes: [4, 5, 4, 3],
  bass: [
    'R..r..r...5.8.r.',
    'R--.r-.r..r-..5.',
    '..R-..r-..r-..8-',
    'R...r..8..r...7a',
    'R-r...r.R-r...5a',
    'R..8..r..r.8..5.',
  ],
  comps: [
    '..x-..x-..x-..x-',
    'X-..x-....x-..x.',
    '..X-..o-...x-...',
    'X--x--x---x--x--',
    '...X-...x-....x-',
    'X---------..x-x.|X-----..x-..x-..',
  ],
  hooks: [
    {
      rhythm: 'x--.x-..x--.....|x--.x-..X-----..',
      contour: [2, -1, -1, 2, -2, 1],
      answer: 'x--.x-..x-.x-.x.|X-------........',
    },
    {
      rhythm: '....x.x.x---....|....x.x.X---....',
      contour: [1, 1, -2, 3, -1, -1],
      answer: '....x.x.x.x.x---|X-------........',
    },
    {
      rhythm: 'X-.x..x-..x.....|..x..x-...X---..',
      contour: [-1, 2, -1, -2, 2],
      answer: 'X-.x..x-..x..x..|X-----..........',
    },
    {
      rhythm: '........x-x-x---|........x-x-X---',
      contour: [1, 2, -1, -1, 1, -2],
      answer: '......x-x-x-x---|x---X-----......',
    },
  ],
  timbres: {
    bass: ['harmonic', 'pluck', 'hollow'],
    chords: ['harmonic', 'pluck', 'harmonic', 'hollow'],
    lead: ['bell', 'hollow', 'pluck'],
  },
  gains: { drums: 0.9, bass: 0.75, chords: 0.8, lead: 0.8 },
  swing: [0, 0.12, 0.2, 0.28],
  voicing: 'close',
  crash: 0.4,
  introKick: 'X...X...X...X...',
  breakKick: '................',
  forms: [
    ['intro', 'build', 'drop', 'drop', 'break', 'build', 'drop', 'outro'],
    ['intro', 'drop', 'break', 'build', 'drop', 'drop', 'outro'],
    ['intro', 'build', 'drop', 'break', 'drop', 'outro'],
  ],
}

const disco: StyleMaterial = {
  bpm: [118, 124],
  energy: [0.6, 0.9],
  style: [0.5, 1, 0.1, 0.15, 0, 0.05],
  minor: [
    [0, 6, 5, 6],
    [0, 3, 6, 2],
    [0, 5, 3, 4],
    [0, 2, 6, 3],
  ],
  major: [
    [0, 5, 1, 4],
    [3, 2, 1, 4],
    [0, 2, 3, 4],
    [1, 4, 0, 5],
    [3, 4, 5, 0],
  ],
  majorShare: 0.6,
  chordSizes: [4, 3, 4],
  bass: [
    'R.8.r.8.r.8.r.8.',
    'R.r8..r.5.r8..5a',
    'R.8.5.8.r.8.5.3a',
    'R..r8..rR..r8.5a',
    'R.rr8.r.5.5.8.7a',
    'R-.r8-..r-.58-.a',
  ],
  comps: [
    '..x.x...x.x..x..',
    'x.xx.x.xx.xx.x.x',
    'X-------x---x---',
    '...x..x....x..x.|...x..x...xx..x.',
    'X---------------|----------x.x.x.',
    '..x...x...x...xx',
  ],
  hooks: [
    {
      rhythm: 'X-x-x---..x-x---|X-x-x-x-X-------',
      contour: [1, 1, -1, 2, -1, -1, 1, -2],
      answer: 'X-x-x-x-x-x-x---|X-----X---------',
    },
    {
      rhythm: 'x.x.X---....x.x.|X---..x.X---....',
      contour: [2, 2, -1, -2, 1],
      answer: 'x.x.X---x.x.X---|x.x.x.x.X-------',
    },
    {
      rhythm: '..x.x.x.X-----..|..x.x.x.X-----..',
      contour: [-1, -1, 3, -2, 1, 1],
      answer: '..x.x.x.X---x---|X-----------....',
    },
    {
      rhythm: 'X---x-x-X---x-x-|X---x-x-X-------',
      contour: [-1, -1, 2, 1, -2],
      answer: 'X---x-x-x-x-x-x-|X-------........',
    },
  ],
  timbres: {
    bass: ['pluck', 'harmonic'],
    chords: ['pluck', 'harmonic', 'breath'],
    lead: ['breath', 'harmonic', 'bell'],
  },
  gains: { drums: 0.9, bass: 0.75, chords: 0.75, lead: 0.85 },
  swing: [0, 0.06, 0.1],
  voicing: 'close',
  crash: 0.55,
  introKick: 'X...X...X...X...',
  breakKick: 'X...............|................',
  forms: [
    ['intro', 'build', 'drop', 'drop', 'break', 'drop', 'outro'],
    ['intro', 'drop', 'build', 'drop', 'break', 'build', 'drop', 'outro'],
    ['intro', 'build', 'drop', 'break', 'drop', 'drop', 'outro'],
  ],
}

const techno: StyleMaterial = {
  bpm: [126, 135],
  energy: [0.65, 0.98],
  style: [0.35, 0, 1, 0.3, 0.15, 0.1],
  minor: [[0], [0, 0, 0, 5], [0, 6], [0, 0, 5, 6], [0, 3], [0, 1, 0, 6]],
  major: [[0, 3], [0]],
  majorShare: 0.08,
  chordSizes: [3, 3, 4],
  bass: [
    '..rr..rr..rr..rr',
    '.rRr.rrr.rRr.rr8',
    '..R...r...R..r.8',
    'R..r..r..r..r.r.',
    '..r-..r-..r-..8.',
    'r.rr.rr.r.rr.r7.',
  ],
  comps: [
    '...x......x.....',
    'x..x..x..x..x.x.',
    '......X-......o.',
    '..x..x....x.....|..x..x......x...',
    'X-..............|......x-........',
    '.x.....x..x.....',
  ],
  hooks: [
    {
      rhythm: 'x.x..x.x..x.x..x|x.x..x.x..x.x...',
      contour: [0, 2, -2, 4, -4, 0, 1],
      answer: 'x.x..x.x..x.x..x|x.x..x.xX---....',
    },
    {
      rhythm: '...x..x...x.....|...x..x...x..x..',
      contour: [2, -2, 3, -3],
      answer: '...x..x...x..x.x|..x...X---......',
    },
    {
      rhythm: 'X---........x.x.|X---............',
      contour: [1, -2, 2, -1],
      answer: 'X---....x.x.x.x.|X-------........',
    },
    {
      rhythm: 'xoxxoxxoxoxxoxxo|xoxxoxxoxoxxoxxo',
      contour: [0, 2, 0, 2, -4, 0, 1, -1],
      answer: 'xoxxoxxoxoxxoxxo|xoxxoxxoX-------',
    },
  ],
  timbres: {
    bass: ['hollow', 'harmonic', 'harmonic'],
    chords: ['hollow', 'bell', 'harmonic'],
    lead: ['bell', 'pluck', 'hollow'],
  },
  gains: { drums: 1, bass: 0.7, chords: 0.7, lead: 0.8 },
  swing: [0, 0, 0.08],
  voicing: 'close',
  crash: 0.3,
  introKick: 'X...X...X...X...',
  breakKick: '................',
  forms: [
    ['intro', 'build', 'drop', 'drop', 'break', 'drop', 'drop', 'outro'],
    ['intro', 'drop', 'build', 'drop', 'break', 'build', 'drop', 'outro'],
    ['intro', 'build', 'drop', 'break', 'build', 'drop', 'outro'],
  ],
}

const breaks: StyleMaterial = {
  bpm: [126, 135],
  energy: [0.55, 0.92],
  style: [0.15, 0.1, 0.35, 1, 0.3, 0.1],
  minor: [
    [0, 5, 6, 0],
    [0, 2, 6, 3],
    [0, 6, 5, 5],
    [5, 0, 6, 3],
    [0, 0, 5, 2],
    [3, 5, 0, 6],
  ],
  major: [
    [0, 4, 5, 3],
    [3, 0, 4, 5],
  ],
  majorShare: 0.2,
  chordSizes: [3, 4, 3],
  bass: [
    'R-----..r-..5-..',
    'R--r--....r-8-..|R--r--..7-..5-a-',
    'R-......8.r.....|R-..r-......7-a.',
    'r..r..8...r..5..',
    'R---..r...8.7.5.',
    'R-.r......r-.r..|R-.r....5-..7-..',
  ],
  comps: [
    'X---------------',
    'X-----x---------',
    '..x-....x-......|..x-......x-x-..',
    'X-------....x-x-',
    '...x...x......x.',
    'X---------------|--------X-------',
  ],
  hooks: [
    {
      rhythm: 'x-x-....x-x---..|x-x-..x-X---....',
      contour: [-2, 1, 2, -1, 3, -2],
      answer: 'x-x-..x-x-x-..x-|X-----------....',
    },
    {
      rhythm: '....X-----x-x-..|....X---------..',
      contour: [-1, -1, 3, 1],
      answer: '....X---x-x-x-x-|X-----------....',
    },
    {
      rhythm: 'x..x..x.x..x..x.|x..x..x.X---....',
      contour: [2, 1, -2, -1, 2],
      answer: 'x..x..x.x..x..x.|x..xX-------....',
    },
    {
      rhythm: 'X-----..x---x---|X---------......',
      contour: [1, 2, -1, -3],
      answer: 'X-----..x---x---|x---X-------....',
    },
  ],
  timbres: {
    bass: ['harmonic', 'hollow', 'harmonic'],
    chords: ['breath', 'hollow', 'bell'],
    lead: ['pluck', 'bell', 'harmonic'],
  },
  gains: { drums: 0.95, bass: 0.75, chords: 0.7, lead: 0.8 },
  swing: [0, 0.1, 0.16],
  voicing: 'open',
  crash: 0.5,
  introKick: 'X.........x.....',
  breakKick: '................',
  forms: [
    ['intro', 'build', 'drop', 'break', 'build', 'drop', 'drop', 'outro'],
    ['intro', 'drop', 'drop', 'break', 'drop', 'outro'],
    ['intro', 'build', 'drop', 'drop', 'break', 'drop', 'outro'],
  ],
}

const dub: StyleMaterial = {
  bpm: [118, 126],
  energy: [0.28, 0.6],
  style: [0.1, 0, 0.2, 0.3, 1, 0.4],
  minor: [
    [0, 0, 3, 3],
    [0, 6],
    [0, 3, 4, 0],
    [0, 0, 6, 6],
    [0, 5, 6, 0],
  ],
  major: [
    [0, 3],
    [0, 1, 0, 4],
    [0, 0, 3, 4],
  ],
  majorShare: 0.25,
  chordSizes: [3, 4, 3, 5],
  bass: [
    'R---r-..5---..3.|R---r-..7-5-3-..',
    '....R---r-..5-8-|....r---5---3-a-',
    'R-----..r-r-5-..|R-----....5-3-a-',
    'R-..r-..8---5-..',
    '........R---5-3-|r-..........R-a-',
    'R-.r5-..R-.r7-5-',
  ],
  comps: [
    '..x...x...x...x.',
    '....X.......X...',
    '....X.......X.x.',
    '..x...x...x...xx',
    '....x.x.....x.x.',
    '......X.......X.',
  ],
  hooks: [
    { rhythm: 'x---x---x-------|................', contour: [1, -2, 2], answer: 'x---x---x---x---|X---------------' },
    {
      rhythm: '......x-x---....|......x-X-----..',
      contour: [-1, 2, 2, -3],
      answer: '..x-x-x-x---....|X-----------....',
    },
    { rhythm: 'X-----------x-x-|X---------------', contour: [-1, -1, 3], answer: 'X-------x-x-x-x-|X---------------' },
    { rhythm: '........x-x-x---|................', contour: [2, -1, -1], answer: 'x-x-x---x-x-x---|X-----------....' },
  ],
  timbres: {
    bass: ['harmonic', 'hollow'],
    chords: ['hollow', 'pluck', 'harmonic'],
    lead: ['breath', 'hollow', 'breath'],
  },
  gains: { drums: 0.9, bass: 0.9, chords: 0.8, lead: 0.8 },
  swing: [0.08, 0.16, 0.22],
  voicing: 'close',
  crash: 0,
  introKick: '........X.......',
  breakKick: '................',
  forms: [
    ['intro', 'drop', 'build', 'drop', 'break', 'drop', 'outro'],
    ['intro', 'build', 'drop', 'break', 'drop', 'outro'],
    ['intro', 'drop', 'break', 'build', 'drop', 'drop', 'outro'],
  ],
}

const ambient: StyleMaterial = {
  bpm: [118, 124],
  energy: [0.05, 0.34],
  style: [0, 0, 0.1, 0.1, 0.4, 1],
  minor: [
    [0, 5, 2, 6],
    [0, 3, 5, 4],
    [5, 0, 3, 6],
    [0, 2, 5, 3],
  ],
  major: [
    [0, 3, 5, 2],
    [0, 4, 3, 0],
    [3, 0, 5, 4],
    [0, 1, 3, 0],
  ],
  majorShare: 0.5,
  chordSizes: [4, 5, 4, 3],
  bass: [
    'R---------------|----------------',
    'R---------------|------------5---',
    'R-------5-------|----------------',
    '................|R---------------',
    'R-----------8---|----------------',
    'R---------------|--------r-------',
  ],
  comps: [
    'X---------------|----------------',
    'X---------------|o---------------',
    '....X-----------|------------....',
    'X-------o-------|x---------------',
    'x---x---x---x---|X---------------',
    '..X-------------|----......o-----',
  ],
  hooks: [
    {
      rhythm: '........x-----x-|x-----------....',
      contour: [2, 1, -1, -2],
      answer: '........x---x---|X---------------',
    },
    { rhythm: 'x-----------....|....x-----------', contour: [4, -2, -1], answer: 'x-------x-------|X---------------' },
    {
      rhythm: 'x---x---x---x---|X---------------',
      contour: [1, 1, 2, -1, -2],
      answer: 'x---x---x---x---|X---------------',
    },
    { rhythm: '............x-x-|X-----------....', contour: [2, 2, -3], answer: '....x-------x---|X---------------' },
  ],
  timbres: {
    bass: ['hollow', 'breath', 'harmonic'],
    chords: ['breath', 'breath', 'hollow', 'bell'],
    lead: ['bell', 'pluck', 'breath'],
  },
  gains: { drums: 0.6, bass: 0.6, chords: 0.8, lead: 1.1 },
  swing: [0],
  voicing: 'open',
  crash: 0,
  introKick: '................',
  breakKick: '................',
  forms: [
    ['intro', 'build', 'drop', 'break', 'drop', 'outro'],
    ['intro', 'drop', 'break', 'drop', 'build', 'outro'],
    ['intro', 'build', 'break', 'drop', 'drop', 'outro'],
  ],
}

export const material = { house, disco, techno, breaks, dub, ambient }
