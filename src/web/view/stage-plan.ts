// Where each agent stands on the stage: one at the middle, two facing each other, more in rows and columns. Lights, words and name of an
// agent have bands of their own, which never meet, neither each other nor those of anybody else.

/** All in pixels of the stage. */
export interface Spot {
  /** Middle of what is its own from left to right, and how wide that is. */
  readonly x: number
  readonly width: number
  /** Height at which a voice's own pitch lies; lights go so far up and down from there. */
  readonly lights: number
  readonly reach: number
  /** Radius of a light of middling loudness, across which no reach goes. */
  readonly lightSize: number
  /** Middle of the line of words. */
  readonly words: number
  readonly wordSize: number
  /** Middle of the name's two lines. */
  readonly name: number
  readonly nameSize: number
}

export interface StageBox {
  readonly width: number
  readonly height: number
}

/** Lines that a name may have, and how far they stand apart, in sizes. */
export const nameLines = 2
export const nameLeading = 1.25
/** A light that sounds loudest is so many times its size high, from its middle. */
export const loudestLight = 1.9
/** The floor is below this share of the height. */
const stageShare = 0.88

/** One spot per agent, in order of seats. Sizes are such that what is projected can be read: words never below 13 px, names never below 12. */
export function planStage(agents: number, box: StageBox): readonly Spot[] {
  const nameSize = Math.round(Math.max(13, box.height / 50))
  const wordSize = Math.round(Math.max(20, Math.min(box.width / 26, box.height / 15)))
  const at = (lights: number, reach: number, words: number, name: number): Spot => ({
    x: box.width / 2,
    width: box.width * 0.84,
    lights: box.height * lights,
    reach: box.height * reach,
    lightSize: box.height * 0.019,
    words: box.height * words,
    wordSize,
    name: box.height * name,
    nameSize,
  })
  if (agents <= 1) return agents === 1 ? [at(0.32, 0.12, 0.54, 0.63)] : []
  if (agents === 2) return [at(0.36, 0.06, 0.19, 0.1), at(0.56, 0.06, 0.73, 0.82)]
  return planRows(agents, box, nameSize)
}

/** Rows and columns in which words are as large as can be; the last row stands in the middle. */
function planRows(agents: number, { width, height }: StageBox, largestName: number): readonly Spot[] {
  const stage = height * stageShare
  const sizeOf = (columns: number) => {
    const rows = Math.ceil(agents / columns)
    return Math.min(width / columns / 13, stage / rows / 5.5, width / 26, height / 15)
  }
  let columns = 1
  for (let more = 2; more <= agents; more++) if (sizeOf(more) > sizeOf(columns)) columns = more
  const rows = Math.ceil(agents / columns)
  const cell = { width: width / columns, height: stage / rows }
  const wordSize = Math.max(13, Math.floor(sizeOf(columns)))
  const nameSize = Math.max(12, Math.min(largestName, Math.floor(cell.height / 9)))
  const nameHeight = nameSize * nameLeading * nameLines
  const lightsHeight = cell.height * 0.94 - wordSize * 1.35 - nameHeight
  const lightSize = Math.min(height * 0.019, lightsHeight * 0.12)
  return Array.from({ length: agents }, (_, seat): Spot => {
    const row = Math.floor(seat / columns)
    const inRow = row === rows - 1 ? agents - row * columns : columns
    const top = row * cell.height + cell.height * 0.03
    return {
      x: width / 2 + ((seat % columns) - (inRow - 1) / 2) * cell.width,
      width: cell.width * 0.92,
      lights: top + lightsHeight / 2,
      reach: Math.max(0, lightsHeight / 2 - lightSize * loudestLight),
      lightSize,
      words: top + lightsHeight + wordSize * 0.675,
      wordSize,
      name: top + lightsHeight + wordSize * 1.35 + nameHeight / 2,
      nameSize,
    }
  })
}

/** A text in so many lines of a width; what does not fit is cut and ends with "…". */
export function fitLines(text: string, width: number, lines: number, measure: (text: string) => number): string[] {
  const made: string[] = []
  let rest = text.trim()
  while (rest !== '' && made.length < lines) {
    const isLast = made.length === lines - 1
    const words = rest.split(' ')
    let count = words.length
    while (count > 1 && measure(words.slice(0, count).join(' ')) > width) count--
    const line = isLast ? rest : words.slice(0, count).join(' ')
    made.push(cut(line, width, measure))
    rest = isLast ? '' : words.slice(count).join(' ')
  }
  return made
}

function cut(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text
  const letters = [...text]
  while (letters.length > 1 && measure(`${letters.join('').trimEnd()}…`) > width) letters.pop()
  return `${letters.join('').trimEnd()}…`
}
