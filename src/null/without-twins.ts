// Scores that have no band, and why: no number is left to itself without a word.
// `*` stands for every place in a list; a path stands for all that it begins.

const alone = 'a fact of the agent alone, not of how the two go together'
const floor = 'answers to both agents of one party at once, so strangers have none'
const moment = 'a moment at which something sets in, not a size'
const chance = 'is a share of chance itself'

/** Whatever the twins. */
export const withoutTwins: Readonly<Record<string, string>> = {
  'together.crowdEnergy': floor,
  'together.fairness': floor,
  'together.clashHeardAs': 'a check of the world, not of the agents',
  'agents.*.consonanceWithin': alone,
  'agents.*.presence': alone,
  'agents.*.loudnessLufs': alone,
  'agents.*.meanComfort': floor,
  'agents.*.collapses': moment,
  'pairs.*.collapses': moment,
  'pairs.*.rubbing': 'names what rubs; roughnessBetween says how much',
  'pairs.*.coupling.voice.pAToB': chance,
  'pairs.*.coupling.voice.pBToA': chance,
  'pairs.*.coupling.deck.pAToB': chance,
  'pairs.*.coupling.deck.pBToA': chance,
  ranking: 'puts runs in order and is never shown as a score',
}

/** As long as the other runs are notes only. */
export const withoutHearing: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'together.consonance',
    'pairs.*.roughnessBetween',
    'pairs.*.smoothnessBetween',
    'pairs.*.spectralPitchClassSimilarity',
    'pairs.*.pitchCommonality',
    'pairs.*.gain',
  ].map((path) => [path, 'the other runs were not heard (hocket score --hear-others)']),
)
