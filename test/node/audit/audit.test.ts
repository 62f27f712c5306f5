// The audits: they pass what is faithful and honest, and fail what is not.
import { describe, expect, test } from 'vitest'
import { shippedMasks } from '../../../src/djs/index.ts'
import { auditFaithfulness, auditHonesty, readPairs } from '../../../src/node/audit/index.ts'
import { loadLexiconWords, loadMeanings } from '../../../src/node/installation.ts'
import { defaultMapping, InputError } from '../../../src/record/index.ts'
import { shippedLexicon } from '../../party.ts'

describe('pairs', () => {
  test('commas, tabs and blanks; headings, tags and further columns are passed over', () => {
    const wanted = [
      { a: 'sun', b: 'light', rating: 5 },
      { a: 'sea', b: 'wave', rating: 4.5 },
      { a: 'car', b: 'poem', rating: 0 },
    ]
    expect(readPairs('Word 1,Word 2,Human (mean)\nsun,light,5\r\nsea,wave,4.5\ncar,poem,0\n', 'x')).toEqual(wanted)
    expect(
      readPairs('word1\tword2\tPOS\tSimLex999\nsun\tlight\tN\t5\t.1\nsea\twave\tN\t4.5\ncar\tpoem\tN\t0\n', 'x'),
    ).toEqual(wanted)
    expect(readPairs('sun-n light-n 5\nsea-n wave-n 4.5\ncar-n poem-n 0\n', 'x')).toEqual(wanted)
  })
  test('a faulty line is named', () => {
    expect(() => readPairs('a,b,1\nc,d\ne,f,2\n', 'pairs.csv')).toThrow(
      /pairs.csv, line 2: expected two words and a rating/,
    )
    expect(() => readPairs('', 'pairs.csv')).toThrow(InputError)
  })
})

const lexicon = shippedLexicon()

test('ratings made from the mapping itself correlate with it fully, constant ratings not at all', () => {
  const subject = { mapping: defaultMapping, lexicon, meanings: loadMeanings() }
  const words = ['drum', 'sea', 'king', 'bread', 'music', 'war', 'light', 'river']
  const pairs = words.flatMap((a, i) => words.slice(i + 1).map((b) => ({ a, b, rating: 1 })))
  const { motifs, undefined: reasons } = auditFaithfulness(pairs, subject)
  expect(motifs).toBeNull()
  expect(reasons['motifs']).toBeDefined()
  const same = pairs.map(({ a }, i) => (i % 2 === 0 ? { a, b: a, rating: 1 } : { ...pairs[i], rating: 0 }))
  expect(auditFaithfulness(same as typeof pairs, subject).motifs).toBeGreaterThan(0.8)
})

test('what means nothing stays at chance among its twins', () => {
  const honesty = auditHonesty({
    mapping: defaultMapping,
    lexicon,
    vocabulary: loadLexiconWords(),
    lines: shippedMasks.flatMap(({ phrases }) => phrases),
    texts: 12,
    twins: 4,
    seed: 1,
  })
  for (const kinds of Object.values(honesty))
    for (const { p, meanRank } of Object.values(kinds)) {
      expect(p).toBeGreaterThan(0.01)
      expect(Math.abs(meanRank - 0.5)).toBeLessThan(0.3)
    }
})
