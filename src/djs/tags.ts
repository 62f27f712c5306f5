// Tags of the serialised stream: `<name=value>text</name>`. Text is data and cannot close its delimiter.

/** Character data: markup, line breaks, control and direction marks and lone surrogates become references. */
export function escapeText(text: string): string {
  return text.replace(
    /[&<>\p{Cc}\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]|\p{Cs}/gu,
    (c) => `&#${c.codePointAt(0)};`,
  )
}

export function unescapeText(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

export interface Tag {
  readonly name: string
  readonly value: string
  readonly text: string
}

export function tag(name: string, text: string, value?: string | number): string {
  return `<${name}${value === undefined ? '' : `=${value}`}>${escapeText(text)}</${name}>`
}

export function readTags(line: string): Tag[] {
  return [...line.matchAll(/<([a-z]+)(?:=([^>]*))?>([^<]*)<\/\1>/g)].map((match) => ({
    name: match[1] ?? '',
    value: match[2] ?? '',
    text: unescapeText(match[3] ?? ''),
  }))
}
