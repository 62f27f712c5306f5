// The parts of index.html that hands and words need, each checked to be there and of its kind.
import { find } from './elements.ts'

export type Parts = ReturnType<typeof findParts>

export function findParts() {
  return {
    welcome: find('welcome', HTMLElement),
    welcomeWords: find('welcome-words', HTMLElement),
    start: find('start', HTMLButtonElement),
    play: find('play', HTMLButtonElement),
    back: find('back', HTMLButtonElement),
    on: find('on', HTMLButtonElement),
    seek: find('seek', HTMLInputElement),
    clock: find('clock', HTMLElement),
    master: find('master', HTMLInputElement),
    mute: find('mute', HTMLButtonElement),
    nullButton: find('null', HTMLButtonElement),
    besideButton: find('beside', HTMLButtonElement),
    seat: find('seat', HTMLSelectElement),
    other: find('other', HTMLSelectElement),
    loop: find('loop', HTMLButtonElement),
    loopFrom: find('loop-from', HTMLButtonElement),
    loopTo: find('loop-to', HTMLButtonElement),
    loopBars: find('loop-bars', HTMLElement),
    speed: find('speed', HTMLSelectElement),
    record: find('record', HTMLButtonElement),
    follow: find('follow', HTMLButtonElement),
    stage: find('stage', HTMLButtonElement),
    stageLeave: find('stage-leave', HTMLButtonElement),
    line: find('line', HTMLElement),
    castLine: find('cast-line', HTMLElement),
    title: find('title', HTMLElement),
    runs: find('runs', HTMLSelectElement),
    downloads: find('downloads', HTMLDetailsElement),
    help: find('help', HTMLDialogElement),
    helpOpen: find('help-open', HTMLButtonElement),
    helpClose: find('help-close', HTMLButtonElement),
    keys: find('keys', HTMLElement),
    marks: find('marks', HTMLElement),
  }
}
