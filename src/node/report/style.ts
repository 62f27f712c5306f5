// The report's look: one column of reading text, figures as wide as the page, type that keeps its size on a phone.
// Colours of agents after Okabe & Ito (2008), told apart also by dash and by place, so that none carries meaning alone.
import { trusted } from './html.ts'

const colours = `
:root{--paper:#fcfbf8;--ink:#1d1c1a;--soft:#5d5a54;--line:#dcd8cf;--wash:#f3f0e9;--mark:#efe6cf;--pain:#ecdcd6;
--p0:#0072b2;--p1:#d55e00;--p2:#009e73;--p3:#b0568a;--p4:#b57f00;--p5:#3d8fc2;--between:#8c4476}
@media (prefers-color-scheme:dark){:root{--paper:#16171a;--ink:#ebe8e1;--soft:#a8a49b;--line:#383a3f;--wash:#202226;--mark:#37321f;--pain:#3b2825;
--p0:#56b4e9;--p1:#e69f00;--p2:#2fc49a;--p3:#dc94bc;--p4:#f0e442;--p5:#8fc9ee;--between:#dc94bc}}
@media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#ccc;--wash:#f4f4f4;--mark:#eee;--pain:#eee;
--p0:#0072b2;--p1:#d55e00;--p2:#009e73;--p3:#b0568a;--p4:#b57f00;--p5:#3d8fc2;--between:#8c4476}}
.p0{--c:var(--p0)}.p1{--c:var(--p1)}.p2{--c:var(--p2)}.p3{--c:var(--p3)}.p4{--c:var(--p4)}.p5{--c:var(--p5)}
`

const type = `
*{box-sizing:border-box}
html{font:17px/1.6 ui-serif,"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",P052,Georgia,"DejaVu Serif",serif;background:var(--paper);color:var(--ink);
-webkit-text-size-adjust:100%;scroll-behavior:smooth;overflow-wrap:break-word}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0}
main{max-width:64rem;margin:0 auto;padding:3.5rem 1.5rem 4rem}
header,section>p,section>h2,section>h3,.verdict,nav,.faults,footer{max-width:44rem}
h1{font-size:clamp(2rem,6vw,3.3rem);line-height:1.08;font-weight:500;letter-spacing:-.015em;margin:.3rem 0 1.2rem}
h1 .names{display:block;font-style:italic}
h2{font-size:1.75rem;line-height:1.2;font-weight:500;letter-spacing:-.01em;margin:4.5rem 0 .6rem}
h3{font-size:1.12rem;font-weight:600;margin:2.2rem 0 .3rem}
h4,.who,.eyebrow,.facts dt,.seat,nav,figcaption,.key,.scale,.clock,th,.pill,.none,.caution,.when,small,.verdict b,.words .field,caption,footer{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
h4,.who{font-size:.78rem;font-weight:600;margin:1rem 0 .25rem}
p{margin:.4rem 0 .9rem}
a{color:inherit;text-underline-offset:.2em}
a:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--p0);outline-offset:2px}
code,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.88em}
pre{background:var(--wash);padding:.8rem 1rem;border-radius:.4rem;overflow-x:auto;max-width:44rem}
.eyebrow{font-size:.78rem;letter-spacing:.04em;color:var(--soft);margin:0}
.what{font-size:1.08rem;color:var(--soft)}
.seat,.none,.caution,figcaption,footer{font-size:.8rem;line-height:1.5;color:var(--soft)}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem}
.verdict{margin:2.2rem 0 0}
.verdict ol{list-style:none;margin:0;padding:0;border-top:1px solid var(--ink)}
.verdict li{display:grid;grid-template-columns:5.5rem 1fr;gap:.2rem 1rem;padding:1rem 0;border-bottom:1px solid var(--line)}
.verdict b{font-size:.78rem;font-weight:600;padding-top:.35rem}
.verdict li p{font-size:1.18rem;line-height:1.45;margin:0}
.facts{display:flex;flex-wrap:wrap;gap:.8rem 2.2rem;margin:1.6rem 0}
.facts div{min-width:0}.facts dt{font-size:.74rem;color:var(--soft)}.facts dd{margin:0;font-variant-numeric:tabular-nums lining-nums}
.caution{border-left:2px solid var(--line);padding-left:.9rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;padding:0;margin:2.4rem 0 0;font-size:.85rem}
@media (max-width:40rem){html{font-size:16px}main{padding:2rem 1.1rem 3rem}h2{margin-top:3.4rem}.verdict li{grid-template-columns:1fr}.verdict li p{font-size:1.08rem}}
`

