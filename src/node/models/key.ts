// API keys: read from the environment, given to the client, and never told to anyone else. What a server says passes through `hideKeys`.
import { InputError } from '../../record/index.ts'
import { oneLine } from '../command/failure.ts'

/** OPENAI_API_KEY_A for agent a, else OPENAI_API_KEY, else null. Throws InputError, which does not show the key. */
export function readKey(agent: string, environment: NodeJS.ProcessEnv = process.env): string | null {
  const own = `OPENAI_API_KEY_${agent.toUpperCase().replaceAll('-', '_')}`
  const name = environment[own] === undefined ? 'OPENAI_API_KEY' : own
  const key = environment[name]?.trim()
  if (key === undefined || key === '') return null
  // Anything else would be refused as a header by an error that shows it.
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new InputError(
      'bad-key',
      `${name}: expected printable ASCII without spaces. Set it anew (it is not shown here).`,
    )
  return key
}

/** One short line, without the key or anything that looks like one. */
export function hideKeys(text: string, key: string | null): string {
  const without = key === null ? text : text.replaceAll(key, '[key]')
  const line = oneLine(
    without.replaceAll(/\b(?:sk|pk|key|gsk|hf|xai)[-_][\w*.-]{6,}/gi, '[key]').replaceAll(/bearer\s+\S+/gi, '[key]'),
  )
  return line.length > 200 ? `${line.slice(0, 200)}...` : line
}
