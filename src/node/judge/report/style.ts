// The looks of a judging report: paper and ink, as the report of a run; light, dark and print.
import { trusted } from '../../report/html.ts'

export const reportStyles = trusted(`
:root{--paper:#fcfbf8;--ink:#1d1c1a;--soft:#5d5a54;--line:#dcd8cf;--mark:#0072b2;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--paper:#16171a;--ink:#ebe8e1;--soft:#a8a49b;--line:#383a3f;--mark:#56b4e9}}
@media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#ccc;--mark:#0072b2}}
*{box-sizing:border-box}
html{font:17px/1.6 ui-serif,"Iowan Old Style","Palatino Linotype",Palatino,Georgia,"DejaVu Serif",serif;background:var(--paper);color:var(--ink);overflow-wrap:break-word}
body{margin:0}
main{max-width:64rem;margin:0 auto;padding:3.5rem 1.5rem 4rem}
p,header{max-width:44rem}
h1{font-size:clamp(2rem,6vw,3.1rem);line-height:1.1;font-weight:500;margin:.3rem 0 1rem}
h2{font-size:1.6rem;line-height:1.2;font-weight:500;margin:3.6rem 0 .6rem}
p{margin:.4rem 0 .9rem}
a{color:inherit}
.eyebrow,.small,small,table,figcaption,.scale,footer,.reasons,summary{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
.eyebrow,.small,figcaption,footer{font-size:.82rem;color:var(--soft)}
.verdict{font-size:1.3rem;line-height:1.4;border-top:1px solid var(--ink);padding-top:.8rem}
.dots{display:grid;grid-template-columns:minmax(6rem,15rem) minmax(0,1fr);column-gap:1rem}
.name{line-height:1.25;min-width:0;padding:.3rem 0;align-self:center}.name small{display:block;font-size:.74rem;color:var(--soft)}
.dots svg{display:block;width:100%;height:100%;min-height:2.6rem;overflow:visible}
.dots line{vector-effect:non-scaling-stroke;stroke:var(--ink);stroke-width:1.5}
.dots .grid{stroke:var(--line);stroke-width:1}.dots .zero{stroke:var(--soft);stroke-width:1}
.dots .thick{stroke:var(--mark);stroke-width:7;opacity:.55}
.dots .dot{stroke:var(--ink);stroke-width:12;stroke-linecap:round}
.scale{position:relative;height:1.4rem}.scale span{position:absolute;transform:translateX(-50%);font-size:.74rem;color:var(--soft)}
figure{margin:1.2rem 0 1.6rem}figcaption{max-width:44rem;margin-top:.5rem}
.scroll{overflow-x:auto;margin:1.2rem 0}
.scroll:focus-visible{outline:2px solid var(--mark);outline-offset:2px}
table{border-collapse:collapse;font-size:.84rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.3rem 0}
.short{white-space:nowrap}
th small{display:block;max-width:20rem;font-size:.76rem;line-height:1.35;color:var(--soft)}
th,td{text-align:left;vertical-align:top;padding:.35rem 1rem .35rem 0;border-bottom:1px solid var(--line)}
th{font-weight:400}thead th{color:var(--soft);border-color:var(--ink)}
.reasons{font-size:.9rem;padding-left:1.1rem}summary{cursor:pointer;font-size:.9rem;padding:.5rem 0}
code{overflow-wrap:anywhere;font-size:.85em}
footer{margin-top:4rem;border-top:1px solid var(--line)}
@media (max-width:40rem){html{font-size:16px}main{padding:2rem 1.1rem 3rem}.dots{grid-template-columns:minmax(0,1fr)}.name{padding:.5rem 0 0}.name:empty{display:none}.dots svg{height:1.8rem;min-height:0}
.scroll table{min-width:100%}tbody th{position:sticky;left:0;max-width:11rem;background:var(--paper)}th small{min-width:9rem}}
`)
