// The page that plays the reference chords: docs/measures/chords.html. Self-contained but for its sounds, without script; at home on paper and ink,
// on a desk and on a phone.

export interface PageChord {
  /** Path of the sound from the page. */
  readonly file: string
  readonly notes: string
  /** Name of the chord, or empty. */
  readonly name: string
  /** 0..1. */
  readonly expected: number
  readonly observed: number
}

const style = `
:root { color-scheme: light dark; --paper: #faf7f1; --ink: #22252b; --quiet: #5f626a; --line: #ddd6c9; --expected: #0b66a0; --observed: #a84a08;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", "DejaVu Serif", Georgia, serif; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15171b; --ink: #ebe7de; --quiet: #a6a8ae; --line: #33363d; --expected: #74bdee; --observed: #f0a452; } }
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); font: 17px/1.55 var(--serif); padding: 56px 24px 72px; }
main { max-width: 860px; margin: 0 auto; }
h1 { font: 500 32px/1.2 var(--serif); letter-spacing: -.01em; text-wrap: balance; }
p { max-width: 62ch; margin-top: 12px; color: var(--quiet); text-wrap: pretty; }
.key { display: flex; flex-wrap: wrap; gap: 6px 24px; margin-top: 20px; font-size: 15px; }
.key span { display: inline-flex; align-items: center; gap: 8px; }
.key i { width: 12px; height: 12px; border-radius: 50%; }
.key .e { background: var(--expected); }
.key .o { border: 2.5px solid var(--observed); }
ol { list-style: none; padding: 0; margin-top: 28px; border-top: 1px solid var(--line); }
li { display: grid; grid-template-columns: 232px minmax(0, 1fr) 240px; gap: 4px 28px; align-items: center; padding: 14px 0; border-bottom: 1px solid var(--line); }
h2 { font: 500 18px/1.3 var(--serif); }
small { display: block; font-size: 14px; color: var(--quiet); }
.scale { position: relative; height: 22px; margin: 0 11px; }
.scale::before { content: ""; position: absolute; inset: 10.5px -11px auto; border-top: 1px solid var(--line); }
.scale i { position: absolute; top: 50%; border-radius: 50%; transform: translate(-50%, -50%); }
.scale .e { width: 11px; height: 11px; background: var(--expected); }
.scale .o { width: 19px; height: 19px; border: 2.5px solid var(--observed); }
.numbers { display: flex; justify-content: space-between; font-size: 14px; color: var(--quiet); font-variant-numeric: tabular-nums; }
.numbers b { font-weight: 500; color: var(--ink); }
audio { width: 100%; height: 40px; }
@media (max-width: 720px) {
  body { padding: 32px 18px 48px; }
  h1 { font-size: 27px; }
  li { grid-template-columns: minmax(0, 1fr); gap: 8px; padding: 18px 0; }
}`

/** The page as HTML; `error` is the standard deviation of people's means about what is expected. */
export function formatChordsPage(chords: readonly PageChord[], error: number): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Consonance: chords to know the scale by</title>
<link rel="icon" href="data:,">
<style>${style}
</style>
<main>
<h1>Chords to know the scale by</h1>
<p>Consonance runs from 0 to 1: the rating that people are expected to give a sound, from quite unpleasant to quite pleasant.
Each chord is tuned as people heard it and made of plain tones of eleven harmonics, all equally loud.</p>
<p>They are chosen as landmarks, where expectation and people agree; any other chord is off by ${tell(error)} as a rule.</p>
<div class="key"><span><i class="e"></i>what we expect</span><span><i class="o"></i>what people said (Bowling, Purves &amp; Gill 2018)</span></div>
<ol>
${chords.map(formatChord).join('\n')}
</ol>
</main>
</html>
`
}

function formatChord({ file, notes, name, expected, observed }: PageChord): string {
  const place = (value: number) => `left:${(100 * value).toFixed(1)}%`
  const title = notes.replaceAll('#', '♯').replaceAll(/\b([A-G])b/g, '$1♭')
  return `<li>
<div><h2>${title}</h2><small>${describeName(name)}</small></div>
<div><div class="scale" aria-hidden="true"><i class="o" style="${place(observed)}"></i><i class="e" style="${place(expected)}"></i></div>
<div class="numbers"><span>expected <b>${tell(expected)}</b></span><span>people <b>${tell(observed)}</b></span></div></div>
<audio controls preload="metadata" src="${file}" aria-label="${title}"></audio>
</li>`
}

const tell = (value: number) => value.toFixed(2).replace(/^0/, '')

/** Bowling's short names in words: "minor triad (r) + m2" -> "minor triad + m2". */
function describeName(name: string): string {
  return name === '' ? 'no name of its own' : name.replace(' (r)', '')
}
