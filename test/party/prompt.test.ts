// Nothing that a language model is given says what is hoped for, and nothing shows it how a turn looks.
import { expect, test } from 'vitest'
import { parseTurn, shippedMasks } from '../../src/djs/index.ts'
import {
  defaultScenario,
  defaultValueStore,
  lintPrompt,
  probeQuestions,
  writeSystemPrompt,
} from '../../src/party/index.ts'
import { conditionSchema } from '../../src/record/index.ts'

const remembering = { ...defaultScenario, valueStore: { ...defaultValueStore, setSlots: 4 } }
const prompts = conditionSchema.options.flatMap((condition) =>
  [...shippedMasks, null].flatMap((mask) =>
    [defaultScenario, remembering].map((scenario) => ({
      condition,
      prompt: writeSystemPrompt({ mask, title: 'Somebody' }, condition, scenario),
    })),
  ),
)

test('every system prompt of every mask passes the lint outside explicit-score', () => {
  for (const { condition, prompt } of prompts)
    if (condition === 'explicit-score') expect(lintPrompt(prompt)).not.toEqual([])
    else expect([condition, lintPrompt(prompt)]).toEqual([condition, []])
})

test('no prompt holds a turn to copy: none of its lines can be played', () => {
  for (const { prompt } of prompts)
    for (const line of prompt.split('\n')) expect([line, parseTurn(line).faults.length > 0]).toEqual([line, true])
})

test('the lint finds what it is there for, whole stems and no chance likeness', () => {
  expect(lintPrompt('Try to harmonise, raise the Score; your reward is consonance, cooperatively.')).toEqual(
    expect.arrayContaining(['harmonise', 'Score', 'reward', 'consonance', 'cooperatively']),
  )
  expect(lintPrompt('wind in the window, a wing, underscored by winter')).toEqual([])
})

test('what is asked afterwards does not put words into the answer', () => {
  expect(probeQuestions.flatMap(lintPrompt)).toEqual([])
})
