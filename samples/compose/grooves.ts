// The drum grooves, six a style. House and disco: four to the floor, clap on two and four, open hat off the beat (disco with running
// sixteenths). Techno: kick, off-beat hat and little else. Breaks: syncopated kicks and ghosted snares after the Amen and Think breaks.
// Dub: steppers and one drop. Ambient: a heartbeat or nothing.
import type { Groove } from './drums.ts'

const four = 'X...X...X...X...'
const backbeat = '....X.......X...'
const offbeat = '..x...x...x...x.'

const house: Groove[] = [
  {
    lanes: { kick: four, clap: backbeat, openHat: offbeat, hat: 'o.gxo.gxo.gxo.gx' },
    shots: [['perc_snap', 0.35, '....x.......x..g']],
    fill: 'clap',
  },
  {
    lanes: { kick: 'X...X...X...X..o', clap: backbeat, openHat: offbeat, shaker: 'goxggoxggoxggoxg' },
    shots: [['tbd_perc_tap_1', 0.3, '...o..x....o..x.']],
    fill: 'snare',
  },
  {
    lanes: {
      kick: four,
      clap: backbeat,
      hat: '..x.o.xg..x.o.xg',
      congaHigh: '...x..x....x.x..',
      congaLow: '......o.......xo',
    },
    fill: 'congaLow',
  },
  {
    lanes: { kick: four, rim: '...x..x...x..x..|..x..x...x..x...', openHat: offbeat, hat: 'g.o.g.o.g.o.g.o.' },
    shots: [['sn_dolf', 0.3, backbeat]],
    fill: 'rim',
  },
  {
    lanes: {
      kick: 'X...X...X...X...|X...X...X.o.X..o',
      clap: backbeat,
      ride: 'o.x.o.x.o.x.o.x.',
      tambourine: '....o.......o...',
    },
    shots: [['hat_tap', 0.3, 'g.x.g.xog.x.g.xo']],
    fill: 'snare',
  },
  {
    lanes: { kick: four, clap: '....X.......X..g', openHat: offbeat, claves: 'x..x..x...x.x...' },
    loop: ['garzul', 0.22],
    fill: 'clap',
  },
]

const disco: Groove[] = [
  { lanes: { kick: four, snare: backbeat, openHat: offbeat, hat: 'x.o.x.o.x.o.x.o.' }, fill: 'snare' },
  {
    lanes: { kick: four, snare: '....X..g....X.g.', hat: 'xoxoxoxoxoxoxoxo', tambourine: '..o...o...o...o.' },
    shots: [['perc_snap2', 0.3, backbeat]],
    fill: 'tomLow',
  },
  {
    lanes: {
      kick: four,
      snare: backbeat,
      openHat: '..X...X...X...X.',
      cowbell: 'o..o..o...o.o...',
      hat: 'g.g.g.g.g.g.g.g.',
    },
    fill: 'snare',
  },
  {
    lanes: {
      kick: 'X...X...X...X.o.',
      clap: backbeat,
      openHat: offbeat,
      congaHigh: 'x..xx.x.x..xx.x.',
      congaLow: '.o....o..o....oo',
    },
    shots: [['drum_cymbal_pedal', 0.3, '....o.......o...']],
    fill: 'congaLow',
  },
  {
    lanes: {
      kick: four,
      snare: '....X.......X...|....X.......X.xx',
      hat: 'xgoxxgoxxgoxxgox',
      openHat: '..............x.',
    },
    fill: 'tomLow',
  },
  {
    lanes: { kick: four, clap: backbeat, ride: '..x...x...x...x.', tambourine: 'xooxxooxxooxxoox' },
    loop: ['safari', 0.3],
    fill: 'snare',
  },
]

const techno: Groove[] = [
  { lanes: { kick: four, openHat: offbeat, rim: '...........x....|...x.......x....' }, fill: 'hat' },
  {
    lanes: { kick: four, hat: 'g.x.g.x.g.x.g.x.', clap: '............x...|............x..o' },
    shots: [['elec_tick', 0.5, 'x..x..x.x..x..x.']],
    fill: 'rim',
  },
  {
    lanes: { kick: 'X...X...X...X...|X...X...X..oX...', ride: offbeat, tomLow: '...o..x....o..x.' },
    shots: [['elec_plip', 0.3, '.......x.....x..']],
    fill: 'tomLow',
  },
  {
    lanes: { kick: four, hat: 'oggxoggxoggxoggx', snare: '............o...', claves: '......x...x.....' },
    shots: [['hat_raw', 0.3, offbeat]],
    fill: 'snare',
  },
  {
    lanes: { kick: four, openHat: '..x...x...x..xx.', shaker: 'gggogggogggogggo', cowbell: '.....x......x...' },
    fill: 'hat',
  },
  { lanes: { kick: four, hat: offbeat, rim: '.x..x..x.x..x...' }, loop: ['mika', 0.28], fill: 'rim' },
]

