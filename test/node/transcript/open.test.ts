// Bytes that become transcripts: zips within bounds, encodings, bytes that are no text.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { openEvalArchive } from '../../../src/node/transcript/archive.ts'
import { openTranscript } from '../../../src/node/transcript/open.ts'
import { InputError } from '../../../src/record/index.ts'

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../outside/transcripts/${name}`, import.meta.url)))
const speakersOf = (bytes: Uint8Array) => openTranscript(bytes).speakers

test('an .eval zip that Python wrote holds what its log as JSON holds', () => {
  const zipped = openTranscript(fixture('inspect.eval'))
  const plain = openTranscript(fixture('inspect.json'))
  expect(zipped.format).toBe('inspect-log')
  expect(zipped.turns.map(({ speaker, tokens }) => [speaker, tokens])).toEqual(
    plain.turns.map(({ speaker, tokens }) => [speaker, tokens]),
  )
})

test('a zip that unpacks to more than is allowed is given up early', () => {
  const bomb = zipSync({ 'samples/1_epoch_1.json': new Uint8Array(64 << 20) })
  expect(bomb.length).toBeLessThan(1 << 17)
  expect(() => openEvalArchive(bomb, 1 << 20)).toThrow(
    /expected a log that fits into memory, got more than 1048576 bytes/,
  )
})

test.each([
  ['without samples', zipSync({ 'a.txt': strToU8('x') }), /expected an Inspect log with samples/],
  ['cut off', fixture('inspect.eval').subarray(0, 700), /expected a whole zip/],
  ['garbage behind its mark', new Uint8Array([0x50, 0x4b, 3, 4, ...new Array(60).fill(255)]), /zip: /],
])('a zip %s is named', (_, bytes, message) => {
  expect(() => openTranscript(bytes)).toThrow(InputError)
  expect(() => openTranscript(bytes)).toThrow(message)
})

test('a zip whose files are packed with Zstandard says what to do', () => {
  const bytes = Buffer.from(fixture('inspect.eval'))
  for (
    let at = bytes.indexOf('PK\u0003\u0004', 0, 'latin1');
    at >= 0;
    at = bytes.indexOf('PK\u0003\u0004', at + 4, 'latin1')
  )
    bytes.writeUInt16LE(93, at + 8)
  expect(() => openTranscript(bytes)).toThrow(/got Zstandard\. Convert it: inspect log convert --to json/)
})

test('UTF-16 with its mark and UTF-8 with one are read; other bytes are named by line', () => {
  const text = 'Ada: één\nBob: zwei'
  expect(speakersOf(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(['Ada', 'Bob'])
  expect(speakersOf(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toEqual(['Ada', 'Bob'])
  expect(speakersOf(Buffer.from(`\ufeff${text}`, 'utf8'))).toEqual(['Ada', 'Bob'])
  const odd = Buffer.from('Ada: fine\nBob: d\xe9j\xe0\nAda: so', 'latin1')
  expect(openTranscript(odd).complaints).toEqual([
    'line 2: expected UTF-8, got other bytes. Save the file as UTF-8. Read as U+FFFD.',
  ])
  expect(() => openTranscript(odd, { strictness: 'strict' })).toThrow(/^line 2: expected UTF-8/)
})

test('any bytes give a transcript or an InputError', () => {
  const zip = fixture('inspect.eval')
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.tuple(fc.nat(zip.length - 1), fc.nat(255)).map(([at, value]) => {
      const changed = Buffer.from(zip)
      changed[at] = value
      return changed
    }),
  )
  fc.assert(
    fc.property(bytes, (some) => {
      try {
        openTranscript(some)
      } catch (error) {
        if (!(error instanceof InputError)) throw error
      }
    }),
    { numRuns: 300 },
  )
})
