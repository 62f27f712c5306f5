// A session sat by models behind a server that hears what it is sent: fair, biased, refusing, rambling, inconsistent, absent.
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MachineConduct } from '../../../src/judging/index.ts'
import { loadInstalledKernel } from '../../../src/node/installation.ts'
import { createModelJudge, criterionQuestions } from '../../../src/node/machine/model-judge.ts'
import { type Sitting, sitWithModel } from '../../../src/node/machine/sit.ts'
import { encodeForSending, loadMono, makeCanary, soften } from '../../../src/node/machine/sounds.ts'
import { describeInWords } from '../../../src/node/machine/words.ts'
import { type Budget, type Caps, createBudget } from '../../../src/node/models/budget.ts'
import { createWavWriter } from '../../../src/node/sound/wav-writer.ts'
import { type Criterion, criteria } from '../../../src/record/index.ts'
import { type Asked, type Script, startDouble } from '../models/double.ts'
import { temporaryFolder } from '../records.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
const { kernel } = loadInstalledKernel()
const rate = 48_000

/** Two bars of half a second, the second twice as loud, attacks at every quarter. */
function writeClip(name: string, hertz: number): string {
  const file = path.join(folder, `${name}.wav`)
  const samples = Float32Array.from({ length: rate }, (_, i) => {
    const beat = (i % (rate / 4)) / rate
    return (i < rate / 2 ? 0.1 : 0.2) * Math.exp(-beat * 8) * Math.sin((2 * Math.PI * hertz * i) / rate)
  })
  const writer = createWavWriter(file, { sampleRate: rate, channels: 2 })
  writer.write([samples, samples])
  writer.finish()
  return file
}

let sitting: Sitting
beforeAll(() => {
  const clips = new Map(
    [
      ['low', 220],
      ['middle', 440],
      ['high', 880],
      ['spoilt', 3000],
    ].map(([name, hertz]) => [`${name}`, writeClip(`${name}`, Number(hertz))]),
  )
  sitting = {
    clips,
    pairs: [
      { a: 'low', b: 'middle' },
      { a: 'high', b: 'low' },
      { a: 'middle', b: 'high' },
    ],
    canaries: [{ kind: 'detuned', clip: 'spoilt', beside: 'high' }],
    checks: 2,
    barSeconds: 0.5,
    kernel,
    seed: 1,
    onAnswer() {},
  }
})

/** The samples of both sounds of a request. */
function soundsOf({ body }: Asked): Int16Array[] {
  const messages = body['messages'] as { content: unknown }[]
  const parts = messages.at(-1)?.content as { type: string; input_audio?: { data: string; format: string } }[]
  return parts.flatMap(({ type, input_audio: sound }) => {
    if (type !== 'input_audio' || sound === undefined) return []
    const bytes = Buffer.from(sound.data, 'base64')
    expect([sound.format, bytes.toString('latin1', 0, 4), bytes.readUInt32LE(24)]).toEqual(['wav', 'RIFF', 24_000])
    return [Int16Array.from({ length: (bytes.length - 44) / 2 }, (_, i) => bytes.readInt16LE(44 + 2 * i))]
  })
}

/** Turns about zero: the lower the sound the fewer. None at all is silence. */
const turnsOf = (samples: Int16Array) =>
  samples.reduce((sum, sample, i) => sum + (i > 0 && (samples[i - 1] ?? 0) < 0 !== sample < 0 ? 1 : 0), 0)
const powerOf = (samples: Int16Array) => samples.reduce((sum, sample) => sum + sample * sample, 0)
const say = (text: string): Script => ({ kind: 'answer', pieces: [text] })
const better = (value: (samples: Int16Array) => number) => (asked: Asked) => {
  const [first = Number.NaN, second = Number.NaN] = soundsOf(asked).map(value)
  return say(first === second ? 'TIE' : first > second ? 'A' : 'B')
}
const likesLow = better((samples) => (turnsOf(samples) === 0 ? -1e9 : -turnsOf(samples)))

const noCaps: Caps = { tokens: null, cost: null }
const judgeAt = (url: string, given: { budget?: Budget; cache?: string; criterion?: Criterion } = {}) =>
  createModelJudge({
    spec: {
      kind: 'server',
      api: 'chat',
      model: 'm',
      url,
      temperature: 0,
      answerTokens: 20,
      timeoutSeconds: 5,
      clock: 'world',
    },
    key: null,
    seed: 1,
    budget: createBudget(noCaps, null),
    cache: null,
    ...given,
  })

async function sit(
  script: (asked: Asked, index: number) => Script,
  kind: 'listens' | 'reads' = 'listens',
  caps: Caps = noCaps,
) {
  const double = await startDouble((index, asked) => script(asked, index))
  const budget = createBudget(caps, null)
  try {
    const conduct = await sitWithModel(sitting, judgeAt(double.url, { budget }), kind)
    return { conduct, asked: double.asked, spent: budget.spent }
  } finally {
    await double.close()
  }
}
const verdictsOf = ({ pairs }: MachineConduct) => pairs.map(({ verdict }) => verdict)

