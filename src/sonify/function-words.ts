// Words that carry grammar rather than meaning: they are passed over lightly, in rhythm and in pitch.
const functionWords = new Set(
  `a an the this that these those my your his her its our their i you he she it we they me him us them who which what
  and or but nor so if as than then because while though of to in on at by for from with into onto over under up down off out about
  between through after before is are was were be been being am do does did have has had will would can could shall should may might must
  let's i'm i'll i've it's that's you're we're they're there's there here not n't just too also very some any all both each`.split(
    /\s+/,
  ),
)

/** Case does not matter. */
export function isFunctionWord(word: string): boolean {
  return functionWords.has(word.toLowerCase().replaceAll('’', "'"))
}
