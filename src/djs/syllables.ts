// A rough count of the syllables of English text, to plan a spoken line by; src/sonify counts exactly when it makes the notes.

/** Words in which two written vowels are said apart, or a letter is not said, often enough among DJs to matter. */
const known: Readonly<Record<string, number>> = {
  eq: 2,
  riot: 2,
  quiet: 2,
  going: 2,
  people: 2,
  area: 3,
  radio: 3,
  ambient: 3,
  hour: 2,
  evening: 2,
  conveyor: 3,
}

/** At least one a word; a number of two digits counts as three. */
export function countSyllables(text: string): number {
  let count = 0
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}'’]+|\d+/gu))
    count += known[word] ?? (/\d/.test(word) ? 2 * word.length - 1 : countWord(word))
  return count
}

/** Groups of vowels, without a silent e: at the end, in -ed and -es, and in the middle of compounds like "somebody". */
function countWord(word: string): number {
  const spoken = word
    .replace(
      /^(some|there|where|like|ware|house|time|line|side|base|home|fore|more|fire|note|name)(?=[^aeiouy].*[aeiouy])/,
      (head) => head.slice(0, -1),
    )
    .replace(/(?<=[^aeiouytd])ed$/, 'd')
    .replace(/(?<=[^aeiouysxzcg])es$/, 's')
    .replace(/(?<![^aeiouylr]l)(?<=[^aeiouy])e$/, '')
  return Math.max(1, (spoken.match(/[aeiouy]+/g) ?? []).length)
}
