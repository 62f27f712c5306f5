// News: once the loop that stays is taken away, is what remains more than blind draws? In: symbols. Out: order of what remains, 0..1.
// A loop whose notes are replaced blindly now and then is patterned and never foreseen, so vitality takes it for life. But nothing takes its
// slips up: the loop goes on as if they had not been. A change that lives is kept, comes back, is varied again at the same place, or comes in
// its own time (a fill at the end of four bars), and all of that is order in the news.
import { measureCodeLength } from './coding.ts'
import { fewestSymbols, numberSymbols } from './vitality.ts'

/** Longest loop that is taken away, in symbols: four bars of sixteen. */
const longestLoop = 64
/** Below so many bits of habit in what remains there is no news. */
const leastHabitBits = 0.05
/** Stands for a symbol that the loop foretells. */
const asEver = '='

/**
 * 1 - h / h0 of the stream in which whatever its loop foretells has become one symbol, as order in vitality: code lengths with and without the
 * past, over the stream and its reverse, from the first quarter on (until then the loop is learned). null where it is too short or holds no
 * news. A stream without a loop is its own news.
 */
export function measureNews(symbols: readonly string[]): number | null {
  if (symbols.length < fewestSymbols) return null
  const { numbers, kinds } = numberSymbols(withoutLoop(symbols).slice(Math.floor(symbols.length / 4)))
  const forward = measureCodeLength(numbers, kinds)
  const backward = measureCodeLength(numbers.slice().reverse(), kinds)
  const habitBits = forward.habitBits + backward.habitBits
  if (habitBits / 2 < leastHabitBits) return null
  return Math.min(1, Math.max(0, 1 - (forward.bits + backward.bits) / habitBits))
}

/** The loop is the length by which most symbols are foretold as what came most often at their place so far. */
function withoutLoop(symbols: readonly string[]): readonly string[] {
  let best: { readonly foretold: number; readonly rest: readonly string[] } = { foretold: -1, rest: symbols }
  for (let period = 1; period <= Math.min(longestLoop, symbols.length / 4); period++) {
    const taken = takeAway(symbols, period)
    if (taken.foretold > best.foretold) best = taken
  }
  return best.rest
}

function takeAway(symbols: readonly string[], period: number) {
  const places = Array.from({ length: period }, () => ({ usual: '', most: 0, counts: new Map<string, number>() }))
  let foretold = 0
  const rest = symbols.map((symbol, i) => {
    const place = places[i % period] as (typeof places)[number]
    const hit = place.usual === symbol
    const count = (place.counts.get(symbol) ?? 0) + 1
    place.counts.set(symbol, count)
    if (count > place.most) {
      place.usual = symbol
      place.most = count
    }
    if (hit) foretold++
    return hit ? asEver : symbol
  })
  return { foretold, rest }
}