const figures = `
figure{margin:1.2rem 0 1.6rem}
figcaption{margin-top:.6rem;max-width:44rem}
.plot{display:grid;grid-template-columns:3.2rem minmax(0,1fr);gap:.6rem}
.field{position:relative;min-width:0}
.field>svg{display:block;width:100%;height:100%;overflow:visible}
.scale{position:relative;font-size:.68rem;line-height:1;color:var(--soft);text-align:right}
.scale span{position:absolute;right:0;transform:translateY(-50%);font-variant-numeric:tabular-nums}
.scale b{font-weight:400;display:block;padding-top:.1rem}
.parts{list-style:none;margin:0;padding:0;height:100%;display:grid;grid-auto-rows:1fr;align-items:center;font-size:.6rem;line-height:1}
.clock .field{height:1.3rem}
.clock span{position:absolute;top:.3rem;transform:translateX(-50%);font-size:.68rem;line-height:1;color:var(--soft);font-variant-numeric:tabular-nums}
svg path,svg rect{vector-effect:non-scaling-stroke}
.grid{stroke:var(--line);stroke-width:1;fill:none}
.line{fill:none;stroke:var(--c,var(--ink));stroke-width:1.9;stroke-linejoin:round;stroke-linecap:round}
.line.p1{stroke-dasharray:7 4}.line.p2{stroke-dasharray:2 4}.line.p3{stroke-dasharray:9 3 2 3}.line.p4{stroke-dasharray:4 3}.line.p5{stroke-dasharray:12 4}
.line.soft{stroke-width:1.1;opacity:.75}
.line.both{--c:var(--ink);stroke-width:2.2}
.line.between{--c:var(--between);stroke-dasharray:1.5 4;stroke-width:2.6}
.line.group{--c:var(--soft);stroke-width:1.1}.line.g1{stroke-dasharray:6 4}.line.g2{stroke-dasharray:1.5 3.5}.line.g3{stroke-dasharray:9 3 2 3}
.area{fill:var(--c,var(--ink));fill-opacity:.1;stroke:none}.area.strong{fill-opacity:.55}
.band,.band-sample{fill:var(--pain);background:var(--pain)}
.chance,.chance-sample{fill:var(--soft);background:var(--soft);opacity:.22}.chance-sample{width:1.2rem;height:.8rem}
.key{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem 1.3rem;padding:0;margin:.6rem 0 .5rem 3.8rem;font-size:.78rem}
.key li{display:flex;align-items:center;gap:.45rem}
.sample{width:1.75rem;height:.6rem;flex:none}.band-sample{width:1.2rem;height:.8rem}
.lane{margin:0 0 1.1rem}
.lane>.who,.card h3,.turn h4{display:flex;align-items:center;gap:.5rem}
.lane>.who{margin:1rem 0 .25rem 3.8rem}
.lane>.who::before,.card h3::before,.turn h4::before{content:"";width:.7rem;height:.7rem;background:var(--c);flex:none}
.p1>.who::before,.card.p1 h3::before{border-radius:50%}.p2>.who::before,.card.p2 h3::before{transform:rotate(45deg)}
.lane .plot+.plot{margin-top:.2rem}
.lane .field{background:var(--wash)}.lane .words .field,.lane .tracks .field{background:none}
.notes{fill:none;stroke:var(--c)}.notes.thin{stroke-width:3}.notes.thick{stroke-width:5}.notes.deck{stroke-width:6;stroke-opacity:.75}
.shade{fill:var(--c);stroke:none}.s0{opacity:.16}.s1{opacity:.34}.s2{opacity:.56}.s3{opacity:.8}
.beat{stroke:var(--line);stroke-width:1;opacity:.7;fill:none}.barline{stroke:var(--soft);stroke-width:1;opacity:.5;fill:none}
.moment{fill:var(--mark)}
.flags .field{height:.9rem;margin-bottom:-.5rem}
.flag{position:absolute;top:0;font:600 .66rem/1 system-ui,sans-serif;color:var(--soft);white-space:nowrap}.flag.left{transform:translateX(calc(-100% + .2rem))}
.words .field{height:2.1rem}
.words span{position:absolute;font-size:.7rem;line-height:1;white-space:nowrap}.words .r0{top:.2rem}.words .r1{top:1.15rem}
.scroll{overflow-x:auto;-webkit-overflow-scrolling:touch}
.wide{min-width:60rem;padding-top:.2rem}.wide.decks{min-width:46rem}
.slide{display:none}
.tracks .field{height:1.7rem}
.track{position:absolute;top:0;bottom:0;overflow:hidden;border-left:2px solid var(--c);font:.72rem/1.7rem system-ui,sans-serif;white-space:nowrap;padding-left:.35rem}
.track bdi{position:relative;z-index:1}
.section{position:absolute;top:0;bottom:0;background:var(--c);opacity:.12}.section.build{opacity:.22}.section.drop{opacity:.38}.section.break{opacity:.18}.section.intro,.section.outro{opacity:.08}
.tone{stroke:none;fill:var(--soft)}.tone.flat{opacity:.22}.tone.down{opacity:.1}.tone.up{opacity:.85}.tone.kill{fill:none;stroke:var(--soft);stroke-width:1;stroke-dasharray:2 2}
.loop{stroke:var(--c);stroke-width:3;fill:none}
@media (max-width:40rem){.clock .odd{display:none}.plot{grid-template-columns:2.4rem minmax(0,1fr);gap:.4rem}.key,.lane>.who{margin-left:2.8rem}.slide{display:block;font:.74rem system-ui,sans-serif;color:var(--soft);margin:.2rem 0 .4rem}}
`

