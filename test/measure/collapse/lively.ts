// Conversations written by hand for the detectors, lively in ways that look poor from afar: curt, lopsided, full of numbers, without spaces.

/** One asks in a word or two, the other answers at length. */
export const interview = `Where did you grow up? | In a village at the mouth of a river, above my uncle's smithy. The hammer began at six, so I knew every weekday by what he was making.
And school? | Two rooms and a stove. Our teacher kept bees, and in May she sent whoever could not sit still out to watch for swarms.
Did you? | Often. Once a whole swarm settled on the flagpole, and the mayor held his speech from the far side of the square.
Then music? | Later. A sailor left an accordion for a debt, with three dead keys, and I learned every tune around those holes.
Still? | My fingers still jump over them, even on good instruments. People call it phrasing.
Why leave? | The bridge came, the ferry went, and with the ferry everybody who waited for it. There was nobody left to play to.
Where to? | A port where I loaded oranges by night. Crates have a rhythm: four men, one limp, and the crane answering on five.
And then? | A drummer heard us shout the count. He wrote it down on a fish wrapper, wrong, and the mistake was better.
Really? | Ask him, he owns a bakery now. He says dough taught him more about waiting than any band did.
Famous? | For one winter. They put our faces on a tram, and my mother rode it to the terminus and back all afternoon.
No more? | The singer married, the tapes burned, the tram was painted green. I was relieved, frankly; applause had made us play faster.
And now? | I repair reeds. Ask me about brass that hums at dusk when the temperature falls, that is worth an evening.
Do they? | Each alloy at its own hour. My neighbour sets her clock by the old concertina in the window.
Regrets? | The three dead keys. I had them mended once, for a film, and could not find my way through a single song.`

/** Messages of one to six words. */
export const chatter = `you up? | barely, train's late again
which line? | the coast one. cows on track
lol actual cows? | three. one has a hat
no way, photo | sending. battery at nine percent
that's a bucket | it's wearing the bucket
bring her home | landlord said no pets
cows are colleagues | tell that to the lift
ok coffee at ten? | make it eleven, cow permitting
the green place? | closed mondays, try mill street
they burn everything | only the toast, and my hopes
ha. nina coming? | after her exam, she's terrified
she'll ace it | that's what we said about driving
the fountain moved | fountains don't move, sam
this one did | the report says otherwise
got your umbrella btw | keep it, it leaks
then why lend it | revenge for the ladder
fair. cow update? | farmer arrived with a whistle
working? | she's ignoring him beautifully
respect | now he's offering apples
who's winning | the bucket is off
tragic ending | wait, she took his cap
new hat! | moving at last, cheering everywhere
see you at eleven | order me something unburnt
tea then | yes, and hide the ladder`

/** Chinese, without a space. */
export const chinese = `昨天晚上的鼓点太快了，我几乎跟不上。 | 那是因为你一直盯着灯光，没有听低音。
低音被窗外的雨盖住了，谁听得见？ | 我把雨声录下来了，放慢以后像一条大河。
大河？我听着倒像有人在炒豆子。 | 豆子也行，我们可以让它和钟声对话。
钟楼周三要修，师傅说齿轮缺了两个牙。 | 缺牙的节奏才有意思，每一圈都会绊一下。
你记得外婆的缝纫机吗？也是这样一瘸一拐。 | 记得，她踩着它唱戏，布上的花全歪了。
歪的花后来卖得最好，城里人以为是设计。 | 所以别修钟楼，明年就会有人专程来看。
市长可不会同意，他的手表是瑞士货。 | 请他来喝茶，把手表泡进去试试。
你真坏。不过先说正事，第二段谁先进？ | 笛子先，藏在风扇后面，等灯灭了再出来。
风扇转得不匀，第七下总是轻一点。 | 正好，我们把最重的音放在那个空当里。
观众会以为我们弹错了。 | 弹错三次就叫风格，老赵说过这话。
老赵欠我一把二胡，还欠半箱橘子。 | 橘子我吃了，皮晒在屋顶，能做灯罩。
灯罩会把光染黄，照得鼓手像生病。 | 他本来就感冒，打喷嚏都在弱拍上。`

/** The texts of a conversation above, a turn each. */
export const turnsOf = (conversation: string) => conversation.split(/\s*[|\n]\s*/)
