// The first lexicon's material: fields of meaning in a ring, neighbours next to each other, written by hand for what DJs and dancers say.
// The ring closes: drive leads back to beat. Twenty-one fields, a third of a step apart.
export const fields = [
  {
    name: 'beat',
    words:
      'beat drum kick snare clap groove rhythm break breakbeat percussion conga tom rim shaker cymbal hit stroke pulse pattern syncopation swing shuffle stomp thump knock tick backbeat downbeat offbeat amen house techno footwork clatter rattle tap one two three five six seven eight nine ten number numbers single double pair single-note odd-meter even clip clean exact metronome',
  },
  {
    name: 'time',
    words:
      'time tempo bar count bpm minute hour second moment beat-match phrase clock early late before after again once twice now then soon while tonight today until ago begin start first last next new old long short turn round cycle loop repeat return every slot sixteenth measure grid sunday saturday monday friday week month year years days weekend evening afternoon date schedule old-time history future past present period age quick recent always often usually ever still-going ninth half quarter',
  },
  {
    name: 'craft',
    words:
      'deck mix blend fade fader crossfade crossfader cut cue record track tune vinyl needle set crate load play dj djs spin sample edit remix version intro build drop outro nudge pitch eq filter gain channel headphones sync transition segue selection groovebox stem layer make makes made build built code write wrote read test file function program tool design plan method system model data page list table form example step process result fix wire wires switch lock line lines clipped signal signals use used user try-out change changes option version-two paper letter letters telegram receipt ledger office arithmetic',
  },
  {
    name: 'low',
    words:
      'bass sub subs low bassline deep bottom rumble growl under boom root ground dub steppers woofer lower downstairs basement floor foundation speaker rolling throb below beneath floorboards valley deepest baritone tuba cello',
  },
  {
    name: 'weight',
    words:
      'heavy weight dark thick big iron steel stone concrete thunder black massive dense pressure solid mud heavyweight wall hard rough raw grit acid industrial machine metal dirty dirt lead-weight brick feathered turbine conveyor vault heavy-duty big-room large great-big small little size amount chrome tank valve junction mass static relay machinery pressure-valve',
  },
  {
    name: 'room',
    words:
      'room club warehouse wall door corner hall roof street city house night dark bar stage home place inside outside here there where space building kitchen booth tunnel cellar garden yard bridge town station left right middle front back gate hallway staircase mat hotel shop office-block market boulevard street-corner bus elevator parade chamber parlour kerb paving rooftop country world land area sector split room-mate school church village bed lobby',
  },
  {
    name: 'weather',
    words:
      'smoke fog echo delay reverb rain wind sea river water wave tide cloud mist ocean harbour snow rust dust haze drift float air tape hiss spring ghost shadow far distance distant moss wide pale drop-of-rain salt ferry lighthouse orbit satellite beam-sea meadow lichen orchard garden-path winter autumn storm thunderstorm lightning air-raid desert mountain forest tree leaf bird birds grass',
  },
  {
    name: 'calm',
    words:
      'calm slow soft easy gentle quiet breathe breath warm-up ambient pad drone drift sleep dream patience patient steady smooth still peace relax ease settle cool lighter tender hush lullaby slowly feather feathers blanket cardigan nocturne tender hum humming slowest lamb mother cradle whisper murmur softly meditate float-on pilgrim',
  },
  {
    name: 'rest',
    words:
      'rest silence silent nothing empty end stop pause hold wait stay leave less away alone gap quietly yield give sit stand stood bare enough leaves without room-to-breathe remain keep kept zero blind last-call finish finished done over close closed closing shut lose-track small-hours half-asleep few none nobody',
  },
  {
    name: 'ache',
    words:
      'sore ache tired worn pain hurt uneasy restless sad lonely lost heavy-hearted thin weak sick cold cry blue fear afraid worry bored boring dull flat stiff wearing numb weary death dead die illness poor sorry miss missed missing difficult difficulty tear broken-hearted tax',
  },
  {
    name: 'refusal',
    words:
      "no never not don't won't can't wrong bad against refuse fight clash rub clashing rubbing broken harsh ugly ruin mess trouble crash kill hate noise mud wreck sour off-key fail lose enemy war problem error errors fault mistake false deny denied reject rejected argue riot anger angry bug fail-safe impossible",
  },
  {
    name: 'doubt',
    words:
      'maybe perhaps guess why how what if almost question doubt strange odd weird unsure wonder seem try risk chance could hesitate careful curious depends probably think thinks thought believe idea ideas reason reasons suppose explain understand know knows knew mean means meaning sense mind forecast sequin detour crossing crossed borrowed consider decide different between compare',
  },
  {
    name: 'tune',
    words:
      'melody tune song chord chords key note minor major harmony voice sing lead hook riff music sound tone scale fifth third string strings guitar piano organ flute sax trumpet choir vocal vocals words say speak tell word story call answer listen hear heard ear ears question-and-answer talk talks talking language text sentence read-out ask asks asked name names letter-song message messages conversation reply say-so title poem verse chorus note-book',
  },
  {
    name: 'bright',
    words:
      'bright high treble hat hi-hat bell ring glass shimmer sparkle chime silver crisp sharp clear sweet thin-air top upper tin star stars whistle ride tambourine crystal fizz hiss-hat glitter champagne marzipan sugar satin sequins clear-cut quick-silver grin peach',
  },
  {
    name: 'light',
    words:
      'light sun gold golden morning sunrise dawn day sky white yellow pink colour color colours open window shine glow mirror mirrorball summer lamp neon laser disco flash moon lantern blaze red green amber orange purple lucky-star fireworks candle beam glimmer twinkle evening-light sight see saw seen look looks picture image watch',
  },
  {
    name: 'agreement',
    words:
      'yes yeah good nice right true agree sure okay ok fine well together with share same thanks thank please welcome match fit fits answer-back follow copy join meet trust friend agreeable perfect lovely great like let lets help helps helpful useful important certainly absolutely exactly indeed best better correct possible course of-course welcome-back allow support oh value good-will',
  },
  {
    name: 'feeling',
    words:
      'love feel feeling happy joy heart soul smile kiss laugh sweet hope beautiful pleasure comfort gospel tender-hearted warm honey velvet body skin touch tears shiver alive want wants need needs wish care happy-hour fun enjoy excited wonderful nice-one believe-in life live lives lucky kind tender-touch',
  },
  {
    name: 'people',
    words:
      'people crowd you we us everybody everyone friends dancers partner girl boy man woman hands hand arms feet legs shoulders head eyes face family stranger side group left-side right-side regulars table someone somebody all hips mother father sister brother child children baby human person persons team company member fans guest neighbour doctor teacher student king queen men women anyone',
  },
  {
    name: 'motion',
    words:
      'move dance go come run walk jump step sway turn-around spin roll slide shift follow-on lean climb rise rising lift up down over through around fall fly forward travel carry carries bounce swinging sweep push pull bring brings take slip crawl ride-out fills draws closer gets moving set-off start-off find found get got put grew grow goes came give-way show work-out play-on turn-over return-home travel-on step-out motorcade tumble scatter rewind loose drive-by walkabout',
  },
  {
    name: 'heat',
    words:
      'heat hot warm fire burn burning sweat energy wild power peak higher sweaty fever flame boil boiling steam rush fuller packed full louder loud more mad crazy intense spark explode blaze-up rocket steam-room excite fierce roar scream shout burning-up hottest',
  },
  {
    name: 'drive',
    words:
      'drive push hard fast faster speed motor engine work pump hammer pound harder straight strong force run-on charge attack slam bang kick-drum jack race strike throw launch hit-it hurry train rolling-on four power-on must-do do action actions operate run-through win fight-on effort strongest engine-room rocket-launch',
  },
] as const
