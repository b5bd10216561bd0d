/** The style of the HTML report: light, dark and paper. */
export const STYLE = `
:root{color-scheme:light dark;--page:#f4f6f8;--card:#ffffff;--ink:#17212b;--text:#46535f;--soft:#66737f;--line:#dfe5ea;--blue:#2563a8;--teal:#1c8a7d;--amber:#c77d13;--red:#c0362c;--grey:#8d99a5;--wash:#eef3f8}
@media (prefers-color-scheme:dark){:root{--page:#10161c;--card:#19212a;--ink:#e8eef3;--text:#b3c0cb;--soft:#8c9aa7;--line:#2d3843;--blue:#6aaef2;--teal:#54c7b5;--amber:#efb25c;--red:#f2837a;--grey:#6d7a87;--wash:#202b36}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","PingFang TC","Microsoft YaHei","Microsoft JhengHei","Noto Sans CJK SC","Noto Sans CJK TC","Noto Sans",sans-serif}
main,header,footer{max-width:1180px;margin:0 auto;padding:0 24px}
header{padding-top:36px}
h1{font-size:30px;line-height:1.2;margin:0 0 6px;letter-spacing:-.01em}
h2{font-size:19px;margin:0 0 12px}
p{margin:0 0 8px}
.meta{color:var(--soft);font-size:14px}
.meta span+span::before{content:" · "}
.notice{border-left:4px solid var(--amber);padding:6px 12px;background:var(--wash);border-radius:4px;font-size:14px;margin:12px 0 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px}
.tiles{display:grid;grid-template-columns:repeat(6,1fr);gap:14px;margin:24px 0}
.tile{padding:16px}
.tile b{display:block;font-size:30px;line-height:1.15;font-variant-numeric:tabular-nums;white-space:nowrap}
.tile span{color:var(--soft);font-size:14px}
.tile small{display:block;color:var(--soft);font-size:13px;margin-top:2px}
.top ol{list-style:none;margin:0;padding:0;display:grid;gap:14px}
.top li{display:grid;grid-template-columns:34px 1fr;gap:12px;align-items:start}
.top .n{width:30px;height:30px;border-radius:50%;display:grid;place-items:center;font-weight:600;background:var(--wash);color:var(--text)}
.top .bad .n{background:var(--red);color:var(--card)}
.top strong{margin-right:6px}
code{overflow-wrap:anywhere;font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--soft);user-select:all}
.top code{display:block;margin-top:2px}
.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:18px;margin:18px 0 32px}
figure{margin:0}
figcaption{font-weight:600;margin-bottom:8px}
figure svg{display:block;width:100%;height:auto}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 18px;margin:0 0 4px;padding:0;color:var(--text);font-size:13px}
.legend i{display:inline-block;width:22px;height:11px;border-radius:3px;margin-right:6px}
.legend i.line{height:3px;vertical-align:4px}
details{margin-top:8px;font-size:14px}
summary{cursor:pointer;color:var(--soft)}
.cmd{margin:0}
.cmd summary{list-style:none}
.cmd summary::-webkit-details-marker{display:none}
.cmd summary code{white-space:nowrap;text-decoration:underline dotted;text-underline-offset:3px;user-select:auto}
.cmd[open]>code{display:block;padding:4px 8px;background:var(--wash);border-radius:6px}
h2.all{margin:0 0 6px;font-size:22px}
.hint{color:var(--soft);font-size:14px;margin-bottom:16px}
.sections{columns:2;column-gap:18px}
.sections .card{break-inside:avoid;margin-bottom:18px}
.sections .wide{column-span:all;margin-top:18px}
.sections .wide+.wide{margin-top:0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{padding:6px 10px 6px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{color:var(--soft);font-weight:500}
tbody th{color:var(--ink);font-weight:400}
tr:last-child>*{border-bottom:0}
.num{text-align:right;white-space:nowrap;padding-left:10px}
td.list{padding-left:12px}
td.quote,th.quote{color:var(--text)}
.scroll+.scroll{margin-top:18px}
.note{color:var(--soft);font-size:13px;margin:10px 0 0}
footer{padding-top:8px;padding-bottom:40px;color:var(--soft);font-size:13px}
.none{color:var(--soft);padding:24px 0}
@media (max-width:980px){.tiles{grid-template-columns:repeat(3,1fr)}.charts{grid-template-columns:minmax(0,1fr)}.sections{columns:1}}
@media (max-width:520px){.tiles{grid-template-columns:repeat(2,1fr)}main,header,footer{padding-left:14px;padding-right:14px}h1{font-size:25px}figure svg{width:560px}}
@media print{
:root{color-scheme:light;--page:#fff;--card:#fff;--ink:#000;--text:#333;--soft:#444;--line:#bbb;--blue:#2563a8;--teal:#1c8a7d;--amber:#b36d08;--red:#b02a20;--grey:#777;--wash:#f2f2f2}
@page{size:A4;margin:12mm}
body{font-size:9.5pt;line-height:1.4;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main,header,footer{max-width:none;padding:0}
header{padding-top:0}
h1{font-size:18pt}h2{font-size:11.5pt;margin-bottom:5px}h2.all{font-size:13pt}
.meta,.hint{font-size:8pt}
.card{border-radius:6px;padding:9px 11px;break-inside:avoid}
.tiles{grid-template-columns:repeat(6,1fr);gap:6px;margin:9px 0}
.tile{padding:6px 8px}.tile b{font-size:15pt}.tile span,.tile small{font-size:7pt;line-height:1.25}
.top ol{gap:5px}.top li{grid-template-columns:22px 1fr;gap:7px}.top .n{width:19px;height:19px;font-size:8pt}
.top code{font-size:6.5pt;margin:0}
.charts{grid-template-columns:1fr 1fr;gap:7px;margin:9px 0 14px}
figcaption{font-size:9pt;margin-bottom:2px}.legend{font-size:7pt;margin:0}figure svg{width:100%}
.sections{columns:2;column-gap:9px}
.sections .card{margin-bottom:9px}
.sections .wide{break-inside:auto;margin-top:9px}
h2,h2+.hint,figcaption,thead{break-after:avoid}
tr{break-inside:avoid}
table{font-size:8pt}th,td{padding:2.5px 6px 2.5px 0}code{font-size:6.5pt}
.scroll{overflow:visible}.scroll+.scroll{margin-top:8px}
.note{font-size:7pt;margin-top:4px}
figure details,.more{display:none}.cmd summary code{white-space:nowrap;text-decoration:none}.cmd[open]>code{display:none}
footer{padding:4px 0 0;font-size:7pt}
}
`.trim();