describe('a judge that listens', () => {
  test('fair: the order it has, canaries last, loudness no matter; it gets two sounds and nothing else', async () => {
    const { conduct, asked, spent } = await sit(likesLow)
    expect(verdictsOf(conduct)).toEqual(['a', 'b', 'a'])
    expect(conduct.canaries).toEqual(
      ['silence', 'noise', 'detuned'].map((kind) => ({ kind, last: true, reason: null })),
    )
    expect([conduct.same, conduct.gain]).toEqual([
      { count: 2, of: 2 },
      { count: 4, of: 4 },
    ])
    expect(conduct.against).toEqual([])
    expect(asked.length).toBe(18)
    expect(spent.requests).toBe(18)
    const sizes = new Set<number>()
    for (const one of asked) {
      const { messages, ...rest } = one.body as { messages: { content: unknown }[] }
      const text =
        JSON.stringify(messages, (key, value: unknown) => (key === 'data' ? '' : value)) + JSON.stringify(rest)
      for (const name of ['low', 'middle', 'high', 'spoilt', 'silence', 'noise', 'canary', folder, 'score'])
        expect(text).not.toContain(name)
      for (const { length } of soundsOf(one)) sizes.add(length)
    }
    expect([...sizes]).toEqual([24_000])
  })

  test.each(criteria)('on %s it is asked what people are asked', async (criterion) => {
    const page = readFileSync(path.join(import.meta.dirname, '../../../src/web/judge/pair-view.ts'), 'utf8')
    expect(page).toContain(`${criterion}: '${criterionQuestions[criterion]}'`)
    const double = await startDouble(() => say('A'))
    await judgeAt(double.url, { criterion })({ kind: 'read', first: '1', second: '2' }, 0)
    await double.close()
    expect(JSON.stringify(double.asked[0]?.body)).toContain(criterionQuestions[criterion])
  })

  test('always the first: every pair a flip and so a tie', async () => {
    const { conduct } = await sit(() => say('A'))
    expect(verdictsOf(conduct)).toEqual(['tie', 'tie', 'tie'])
    expect([conduct.flips, conduct.position]).toEqual([
      { count: 3, of: 3 },
      { count: 6, of: 6 },
    ])
    expect(conduct.against.join('; ')).toMatch(
      /did not put last: silence, noise, detuned.*turned with the order in 3 of 3/,
    )
  })

  test('the louder: 3 dB change its answers', async () => {
    const { conduct } = await sit(better(powerOf))
    expect(conduct.gain.count).toBeLessThan(conduct.gain.of)
    expect(conduct.against.join('; ')).toMatch(/3 dB changed \d of 4/)
  })

  test('refusing, rambling, absent: three different things, none of them a verdict', async () => {
    const { conduct } = await sit(
      (_, index) =>
        [
          { kind: 'refusal', text: 'No.' } as const,
          say('Both have their merits, but A.'),
          { kind: 'status', status: 403 } as const,
        ][index % 3] as Script,
    )
    expect(conduct.answers).toEqual({ asked: 18, said: 0, unreadable: 6, refused: 6, unavailable: 6 })
    expect(new Set(verdictsOf(conduct))).toEqual(new Set([null]))
    for (const { reason } of conduct.pairs)
      expect(reason).toMatch(/^(refused|unreadable: expected A, B or TIE, got "Both.*"|unavailable: denied)$/)
    expect(conduct.canaries.map(({ last }) => last)).toEqual([null, null, null])
  })

  test('inconsistent: it says another thing each time, and that is seen', async () => {
    const { conduct } = await sit((_, index) => say(index % 2 === 0 ? 'A' : 'B'))
    expect(conduct.against.length).toBeGreaterThan(0)
  })

  test('a budget holds: what was not asked is unavailable, and the sounds are counted', async () => {
    const { conduct, asked } = await sit(likesLow, 'listens', { tokens: 500, cost: null })
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.length).toBeLessThan(6)
    expect(conduct.answers.unavailable).toBe(18 - asked.length)
    expect(conduct.pairs.some(({ reason }) => reason === 'unavailable: over-budget')).toBe(true)
  })

  test('kept answers are not asked again', async () => {
    const double = await startDouble((_, asked) => likesLow(asked))
    const judge = () => judgeAt(double.url, { cache: path.join(folder, 'cache') })
    const first = await sitWithModel(sitting, judge(), 'listens')
    expect(double.asked.length).toBe(18)
    expect(await sitWithModel(sitting, judge(), 'listens')).toEqual(first)
    expect(double.asked.length).toBe(18)
    await double.close()
  })
})

describe('a judge that reads', () => {
  test('words of both, and no sound', async () => {
    const { asked } = await sit(() => say('TIE'), 'reads')
    for (const { body } of asked) {
      const text = JSON.stringify(body)
      expect(text).toMatch(/Piece A, bar by bar:.*bar 2.*Piece B, bar by bar:/)
      expect(text).not.toContain('input_audio')
    }
  })

  test('bars: level, step, attacks, tones; turning it down changes no word; silence is silent', () => {
    const sound = loadMono(sitting.clips.get('middle') ?? '')
    const words = describeInWords(sound, 0.5, kernel)
    const [first = '', second = ''] = words.split('\n')
    expect(words.split('\n')).toHaveLength(2)
    expect(first).toMatch(/^bar 1: (soft|faint); \d attacks?; tones .*A4/)
    expect(second).toMatch(/^bar 2: (medium|loud), (much )?louder than before; \d attacks?; tones .*A4/)
    expect(describeInWords(soften(sound, -3), 0.5, kernel)).toBe(words)
    expect(describeInWords(makeCanary('silence', sound, 1), 0.5, kernel)).toBe(
      'bar 1: silent; no attacks; no tones\nbar 2: silent; no attacks; no tones',
    )
  })
})

test('noise is as strong as what it is laid beside; a sent WAV is 16 bits at 24 kHz', () => {
  const sound = loadMono(sitting.clips.get('low') ?? '')
  const noise = makeCanary('noise', sound, 1)
  const power = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample * sample, 0)
  expect(power(noise.samples) / power(sound.samples)).toBeCloseTo(1, 1)
  const sent = encodeForSending(sound)
  expect(sent.length).toBe(44 + 2 * 24_000)
})
