// What DJs say and newspapers do not: words of the embedding beyond the most frequent, and words that it lacks, by what they are near to.
import type { Averaged } from './embedding.ts'

/** Taken with their own vectors. */
export const wanted =
  `dubstep breakbeat breakbeats bassline basslines hi-hat hi-hats lo-fi bpm shoegaze reverb synth synths synthesizer snare techno electro trance
  downtempo downbeat offbeat backbeat upbeat dancefloor subwoofer subwoofers drumstick drumbeat turntable turntables turntablism turntablist
  crossfade grime hardcore jungle ambient acid acid-house electronica krautrock psytrance chillout chiptune glitch idm ebm gabber hardstyle
  reggaeton dancehall ska afrobeat highlife kwaito soca bossa samba cumbia disco funk soul motown hip-hop trip-hop nu-metal post-punk synthpop
  electropop remix remixes remixed remixer mixtape mixtapes dj djs deejay deejays emcee clubber clubbers clubbing raver ravers raves
  syncopated syncopation polyrhythm polyrhythms polyrhythmic ostinato arpeggio arpeggios arpeggiated legato staccato crescendo glissando
  vibrato tremolo falsetto timbre timbres overtones dissonance dissonant consonance consonant euphony cacophony chord chords riff riffs
  triplets sixteenth tempo tempos metronome equalizer compressor limiter sampler samplers sequencer vocoder theremin moog roland wah-wah
  feedback distortion tambourine maracas bongo bongos conga congas cowbell timpani cymbal cymbals woodblock glockenspiel vibraphone xylophone
  marimba celesta harpsichord mellotron sitar tabla djembe didgeridoo strobe strobes mirrorball afterparty afterhours setlist b-side`.split(
    /\s+/,
  )

const near = (word: string, of: string): Averaged => ({ word, of: of.split(' ') })

/** Taken from the mean of others. */
export const averages: readonly Averaged[] = [
  near('hihat', 'hi-hat'),
  near('hihats', 'hi-hats'),
  near('lofi', 'lo-fi'),
  near('hiphop', 'hip-hop'),
  near('triphop', 'trip-hop'),
  near('crossfader', 'crossfade turntable'),
  near('crossfading', 'crossfade mixing'),
  near('crossfades', 'crossfade'),
  near('beatmatch', 'tempo mixing turntable synchronize'),
  near('beatmatching', 'tempo mixing turntable synchronize'),
  near('beatmatched', 'tempo mixing turntable synchronize'),
  near('amapiano', 'kwaito house johannesburg piano'),
  near('gqom', 'kwaito techno durban'),
  near('vaporwave', 'synth ambient retro electronica'),
  near('synthwave', 'synth retro electro'),
  near('chillwave', 'synth ambient chillout'),
  near('witchhouse', 'goth electronica'),
  near('footworking', 'jungle dancing'),
  near('sidechain', 'compressor bassline'),
  near('sidechaining', 'compressor bassline'),
  near('buildup', 'crescendo tension'),
  near('breakdown', 'breakdown interlude'),
  near('riser', 'crescendo rising'),
  near('bpms', 'bpm'),
  near('cdj', 'turntable dj'),
  near('cdjs', 'turntables djs'),
  near('subbass', 'bassline subwoofer'),
  near('wobble', 'wobble bassline'),
  near('selector', 'selector deejay'),
  near('groovebox', 'sequencer synth'),
  near('autotune', 'vocoder pitch'),
  near('earworm', 'catchy melody'),
  near('popup', 'temporary'),
  near('chatbot', 'chat robot software'),
  near('chatbots', 'chat robots software'),
  near('llm', 'language model software'),
  near('prompt', 'prompt'),
  near('emoji', 'smiley icon message'),
  near('emojis', 'smiley icons messages'),
  near('selfie', 'photograph self'),
  near('hashtag', 'tag twitter'),
]
