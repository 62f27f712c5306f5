// Under which name judges reach a server: a host, or the whole address where a proxy stands before it. Names are brought into the form in which
// browsers send them: lower case, IPv6 in brackets.
import { isIPv6 } from 'node:net'

export interface PublicName {
  /** As in the header Host, without a port. */
  readonly host: string
  /** As in the header Origin, where scheme (and port) are given: https://judge.example.org:8443. */
  readonly origin: string | null
}

/** Addresses to listen on that stand for all of a machine, and are none to be asked under -> one on this machine that is. */
const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' }

/** null for what no browser could ask under. */
export function readPublicName(text: string): PublicName | null {
  const scheme = /^https?:\/\//i.exec(text)?.[0]
  const plain = scheme === undefined ? inBrackets(text) : text.slice(scheme.length)
  const address = `${scheme ?? 'http://'}${plain}`
  // Nothing but scheme, host and port, since judges' links go on from there; a port, or an end, with a scheme alone.
  if (!(scheme === undefined ? /^([^/?#@:\\]+|\[[^\]]+\])$/ : /^[^/?#@\\]+\/?$/).test(plain)) return null
  if (!URL.canParse(address)) return null
  const { hostname, origin } = new URL(address)
  if (hostname in everywhere || !/^([\w-]+(\.[\w-]+)*\.?|\[[\da-f:.]+\])$/.test(hostname)) return null
  return { host: hostname, origin: scheme === undefined ? null : origin }
}

const inBrackets = (host: string) => (isIPv6(host) ? `[${host}]` : host)

/** What judges type: the first name that was given; without one, where the server listens, and this machine where that is everywhere. */
export function publicAddress({ host, port }: { host: string; port: number }, names: readonly string[]): string {
  const [first] = names.flatMap((name) => readPublicName(name) ?? [])
  if (first?.origin != null) return `${first.origin}/`
  const listening = `http://${inBrackets(host)}/`
  const bare = URL.canParse(listening) ? new URL(listening).hostname : host
  return `http://${first?.host ?? everywhere[bare] ?? bare}:${port}/`
}
