// Foreign transcripts to records: each format, its faults, and what holds for any transcript.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createRecordCheck,
  defaultMapping,
  formatLine,
  InputError,
  parseRecord,
  type RecordLine,
  type TokenLine,
} from '../../src/record/index.ts'
import { detectFormat, readTranscript, transcriptToRecord } from '../../src/stream/index.ts'

const arrival = { bpm: 120, mapping: { ...defaultMapping, timing: 'arrival' as const }, kernel: 'k', hocket: '0' }
const speech = { ...arrival, mapping: defaultMapping }
const tokensOf = (record: readonly RecordLine[]) => record.filter((line): line is TokenLine => line.kind === 'token')
const textOf = (turn: { tokens: readonly { text: string }[] } | undefined) =>
  (turn?.tokens ?? [])
    .map((token) => token.text)
    .join('')
    .trim()

function codeOf(text: string): string {
  try {
    readTranscript(text, { strictness: 'strict' })
  } catch (error) {
    if (error instanceof InputError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'no error'
}

describe('formats', () => {
  test('plain: names before colons, further lines belong to the turn, times of turns are kept', () => {
    const plain = readTranscript('Ada: Hello there.\nHow are you?\n\nBob B.: fine: really\nAda: 12 drums')
    expect(plain).toMatchObject({ format: 'plain', speakers: ['Ada', 'Bob B.'], clock: 'none' })
    expect(plain.turns.map(textOf)).toEqual(['Hello there.\nHow are you?', 'fine: really', '12 drums'])
    expect(plain.turns[2]?.tokens[0]?.role).toBe('number')
    const timed = readTranscript('[0:05] Ada: one\n[0:07.5] Bob: two\n1:00:02 Ada: three')
    expect(timed.clock).toBe('turns')
    expect(timed.turns.map((turn) => turn.startSeconds)).toEqual([5, 7.5, 3602])
  })

  test('Markdown: headings or bold names; fences are action, quotes quoted, a title is not a speaker', () => {
    const headed = readTranscript(
      'preface\n\n## Ada\nHello **bold** world\n```\n# not a speaker\nrun()\n```\n---\n### Bob:\n> she said\nyes',
    )
    expect(headed).toMatchObject({ format: 'markdown-chat', speakers: ['Ada', 'Bob'] })
    expect(headed.turns[0]?.tokens.map((token) => token.text.trim())).toEqual([
      'Hello',
      'bold',
      'world',
      '#',
      'not',
      'a',
      'speaker',
      'run()',
    ])
    expect(headed.turns[0]?.tokens.at(-1)?.role).toBe('action')
    expect(headed.turns[1]?.tokens.map((token) => token.role)).toEqual(['quoted', 'quoted', 'speech'])
    const bold = readTranscript('# A chat\n\n**Ada:** hi\n\n**Bob**: ho')
    expect(bold.speakers).toEqual(['Ada', 'Bob'])
  })

  test('OpenAI: messages or request with choices, parts, tools, names, probabilities', () => {
    const messages = [
      { role: 'system', content: 'be kind' },
      {
        role: 'user',
        name: 'Ada',
        content: [
          { type: 'text', text: 'play it' },
          { type: 'image_url', image_url: {} },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: '1', type: 'function', function: { name: 'load', arguments: '{"track":3}' } }],
      },
      { role: 'tool', tool_call_id: '1', content: 'done' },
    ]
    const list = readTranscript(JSON.stringify(messages, null, 1))
    expect(list).toMatchObject({ format: 'openai-chat', speakers: ['Ada', 'assistant', 'tool'] })
    expect(list.turns.map(textOf)).toEqual(['play it', 'load {"track":3}', 'done'])
    expect(list.turns.map((turn) => turn.tokens[0]?.role)).toEqual(['speech', 'action', 'quoted'])
    const logprobs = {
      content: [
        { token: 'Hey', logprob: -0.5 },
        { token: ' you', logprob: -9999 },
      ],
    }
    const whole = {
      messages: [{ role: 'user', content: 'hi' }],
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hey you' }, logprobs }],
    }
    const answered = readTranscript(JSON.stringify(whole))
    expect(answered.turns[1]?.tokens).toEqual([
      { text: 'Hey', role: 'speech', logprob: -0.5 },
      { text: ' you', role: 'speech', logprob: -30 },
    ])
  })

  test('token events: turns by number or by change of speaker, times kept', () => {
    const lines = [
      { agent: 'a', text: 'one', t: 10, turn: 0 },
      { agent: 'b', text: 'two', t: 10.5, turn: 0, logprob: -1, role: 'number' },
      { agent: 'a', text: ' more', t: 11, turn: 0 },
      { agent: 'a', text: 'next', t: 12, turn: 1 },
    ]
    const events = readTranscript(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`)
    expect(events).toMatchObject({ format: 'token-events', speakers: ['a', 'b'], clock: 'arrival' })
    expect(events.turns.map(textOf)).toEqual(['one more', 'two', 'next'])
    const record = transcriptToRecord(events, arrival)
    expect(tokensOf(record).map(({ agent, t, turn, clock }) => [agent, t, turn, clock])).toEqual([
      ['a', 0, 0, 'arrival'],
      ['b', 0.5, 0, 'arrival'],
      ['a', 1, 0, 'arrival'],
      ['a', 2, 1, 'arrival'],
    ])
  })
})

test.each([
  ['', 'empty-file: line 1'],
  ['just some words', 'unknown-format: line 1'],
  ['abc\u0000', 'binary: line 1'],
  ['{"n":0,"kind":"session"}', 'is-record: line 1'],
  ['[{"role":"user","content":"hi"},\n{"role":"robot"}]', 'unknown-role: message 2'],
  ['[{"role":"user",\n"content":oops}]', 'not-json: line 2'],
  ['{"messages":[]}', 'empty-transcript'],
  ['{"talk":[]}', 'no-messages'],
  ['{"agent":"a","text":"x","t":1}\n{"agent":"a","text":"y"}', 'mixed-clock: line 2'],
  ['{"agent":"a","text":"x"}\n{"agent":"a"}', 'bad-event: line 2'],
  ['{"agent":"a","text":"x"}\nnonsense', 'not-json: line 2'],
  ['Ada:\nBob:', 'empty-transcript'],
])('%j is refused: %s', (text, message) => {
  expect(codeOf(text)).toContain(message)
})

describe('record', () => {
  test('turns follow one another on a made-up clock, or take a slot each', () => {
    const transcript = readTranscript('Ada: slow water under stone.\nBob: yes.')
    const made = transcriptToRecord(transcript, arrival)
    expect(tokensOf(made).every((token) => token.clock === 'synthetic')).toBe(true)
    // At 120 bpm a sixteenth is .125 s: slow 2, water 2, under 2, stone 2 and on to the next beat; a beat between turns.
    expect(tokensOf(made).map((token) => token.t)).toEqual([0, 0.25, 0.5, 0.75, 2])
    expect(tokensOf(transcriptToRecord(transcript, speech)).map((token) => [token.slot, token.t])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 16],
    ])
  })

  test('long silences are shortened unless they are asked for', () => {
    const transcript = readTranscript('[0:00] Ada: one\n[1:00:00] Bob: two')
    expect(tokensOf(transcriptToRecord(transcript, arrival)).at(-1)?.t).toBe(8)
    const kept = transcriptToRecord(transcript, { ...arrival, longestPauseSeconds: Number.POSITIVE_INFINITY })
    expect(tokensOf(kept).at(-1)?.t).toBe(3600)
  })

  test('speakers get names that a record may have, each once', () => {
    const record = transcriptToRecord(readTranscript('Élodie: a\nélodie: b\n李: c\nDr. No: d'), arrival)
    const session = record[0]
    expect(session?.kind === 'session' && session.agents.map((agent) => agent.agent)).toEqual([
      'elodie',
      'elodie-2',
      'speaker',
      'dr-no',
    ])
  })

  test('of more than 64 speakers those who speak most are heard', () => {
    const many = Array.from(
      { length: 65 },
      (_, i) => `Person ${'abcdefghijklmnopqrstuvwxyz'[i % 26]}${Math.floor(i / 26)}: hi`,
    )
    expect(codeOf(many.join('\n'))).toMatch(/at most 64/)
    const heard = readTranscript([...many, 'Person a0: again', 'Person m2: again'].join('\n'))
    expect(heard.speakers).toHaveLength(64)
    expect(heard.speakers).toEqual(expect.arrayContaining(['Person a0', 'Person m2']))
    expect(heard.complaints).toEqual([expect.stringMatching(/at most 64 speakers, got 65/)])
  })
})

describe('properties', () => {
  const name = fc.stringMatching(/^[A-Z][a-z]{1,8}$/)
  const said = fc.stringMatching(/^[a-z][a-z0-9 ,.!?]{0,80}[a-z]$/)
  const chat = fc.array(fc.tuple(name, said), { minLength: 1, maxLength: 30 })
  const write = {
    plain: (turns: [string, string][]) => turns.map(([who, what]) => `${who}: ${what}`).join('\n'),
    'markdown-chat': (turns: [string, string][]) => turns.map(([who, what]) => `## ${who}\n\n${what}\n`).join('\n'),
    'openai-chat': (turns: [string, string][]) =>
      JSON.stringify(turns.map(([who, what]) => ({ role: 'user', name: who, content: what }))),
    'token-events': (turns: [string, string][]) =>
      turns.map(([who, what], i) => JSON.stringify({ agent: who, text: what, turn: i })).join('\n'),
  }

  test.each(Object.keys(write) as (keyof typeof write)[])(
    '%s: who said what comes through, as a valid record',
    (format) => {
      fc.assert(
        fc.property(chat, fc.constantFrom(arrival, speech), (turns, settings) => {
          const text = write[format](turns)
          expect(detectFormat(text)).toBe(format)
          const transcript = readTranscript(text)
          expect(transcript.turns.map((turn) => [turn.speaker, textOf(turn).replace(/\s+/g, ' ')])).toEqual(
            turns.map(([who, what]) => [who, what.replace(/\s+/g, ' ')]),
          )
          const record = transcriptToRecord(transcript, settings)
          expect(parseRecord(record.map(formatLine))).toEqual(record)
        }),
        { numRuns: 60 },
      )
    },
  )

  test('any text gives a record or one clear InputError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 300 }),
          fc.json(),
          said.map((text) => `A: ${text}`),
        ),
        (text) => {
          try {
            const check = createRecordCheck()
            for (const line of transcriptToRecord(readTranscript(text), arrival)) check(line)
          } catch (error) {
            expect(error).toBeInstanceOf(InputError)
            expect((error as InputError).message).toMatch(/expected|Expected/)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
