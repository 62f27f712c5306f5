// Inspect's `.eval` files: a zip with header.json and samples/<id>_epoch_<n>.json. Opened within bounds, since a zip may promise little and hold much:
// every file is unpacked piece by piece and given up when it grows beyond what is allowed, whatever its header says.
import { Unzip, UnzipInflate } from 'fflate'
import { InputError } from '../../record/index.ts'

/** Most bytes that all samples together may have when unpacked. */
const mostBytes = 256 * 1024 * 1024
const mostFiles = 100_000
/** Bytes fed at once: deflate makes at most 1032 times as much of them. */
const pieceBytes = 1 << 14

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
}

interface Unpacked {
  readonly name: string
  readonly parts: Uint8Array[]
  whole: boolean
}

/** The samples as JSON texts, in order of id and epoch. Throws InputError. */
export function openEvalArchive(bytes: Uint8Array, most: number = mostBytes): string[] {
  const files: Unpacked[] = []
  const seen = { files: 0, bytes: 0 }
  const unzip = new Unzip((file) => {
    if (++seen.files > mostFiles) throw tooLarge(`more than ${mostFiles} files`)
    if (!/^samples\/[^/]+\.json$/.test(file.name)) return
    if (file.compression !== 0 && file.compression !== 8) throw unknownPacking(file.name, file.compression)
    const unpacked: Unpacked = { name: file.name, parts: [], whole: false }
    files.push(unpacked)
    file.ondata = (error, data, final) => {
      if (error) throw error
      seen.bytes += data.length
      if (seen.bytes > most) throw tooLarge(`more than ${most} bytes when unpacked`)
      if (data.length > 0) unpacked.parts.push(data)
      unpacked.whole ||= final
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  unpackAll(unzip, bytes)
  const broken = files.find(({ whole }) => !whole)
  if (broken !== undefined) throw brokenZip(`${broken.name} is cut off`)
  if (files.length === 0)
    throw new InputError(
      'no-samples',
      'zip: expected an Inspect log with samples/*.json, got a zip without. Is it one?',
    )
  return files.sort((a, b) => compareNames(a.name, b.name)).map(joinText)
}

function unpackAll(unzip: Unzip, bytes: Uint8Array): void {
  try {
    for (let from = 0; from < bytes.length; from += pieceBytes)
      unzip.push(bytes.subarray(from, from + pieceBytes), from + pieceBytes >= bytes.length)
  } catch (error) {
    throw error instanceof InputError ? error : brokenZip((error as Error).message)
  }
}

function joinText({ parts }: Unpacked): string {
  const decoder = new TextDecoder('utf-8')
  return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode()
}

/** `2_epoch_1` before `10_epoch_1`. */
function compareNames(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

const tooLarge = (what: string) =>
  new InputError('zip-too-large', `zip: expected a log that fits into memory, got ${what}. Export fewer samples.`)

const brokenZip = (why: string) =>
  new InputError('bad-zip', `zip: expected a whole zip, got a broken one (${why}). Copy the file again.`)

function unknownPacking(name: string, method: number): InputError {
  const got = method === 93 ? 'Zstandard' : `method ${method}`
  return new InputError(
    'zip-method',
    `zip: ${name}: expected stored or deflated files, got ${got}. Convert it: inspect log convert --to json.`,
  )
}
