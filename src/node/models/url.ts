// Addresses of servers as they may stand in a record: no user, no password, no query.
import { InvalidArgumentError } from 'commander'

/** The address without a slash at its end. Throws InvalidArgumentError, which does not show what may be secret. */
export function readServerUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new InvalidArgumentError('Expected a URL such as http://127.0.0.1:11434/v1 after "@".')
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new InvalidArgumentError(
      `Expected a URL without user, password or query for ${url.host}. Keys are read from OPENAI_API_KEY.`,
    )
  return url.href.replace(/\/+$/, '')
}
