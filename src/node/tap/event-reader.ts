// Bytes of server-sent events (WHATWG HTML, 9.2.6) as they come, in any pieces -> the data of each event.
// Memory is bounded: what is longer than the limit is passed over.

/** Longest line and longest data of one event, UTF-16 units. */
export const longestEvent = 4 << 20

export interface EventReader {
  push(bytes: Uint8Array): string[]
  /** The data of an event that the stream ended in. */
  finish(): string[]
}

export function createEventReader(): EventReader {
  const decoder = new TextDecoder()
  let line = ''
  let data: string[] = []
  let size = 0
  /** A line break may itself be cut in two: the CR is behind us, an LF would belong to it. */
  let afterReturn = false
  const endEvent = (): string[] => {
    const whole = data.join('\n')
    const events = whole === '' || size > longestEvent ? [] : [whole]
    data = []
    size = 0
    return events
  }
  const take = (text: string): string[] => {
    if (text === '') return endEvent()
    if (!text.startsWith('data:')) return []
    size += text.length
    if (size <= longestEvent) data.push(text.charCodeAt(5) === 32 ? text.slice(6) : text.slice(5))
    return []
  }
  const extend = (text: string): void => {
    if (line.length + text.length <= longestEvent) line += text
    else size = longestEvent + 1
  }
  const pushText = (given: string): string[] => {
    if (given === '') return []
    const text = afterReturn && given.startsWith('\n') ? given.slice(1) : given
    afterReturn = given.endsWith('\r')
    const [first = '', ...more] = text.split(/\r\n|\n|\r/)
    extend(first)
    return more.flatMap((next) => {
      const events = take(line)
      line = ''
      extend(next)
      return events
    })
  }
  return {
    push: (bytes) => pushText(decoder.decode(bytes, { stream: true })),
    finish: () => [...pushText(`${decoder.decode()}\n`), ...endEvent()],
  }
}
