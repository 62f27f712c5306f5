// Words of thanks, of parting, and of giving way to each other: what two models say when they have nothing more to say.
// A list, English with the commonest forms of a few languages; a loop in other words is found by repetition and attractor.

const single = new Set(
  `thank thanks thankful thankyou gratitude grateful appreciate appreciated appreciation goodbye bye farewell cheerio adieu adios ciao
  namaste blessings welcome pleasure honour honor honoured honored godspeed merci danke gracias grazie obrigado arigato tschüss
  goodnight kindly delighted`
    .split(/\s+/)
    .filter((word) => word !== ''),
)
const phrases = [
  ['take', 'care'],
  ['see', 'you'],
  ['talk', 'soon'],
  ['until', 'next'],
  ['next', 'time'],
  ['good', 'night'],
  ['good', 'bye'],
  ['be', 'well'],
  ['stay', 'well'],
  ['best', 'wishes'],
  ['all', 'the', 'best'],
  ['have', 'a', 'wonderful'],
  ['have', 'a', 'great'],
  ['have', 'a', 'lovely'],
  ['have', 'a', 'good'],
  ['after', 'you'],
  ['you', 'first'],
  ['no', 'you'],
  ['please', 'go'],
  ['i', 'insist'],
  ['so', 'kind'],
  ['my', 'friend'],
]

/** Words within which a courtesy is expected to recur, in a turn that is nothing else. */
const reach = 8

/** Whether a turn is mostly courtesy: at least one for every eight words begun. */
export function isCourteous(words: readonly string[]): boolean {
  if (words.length === 0) return false
  let count = 0
  for (let i = 0; i < words.length; ) {
    const length = courtesyAt(words, i)
    if (length > 0) count++
    i += Math.max(1, length)
  }
  return count >= Math.ceil(words.length / reach)
}

function courtesyAt(words: readonly string[], at: number): number {
  if (single.has(words[at] as string)) return 1
  return phrases.find((phrase) => phrase.every((word, k) => words[at + k] === word))?.length ?? 0
}
