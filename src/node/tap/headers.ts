// Headers on their way through: all of them, in their order and spelling, but those that are meant for one connection only
// (RFC 9110, section 7.6.1). Lists are flat: name, value, name, value.

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** What may go on to the next connection. */
export function endToEnd(headers: readonly string[]): string[] {
  const named = valuesOf(headers, 'connection').flatMap((value) => value.toLowerCase().split(/[\s,]+/))
  const dropped = new Set([...hopByHop, ...named])
  return filterHeaders(headers, (name) => !dropped.has(name))
}

/** The request's headers for the upstream: its own Host, its own framing; `Expect` was answered here. */
export function requestHeaders(headers: readonly string[], host: string): string[] {
  const kept = filterHeaders(endToEnd(headers), (name) => name !== 'host' && name !== 'expect')
  const chunked = valuesOf(headers, 'transfer-encoding').length > 0
  return ['Host', host, ...kept, ...(chunked ? ['Transfer-Encoding', 'chunked'] : [])]
}

/** The same with a body of another length. */
export function withLength(headers: readonly string[], bytes: number): string[] {
  const kept = filterHeaders(headers, (name) => name !== 'content-length' && name !== 'transfer-encoding')
  return [...kept, 'Content-Length', String(bytes)]
}

/** All values of a header, by its name in lower case. */
export function valuesOf(headers: readonly string[], wanted: string): string[] {
  const values: string[] = []
  for (let i = 0; i < headers.length; i += 2)
    if (headers[i]?.toLowerCase() === wanted) values.push(headers[i + 1] ?? '')
  return values
}

function filterHeaders(headers: readonly string[], keeps: (name: string) => boolean): string[] {
  const kept: string[] = []
  for (let i = 0; i < headers.length; i += 2) {
    const [name = '', value = ''] = [headers[i], headers[i + 1]]
    if (keeps(name.toLowerCase())) kept.push(name, value)
  }
  return kept
}

const secretNames = ['authorization', 'proxy-authorization', 'api-key', 'x-api-key', 'x-goog-api-key', 'cookie']

export const isSecret = (name: string) => secretNames.includes(name)

/** A shorter word is no key but a stand-in ("ollama", "none"), and may well be said. */
const shortestSecret = 8

/** What must not be written down: the values of headers that carry keys, with and without the scheme before them. */
export function secretsOf(headers: readonly string[]): string[] {
  const values = secretNames.flatMap((name) => valuesOf(headers, name))
  const bare = values.map((value) => value.replace(/^\S+\s+/, ''))
  return [...new Set([...values, ...bare])]
    .map((value) => value.trim())
    .filter(({ length }) => length >= shortestSecret)
}