const parts = `
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:1.6rem;margin-top:1.2rem}
.card{border-top:1px solid var(--ink);padding-top:.9rem;min-width:0}
.card h3{margin:0;font-size:1.3rem;font-weight:500}
.persona{font-style:italic}
.taste{list-style:none;margin:0;padding:0;font:.78rem/1.5 system-ui,sans-serif;max-width:22rem}
.taste li{display:grid;grid-template-columns:4.2rem 1fr 2rem;align-items:center;gap:.5rem}
.taste i{height:.5rem;background:var(--c);min-width:1px}.taste em{font-style:normal;color:var(--soft);font-variant-numeric:tabular-nums}
.refrain{display:flex;gap:2px;max-width:22rem;margin:.2rem 0 .6rem}
.refrain i{flex:1;height:1rem;border-bottom:2px solid var(--line)}.refrain .on{background:var(--c);border-color:var(--c)}
table.rubbing td{white-space:nowrap}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.45rem .9rem .45rem 0;border-bottom:1px solid var(--line)}
th{font-size:.8rem;font-weight:400}thead th{color:var(--soft);border-bottom-color:var(--ink)}
td{font-size:.92rem;line-height:1.45}
.numbers{margin-top:1.8rem}.numbers caption{text-align:left;font-size:.86rem;font-weight:600;padding:.3rem 0}
.numbers th[scope=row]{width:13rem}
.value{font-variant-numeric:tabular-nums lining-nums;width:8.5rem}.pole{min-width:11rem}
.value small{display:block;color:var(--soft);font-size:.72rem;line-height:1.4}
.bar{position:relative;display:block;height:.35rem;background:var(--wash);max-width:7rem;margin-top:.3rem}.bar i{display:block;height:100%;background:var(--ink)}
.bar i.chance{position:absolute;top:-.15rem;height:.65rem;background:var(--soft);opacity:.4}.chance-words{display:block}
.turns,.faults{list-style:none;padding:0;margin:1rem 0}
.slot{margin:0 0 1.6rem}.slot h3{margin:0 0 .6rem;font-weight:500;font-style:italic;color:var(--soft);font-size:1rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:1rem 2rem}
.turn{border-left:3px solid var(--c);padding:.1rem 0 .1rem 1rem;min-width:0}
.turn h4{margin:0 0 .2rem}.turn h4::before{display:none}
.said{margin:0 0 .4rem;white-space:pre-wrap;overflow-wrap:anywhere}
.act{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.82em}
.other{font-style:italic}.cut{color:var(--soft)}
.moves{margin:0;display:flex;flex-wrap:wrap;gap:.35rem}
.pill{font-size:.74rem;line-height:1.3;border:1px solid var(--line);border-radius:1rem;padding:.12rem .65rem}
.faults li{display:grid;grid-template-columns:4.2rem 5rem 1fr;gap:.2rem .8rem;padding:.45rem 0;border-bottom:1px solid var(--line);font-size:.92rem;overflow-wrap:anywhere}
.when{font-size:.76rem;color:var(--soft);padding-top:.15rem}
.hashes{max-width:44rem;margin-top:1.4rem}.hashes caption{text-align:left;font-size:.78rem;color:var(--soft)}.hashes code{overflow-wrap:anywhere}.hashes th{white-space:nowrap}
.glossary{columns:2;column-gap:3rem}.glossary div{break-inside:avoid;padding:.3rem 0}.glossary dt{font-weight:600}.glossary dd{margin:0;color:var(--soft)}
footer{margin-top:4rem;border-top:1px solid var(--line)}
@media (max-width:40rem){
.glossary{columns:1}
.numbers thead{position:absolute;left:-99rem}
.numbers,.numbers caption,.numbers tbody,.numbers th,.numbers td{display:block}
.numbers tr{display:grid;grid-template-columns:repeat(auto-fit,minmax(7rem,1fr));border-bottom:1px solid var(--line);padding:.7rem 0;gap:.1rem .8rem}
.numbers caption{border-bottom:1px solid var(--ink)}
.numbers th,.numbers td{border:0;padding:.05rem 0;width:auto;min-width:0}
.numbers th[scope=row]{font-weight:600;width:auto;grid-column:1/-1}
.numbers td::before{content:attr(data-label);display:block;color:var(--soft);font:.7rem/1.5 system-ui,sans-serif}
.numbers.sole .value{grid-column:1/-1}.numbers.sole .value::before{display:none}
.numbers .pole{font-size:.86rem;line-height:1.35;padding-bottom:.2rem}
.faults li{grid-template-columns:1fr}
.hashes th,.hashes td{display:block;border:0;padding:.1rem 0}.hashes tr{display:block;padding:.4rem 0;border-bottom:1px solid var(--line)}}
@media print{
html{font-size:10.5pt}main{max-width:none;padding:0}nav,.skip{display:none}
h2,h3,h4{break-after:avoid}figure,.card,.turn,.lane,tr{break-inside:avoid}
.scroll{overflow:visible}.wide,.wide.decks{min-width:0}.slide{display:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`

export const styles = trusted(colours + type + figures + parts)
