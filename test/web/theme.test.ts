// Colours as the style sheet has them: readable in every theme, and told apart by eyes that lack a kind of cone.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('../../src/web/style/theme.css', import.meta.url), 'utf8')

/** The custom colours of the first rule with this selector. */
function paletteOf(selector: string): Record<string, string> {
  const rule = css.slice(css.indexOf(`${selector} {`))
  const body = rule.slice(0, rule.indexOf('}'))
  return Object.fromEntries([...body.matchAll(/--(\w+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]))
}

const themes = {
  light: paletteOf(':root'),
  dark: paletteOf(':root[data-theme="dark"]'),
  stage: paletteOf(':root[data-stage][data-stage]'),
}

/** Linear red, green, blue, 0..1 (IEC 61966-2-1). */
const linear = (hex: string) =>
  [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]

/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = (hex: string) => {
  const [r, g, b] = linear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

// Machado, Oliveira and Fernandes 2009, severity 1, on linear colours.
const eyes = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const

/** Oklab (Ottosson 2020) of what such an eye sees. */
function seen(hex: string, matrix: readonly number[]): [number, number, number] {
  const colour = linear(hex)
  const [r, g, b] = [0, 3, 6].map((row) =>
    Math.max(
      0,
      Math.min(
        1,
        colour.reduce((sum, part, k) => sum + part * (matrix[row + k] as number), 0),
      ),
    ),
  ) as [number, number, number]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

test.each(Object.entries(themes))('%s: every ink reaches 4.5 : 1 on its paper', (_, palette) => {
  for (const name of ['ink', 'quiet', 'speech', 'action', 'number', 'quoted'])
    expect(contrast(palette[name] ?? '', palette['paper'] ?? ''), name).toBeGreaterThanOrEqual(4.5)
  for (const name of ['knob', 'warm'])
    expect(contrast(palette[name] ?? '', palette['paper'] ?? ''), name).toBeGreaterThanOrEqual(3)
})

test.each(Object.entries(themes))('%s: who speaks, acts and quotes differs for every kind of eye', (_, palette) => {
  for (const [eye, matrix] of Object.entries(eyes))
    for (const [a, b] of [
      ['speech', 'action'],
      ['action', 'number'],
      ['speech', 'quoted'],
    ] as const) {
      const other = seen(palette[b] ?? '', matrix)
      const distance = Math.hypot(...seen(palette[a] ?? '', matrix).map((part, k) => part - (other[k] ?? 0)))
      expect(distance, `${eye}: ${a} and ${b}`).toBeGreaterThan(0.05)
    }
})