const breaks: Groove[] = [
  {
    lanes: { kick: 'X.X.......XX....|X.X.......X.....', snare: '....X..o.o..X..o', hat: 'x.x.x.x.x.x.x.x.' },
    loop: ['amen', 0.5],
    fill: 'snare',
  },
  {
    lanes: {
      kick: 'X.........X.....|X..X......X.....',
      snare: '....X.......X...|....X..g.g..X.g.',
      hat: 'x.o.x.o.x.o.xoo.',
    },
    shots: [['drum_snare_hard', 0.35, backbeat]],
    fill: 'snare',
  },
  {
    lanes: {
      kick: 'X.....x.X.......|X..x..x...x.....',
      snare: '....X...g..gX...',
      hat: 'x.o.x.o.x.o.x.o.',
      ride: '....o.......o...',
    },
    loop: ['breakbeat', 0.4],
    fill: 'snare',
  },
  {
    lanes: {
      kick: 'X..x......x..x..|X.........xx....',
      snare: '....X..g....X..g',
      openHat: '......x.......x.',
      hat: 'x.x.x...x.x.x...',
    },
    shots: [['elec_hi_snare', 0.25, '....x.......x...']],
    fill: 'tomLow',
  },
  {
    lanes: {
      kick: 'X.X...x...X.....|X.X.......x..x..',
      snare: '....X..o.o..X...|....X..o.o....X.',
      shaker: 'xgogxgogxgogxgog',
    },
    loop: ['amenFull', 0.3],
    fill: 'snare',
  },
  {
    lanes: {
      kick: 'X......x..X.....',
      snare: '....X.......X..o|....X..o....X.oo',
      hat: 'oxoxoxoxoxoxoxox',
      congaLow: '...x.....x....x.',
    },
    loop: ['arovaneC', 0.25],
    fill: 'tomLow',
  },
]

const dub: Groove[] = [
  {
    lanes: { kick: '........X.......', rim: '........x.....o.|........x..o....', hat: 'x.o.x.o.x.o.x.og' },
    fill: 'rim',
  },
  {
    lanes: { kick: four, rim: '........X.......', hat: '..x...x...x...x.', shaker: 'g.gog.gog.gog.go' },
    shots: [['sn_dub', 0.3, '........x.......']],
    fill: 'snare',
  },
  {
    lanes: {
      kick: 'X.......X.......',
      snare: '........x.......|........x.....o.',
      hat: 'o.x.o.x.o.x.o.x.',
      congaHigh: '.....x.....x..x.',
    },
    fill: 'congaLow',
  },
  {
    lanes: {
      kick: 'X.....o.........|X.........o.....',
      snare: '........X.......',
      hat: 'x..xo.x.x..xo.x.',
      claves: '...o......o.....',
    },
    shots: [['tabla_te1', 0.3, '......x......x..']],
    fill: 'tomLow',
  },
  {
    lanes: { kick: four, snare: '........X.......', openHat: '..o...o...o...o.', bongo: '...x..x......x..' },
    fill: 'bongo',
  },
  {
    lanes: { kick: '........X.......|......o.X.......', rim: '....o...x...o...', shaker: 'o.x.o.x.o.x.o.x.' },
    loop: ['hiss', 0.6],
    fill: 'rim',
  },
]

const ambient: Groove[] = [
  { lanes: { kick: 'o...............|................', hat: '......g.......g.' }, loop: ['woosh', 0.35], fill: 'hat' },
  {
    lanes: { shaker: '..g...o...g...o.', kick: 'o.......g.......' },
    shots: [['elec_wood', 0.35, '....o..........g']],
    fill: 'shaker',
  },
  { lanes: { rim: '......g.........|...g......g.....', kick: 'o.........g.....' }, loop: ['hiss', 0.5], fill: 'rim' },
  {
    lanes: { hat: 'g...g...g...g...', congaLow: '......o.......g.' },
    shots: [['tabla_tas1', 0.2, '............o...|................']],
    fill: 'congaLow',
  },
  {
    lanes: { kick: 'o.g.............', claves: '.......g......g.|................' },
    loop: ['woosh', 0.3],
    fill: 'claves',
  },
  { lanes: { ride: 'g.......g.......', bongo: '.....g....g.....|..........g..g..' }, fill: 'bongo' },
]

export const grooves = { house, disco, techno, breaks, dub, ambient }
