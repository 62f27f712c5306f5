// A request's body -> the same with a wish for log-probabilities. Only a member is put in before the last brace, so that every other byte
// stays; null where the body is no JSON object or says something of its own about it.

const wishes = {
  chat: { member: '"logprobs":true', names: ['logprobs', 'top_logprobs'] },
  responses: { member: '"include":["message.output_text.logprobs"]', names: ['include', 'top_logprobs'] },
} as const

export function askLogprobs(body: Buffer, api: keyof typeof wishes): Buffer | null {
  const { member, names } = wishes[api]
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  if (names.some((name) => name in value)) return null
  const end = body.lastIndexOf('}')
  const comma = Object.keys(value).length > 0 ? ',' : ''
  return Buffer.concat([body.subarray(0, end), Buffer.from(`${comma}${member}`), body.subarray(end)])
}
