// Files over HTTP, whole or a range of bytes (RFC 9110, section 14), streamed.
import { createReadStream, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonl': 'application/jsonl; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.mid': 'audio/midi',
  '.woff2': 'font/woff2',
  '.bin': 'application/octet-stream',
  '.txt': 'text/plain; charset=utf-8',
}

/** Bytes of a file from the first to the last, both included. */
export type ReadPart = (file: string, from: number, to: number) => ReadableStream

/** An answer with a file that is known to be allowed; `range` is the request's header. */
export function sendFile(
  file: string,
  range: string | undefined,
  headers: Record<string, string> = {},
  read: ReadPart = readPart,
): Response {
  const size = statSync(file).size
  const type = contentTypes[path.extname(file)] ?? 'application/octet-stream'
  const common = { 'content-type': type, 'accept-ranges': 'bytes', ...headers }
  const asked = range === undefined ? 'all' : parseRange(range, size)
  if (asked === 'none') return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } })
  if (asked === 'all')
    return new Response(size === 0 ? null : read(file, 0, size - 1), {
      headers: { ...common, 'content-length': String(size) },
    })
  return new Response(read(file, asked.from, asked.to), {
    status: 206,
    headers: {
      ...common,
      'content-length': String(asked.to - asked.from + 1),
      'content-range': `bytes ${asked.from}-${asked.to}/${size}`,
    },
  })
}

const readPart: ReadPart = (file, from, to) =>
  Readable.toWeb(createReadStream(file, { start: from, end: to })) as ReadableStream

/** One range; several, or other units, are answered with the whole file, as the RFC allows. */
export function parseRange(header: string, size: number): { from: number; to: number } | 'all' | 'none' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim())
  if (match === null || (match[1] === '' && match[2] === '')) return 'all'
  const [, first, last] = match as unknown as [string, string, string]
  if (first === '')
    return Number(last) === 0 || size === 0 ? 'none' : { from: Math.max(0, size - Number(last)), to: size - 1 }
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < from) return 'all'
  return from < size ? { from, to } : 'none'
}

/** Every file below a folder, by its path with slashes: a request is looked up here and nowhere else. */
export function listFiles(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    files.set(path.relative(folder, file).split(path.sep).join('/'), file)
  }
  return files
}
