import { afterEach, expect, test, vi } from 'vitest'
import { parseSeat, seatAgents } from '../../src/node/command/seats.ts'

afterEach(() => vi.unstubAllEnvs())

test('seats of models, with masks', () => {
  vi.stubEnv('OPENAI_BASE_URL', '')
  const server = (api: string, model: string, url: string) => ({ kind: 'server', api, model, url })
  expect(parseSeat('openai:gpt-4.1-mini')).toEqual({
    dj: server('chat', 'gpt-4.1-mini', 'https://api.openai.com/v1'),
    mask: null,
  })
  expect(parseSeat('responses:org/m:1b@http://127.0.0.1:8000/v1/#juno')).toMatchObject({
    dj: server('responses', 'org/m:1b', 'http://127.0.0.1:8000/v1'),
    mask: { name: 'juno' },
  })
  expect(parseSeat('openai:a@b@http://h/v1').dj).toEqual(server('chat', 'a@b', 'http://h/v1'))
  expect(parseSeat('embedded')).toEqual({ dj: { kind: 'embedded', persona: null }, mask: null })
  expect(parseSeat('embedded:mira+om@.4#ash')).toMatchObject({ dj: { persona: 'mira+om@.4' }, mask: { name: 'ash' } })
  vi.stubEnv('OPENAI_BASE_URL', 'http://elsewhere/v1')
  expect(parseSeat('openai:m').dj).toMatchObject({ url: 'http://elsewhere/v1' })
})

test('the embedded persona is the mask unless told otherwise', () => {
  const asking = { temperature: null, answerTokens: 9, timeoutSeconds: 1, clock: 'world' } as const
  const [a, b] = seatAgents('hearing', { a: parseSeat('embedded#juno'), b: parseSeat('embedded:om'), asking })
  expect(a?.dj).toMatchObject({ kind: 'embedded', model: 'hocket-ngram:juno' })
  expect(b?.dj).toMatchObject({ model: 'hocket-ngram:om' })
  expect(b?.mask?.name).toBe('orrin')
})

test.each([
  ['openai:m@localhost:11434', /Expected a URL such as/],
  ['openai:m@http://me:pw@host/v1', /without user, password or query for host/],
  ['openai:m@http://host/v1?key=1', /without user, password or query for host/],
  ['openai:#juno', /got no model/],
  ['openai:m#nobody', /Expected a mask/],
  ['sing', /Expected openai:MODEL/],
])('%s is refused', (text, complaint) => {
  expect(() => parseSeat(text)).toThrow(complaint)
  expect(() => parseSeat(text)).not.toThrow(/pw|key=1/)
})
