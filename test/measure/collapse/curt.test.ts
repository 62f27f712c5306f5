// Curt talk, other languages and lopsided talk: what is dead in few words is heard, what is lively in few words sets nothing off.
import { expect, test } from 'vitest'
import { findAttractor, findDomination, findGoodbyeLoop, type PlacedTurn } from '../../../src/measure/collapse/index.ts'
import { isCourteous } from '../../../src/measure/collapse/politeness.ts'
import { symbolsOfText } from '../../../src/measure/index.ts'
import { randomChoice, seededRandom } from '../../../src/random.ts'
import { chatter, chinese, interview, turnsOf } from './lively.ts'
import { followedBy, livelyTalk, livelyText, placeOf, talkOf } from './talk.ts'

const pair = ['a', 'b'] as const
const pool = (list: string) => list.split('|')
const from = (before: readonly PlacedTurn[], list: string, count = 50) =>
  followedBy([...before], count, (_, random) => randomChoice(random, pool(list)))
const livelyBefore = (count: number) =>
  livelyTalk(count, 'before').map((one) => ({ ...one, words: one.words.slice(0, 9) }))

const answers = 'Yes.|Exactly.|Indeed.|Right.|True.'
const unlisted = 'Glorp.|Zim zim.|Vantu.|Ole ka.|Mirra.|Zim vantu.'
const agreement =
  'Exactly!|I totally agree.|Absolutely right.|So true.|Could not agree more.|Precisely.|Indeed.|Yes, this.|You are so right.|Perfect.'
const partings =
  'Cheers, mate.|Bye-bye.|Much obliged.|Ta-ta for now.|So long.|Catch you later.|Bless you.|Till tomorrow.|Peace.|Good luck.|All my love.|Sweet dreams.'
const languages = {
  chinese: '谢谢你|谢谢，再见|不客气|祝你好运|再见|保重|晚安',
  german:
    'Auf Wiedersehen.|Bis bald.|Mach es gut.|Leb wohl.|Alles Gute.|Bis morgen.|Schlaf gut.|Gute Nacht.|Bis später.',
  french: 'Merci beaucoup.|Au revoir.|À bientôt !|Bonne nuit.|De rien.|À demain.',
  spanish: 'Muchas gracias.|Hasta luego.|De nada.|Adiós.|Buenas noches.',
  russian: 'Спасибо.|До свидания.|Всего доброго.|До встречи.|Прощай.',
  japanese: 'ありがとう|さようなら|またね|おやすみ|どういたしまして',
  hindi: 'धन्यवाद|अलविदा|फिर मिलेंगे|शुक्रिया',
}

test('agreeing or parting for ever is a loop, in few words and in other languages', () => {
  for (const list of [answers, agreement, partings, ...Object.values(languages)])
    for (const before of [0, 10]) {
      const place = placeOf(findGoodbyeLoop(from(livelyBefore(before), list)))
      expect(place, list).not.toBeNull()
      expect(Math.abs((place as number) - before), list).toBeLessThanOrEqual(3)
    }
})

test('a loop of single words that no list knows is an attractor, as soon as both have said enough', () => {
  for (const list of [answers, unlisted, '嗯嗯|好吧|哦哦|好的|嗯好']) {
    expect(placeOf(findAttractor(from([], list, 60), pair)), list).toBe(0)
    const late = placeOf(findAttractor(from(livelyBefore(40), list, 60), pair))
    expect(Math.abs((late ?? -99) - 40), list).toBeLessThanOrEqual(13)
  }
  expect(findAttractor(from([], unlisted, 12), pair)).toHaveProperty('none', expect.stringMatching(/^not asked: fewer/))
  expect(findAttractor(talkOf(['', '', '']), pair)).toEqual({ none: 'not asked: nothing was said' })
  expect(findGoodbyeLoop(talkOf(['Bye.', 'Bye.']))).toEqual({ none: 'not asked: fewer than 6 turns' })
})

test('lively talk sets nothing off: an interview, short messages, Chinese', () => {
  for (const conversation of [interview, chatter, chinese]) {
    const talk = talkOf(turnsOf(conversation))
    expect(talk.length).toBeGreaterThanOrEqual(24)
    expect(findGoodbyeLoop(talk)).toEqual({ none: 'it does not come to that' })
    expect(findAttractor(talk, pair)).toEqual({ none: 'it does not come to that' })
  }
})

test('short messages of made-up words, as rich as talk is, are no attractor however few there are', () => {
  for (let seed = 0; seed < 40; seed++) {
    const random = seededRandom(`short ${seed}`)
    const texts = Array.from({ length: 60 }, (_, i) =>
      livelyText(`${seed} ${i}`, Math.floor(i / 6))
        .split(' ')
        .slice(0, 1 + Math.floor(5 * random()))
        .join(' '),
    )
    expect(placeOf(findAttractor(talkOf(texts), pair))).toBeNull()
    expect(placeOf(findGoodbyeLoop(talkOf(texts)))).toBeNull()
  }
})

test('an interview is no domination, whichever side asks', () => {
  const letters = turnsOf(interview).map((text) => text.length)
  const [asked, told] = [0, 1].map((side) => letters.filter((_, i) => i % 2 === side)) as [number[], number[]]
  expect(told.every((count, i) => count >= 0.8 * (count + (asked[i] as number)))).toBe(true)
  expect(placeOf(findDomination(asked, told))).toBeNull()
  expect(placeOf(findDomination(told, asked))).toBeNull()
})

test('agreement is a loop only where it is half of a turn', () => {
  const courteous = (text: string) => isCourteous(symbolsOfText(text))
  for (const text of [...pool(agreement), ...pool(partings), 'Oui, exactement.', '没错'])
    expect(courteous(text), text).toBe(true)
  for (const text of [
    'Yes, but why?',
    'Right at the corner.',
    'True north is up there.',
    'I want peace.',
    '对不起，我听不懂',
  ])
    expect(courteous(text), text).toBe(false)
})

test('scripts without spaces are read by letter, the others by word with its marks', () => {
  expect(symbolsOfText('谢谢，再见')).toEqual(['谢', '谢', '再', '见'])
  expect(symbolsOfText('AI模型 v2で')).toEqual(['ai', '模', '型', 'v2', 'で'])
  expect(symbolsOfText('コーヒー')).toEqual(['コー', 'ヒー'])
  expect(symbolsOfText('ที่นี่')).toEqual(['ที่', 'นี่'])
  expect(symbolsOfText('नमस्ते दोस्त')).toEqual(['नमस्ते', 'दोस्त'])
  expect(symbolsOfText('감사합니다 Don’t')).toEqual(['감사합니다', 'don’t'])
})
