// The tail of a record: whole lines once and in order for every reader, whatever the writer does.
import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { type Block, createTails, type Place, start, type Tail } from '../../src/node/store/tail.ts'
import { smallRecord, temporaryFolder, textOf } from './records.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
const file = path.join(folder, 'record.jsonl')
const tails = createTails({ lookMilliseconds: 4, quietMilliseconds: 40 })
const staying = new AbortController().signal

/** Blocks until a text is whole. */
async function readUntil(tail: Tail, wanted: string, from: Place = start): Promise<Block[]> {
  const blocks: Block[] = []
  for (let place = from, length = 0; length < wanted.length; ) {
    const next = await tail.next(place, staying)
    if (next === 'anew') throw new Error('anew')
    if (next === 'quiet') continue
    blocks.push(next)
    length += next.text.length
    place = next.to
  }
  return blocks
}
const textOfAll = (blocks: readonly Block[]) => blocks.map(({ text }) => text).join('')

test('written in any pieces, every reader gets every line once; readers at one place share one block', async () => {
  const text = textOf(smallRecord(12))
  const pieces = fc.array(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(pieces, async (cuts) => {
      const places = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b)
      writeFileSync(file, '')
      await tails.follow(file, async (tail) => {
        const readers = [readUntil(tail, text), readUntil(tail, text), readUntil(tail, text)]
        for (const [k, cut] of places.slice(1).entries()) {
          appendFileSync(file, text.slice(places[k], cut))
          await new Promise((resolve) => setTimeout(resolve, 6))
        }
        const [first = [], ...others] = await Promise.all(readers)
        expect(textOfAll(first)).toBe(text)
        for (const other of others) expect(other.every((block, k) => block === first[k])).toBe(true)
        const middle = first[0] as Block
        expect(textOfAll(await readUntil(tail, text.slice(middle.text.length), middle.to))).toBe(
          text.slice(middle.text.length),
        )
      })
    }),
    { numRuns: 8 },
  )
})

test('a torn tail that is cut off and written anew is read right', async () => {
  const text = textOf(smallRecord(3))
  const first = text.indexOf('\n') + 1
  writeFileSync(file, text.slice(0, first + 9))
  await tails.follow(file, async (tail) => {
    const [block] = await readUntil(tail, text.slice(0, first))
    expect(await tail.next(block?.to ?? start, staying)).toBe('quiet')
    writeFileSync(file, text)
    expect(textOfAll(await readUntil(tail, text.slice(first), block?.to))).toBe(text.slice(first))
  })
})

test('a file that was put in its place is another one; who comes new reads that', async () => {
  writeFileSync(file, textOf(smallRecord(3)))
  await tails.follow(file, async (tail) => {
    const blocks = await readUntil(tail, textOf(smallRecord(3)))
    writeFileSync(`${file}.part`, textOf(smallRecord(5)))
    renameSync(`${file}.part`, file)
    expect(await tail.next(blocks.at(-1)?.to ?? start, staying)).toBe('anew')
    // A second reader comes while the first has not left.
    await tails.follow(file, async () => undefined)
    await tails.follow(file, async (fresh) => {
      expect(textOfAll(await readUntil(fresh, textOf(smallRecord(5))))).toBe(textOf(smallRecord(5)))
    })
  })
})

test('bytes that are no text are named by their line; a file that is not there by its name', async () => {
  writeFileSync(file, Buffer.concat([Buffer.from('{}\n{}\n'), Buffer.from([0xff, 0xfe, 10])]))
  await expect(tails.follow(file, (tail) => tail.next(start, staying))).rejects.toThrow(/line 3: expected UTF-8/)
  await expect(tails.follow(`${file}.no`, (tail) => tail.next(start, staying))).rejects.toThrow(/record\.jsonl\.no/)
})
