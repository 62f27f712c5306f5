// Which part of a turn a token belongs to: commands are `action`, what stands between the quotes of SAY is `speech`,
// words inside typographic quotes there are the partner's and `quoted`, digits are `number`.
import type { Role } from '../record/index.ts'

/** Feed the tokens of one turn in order; each gets the role of its first letter or digit. */
export function createRoleLabeller(): (token: string) => Role {
  let speaking = false
  let quoting = false
  let escaped = false
  return (token) => {
    let role: Role | null = null
    for (const c of token) {
      if (escaped) escaped = false
      else if (c === '\\' && speaking) escaped = true
      else if (c === '"') {
        speaking = !speaking
        quoting = false
      } else if (speaking && c === '“') quoting = true
      else if (speaking && c === '”') quoting = false
      else if (role === null && /[\p{L}\p{N}]/u.test(c)) role = roleOf(c, speaking, quoting)
    }
    return role ?? (speaking ? 'speech' : 'action')
  }
}

function roleOf(first: string, speaking: boolean, quoting: boolean): Role {
  if (/\p{N}/u.test(first)) return 'number'
  if (quoting) return 'quoted'
  return speaking ? 'speech' : 'action'
}
