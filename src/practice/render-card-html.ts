/** The scorecard as one self-contained page that a trainer can keep: no network, no script, every text escaped. */
import type { Translate } from "../core/library-port.ts";
import { screenText } from "../ui/screen-text.ts";
import { SKILLS } from "./points.ts";
import { expectedText } from "./render-card.ts";
import type { Scorecard } from "./scorecard.ts";

export interface PageLook {
  t: Translate;
  locale: string;
  stageLabel: (stage: string) => string;
  fieldLabel: (field: string) => string;
  valueLabel: (field: string, id: string) => string;
}

const SIGNS: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const e = (text: string) => screenText(text).replace(/[&<>"']/g, (sign) => SIGNS[sign]!);

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--soft:#8882;--good:#1a7f37;--bad:#b3261e}
*{box-sizing:border-box}body{font:16px/1.5 system-ui,"PingFang SC","PingFang TC","Microsoft YaHei",sans-serif;margin:0 auto;max-width:52rem;padding:1.5rem}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}
.parts{display:grid;grid-template-columns:repeat(4,1fr);gap:.75rem;margin:1rem 0}.part{background:var(--soft);border-radius:.5rem;padding:.6rem .8rem}
.part b{display:block;font-size:1.6rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid var(--line)}
.bar{background:var(--soft);height:.7rem;border-radius:.35rem}.bar i{display:block;height:100%;background:var(--good);border-radius:.35rem}
blockquote{margin:.25rem 0;padding-left:.75rem;border-left:3px solid var(--line)}.point{margin:0 0 1rem}.better{border-color:var(--good)}.own{border-color:var(--bad)}
.note{opacity:.7;font-size:.85rem}svg{width:100%;height:auto;max-height:14rem}@media print{body{max-width:none;padding:0}h2{break-after:avoid}.point{break-inside:avoid}}
@media(max-width:36rem){.parts{grid-template-columns:repeat(2,1fr)}}`;

/** The mood as a line, 5 above and 1 below. */
function moodChart(moods: Scorecard["moods"], title: string): string {
  const step = 60;
  const x = (i: number) => 40 + i * step;
  const y = (mood: number) => 20 + (5 - mood) * 30;
  const width = x(moods.length - 1) + 30;
  const grid = [5, 4, 3, 2, 1]
    .map(
      (m) =>
        `<line x1="30" x2="${width - 10}" y1="${y(m)}" y2="${y(m)}" stroke="currentColor" opacity=".15"/><text x="10" y="${y(m) + 4}" font-size="12" fill="currentColor">${m}</text>`,
    )
    .join("");
  const points = moods.map((m, i) => `${x(i)},${y(m.mood)}`).join(" ");
  const dots = moods
    .map(
      (m, i) =>
        `<circle cx="${x(i)}" cy="${y(m.mood)}" r="4" fill="currentColor"/><text x="${x(i)}" y="165" font-size="12" text-anchor="middle" fill="currentColor">${m.turn}</text>`,
    )
    .join("");
  return `<svg viewBox="0 0 ${width} 175" role="img" aria-label="${e(title)}">${grid}<polyline points="${points}" fill="none" stroke="currentColor" stroke-width="2"/>${dots}</svg>`;
}

function partsOf(card: Scorecard, t: Translate): string {
  const parts = t("practice.card_parts", {
    outcome: card.outcome,
    process: card.process,
    treatment: card.treatment,
  }).split(/\s{2,}/);
  const cell = (text: string) => {
    const at = text.lastIndexOf(" ");
    return `<div class="part">${e(text.slice(0, at))}<b>${e(text.slice(at + 1))}</b></div>`;
  };
  return `<div class="parts"><div class="part">${e(t("practice.card_total"))}<b>${card.score}</b></div>${parts.map(cell).join("")}</div>`;
}

function skillsOf(card: Scorecard, t: Translate): string {
  const rows = SKILLS.map(
    (s) =>
      `<tr><td>${e(t(`practice.skill_${s.replaceAll("-", "_")}`))}</td><td style="width:50%"><div class="bar"><i style="width:${card.skills[s]}%"></i></div></td><td>${card.skills[s]}</td></tr>`,
  );
  return `<table>${rows.join("")}</table>`;
}

function pointsOf(card: Scorecard, { t, stageLabel }: PageLook): string {
  if (card.points.length === 0) return `<p>${e(t("practice.card_no_points"))}</p>`;
  return card.points
    .map(
      (p) =>
        `<div class="point"><b>${e(t("practice.card_turn", { turn: p.turn, stage: stageLabel(p.stage) }))}</b><blockquote class="own">${e(p.line.trim() || t("practice.card_nothing"))}</blockquote>${e(t("practice.card_rule", { rule: p.rule, source: p.source }))}<blockquote class="better">${e(p.better)}</blockquote></div>`,
    )
    .join("");
}

function talkOf(card: Scorecard, t: Translate): string {
  const rows = card.turns.map(
    (turn) =>
      `<tr><th>${turn.turn}</th><td>${e(t("practice.card_customer"))}: ${e(turn.says)}<br>${e(t("practice.card_you"))}: ${e(turn.line)}</td><td>${turn.mood}</td></tr>`,
  );
  return `<table>${rows.join("")}</table>`;
}

function recordOf({ record }: Scorecard, look: PageLook): string {
  const { t, fieldLabel } = look;
  if (!record) return "";
  const rows = record.differ.map(
    ({ field, expected }) =>
      `<li>${e(t("practice.card_differ", { field: fieldLabel(field), expected: expectedText(field, expected, look) }))}</li>`,
  );
  return `<h2>${e(t("practice.card_record", { right: record.right, total: record.total }))}</h2><ul>${rows.join("")}</ul>`;
}

/** The page as one string. */
export function renderCardHtml(card: Scorecard, look: PageLook): string {
  const { t, locale, stageLabel } = look;
  const title = t("practice.card_title", { title: card.title, level: card.level });
  const list = (items: readonly string[]) => `<ol>${items.map((i) => `<li>${e(i)}</li>`).join("")}</ol>`;
  const tries = card.tries.map(
    (x) => `${t("practice.card_turn", { turn: x.turn, stage: stageLabel(x.stage) })}: ${x.line}`,
  );
  return `<!doctype html>
<html lang="${e(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${e(title)}</title><style>${STYLE}</style></head><body>
<h1>${e(title)}</h1><p>${e(t("practice.card_ending", { ending: card.ending }))}</p>
${partsOf(card, t)}
<h2>${e(t("practice.card_moods"))}</h2>${moodChart(card.moods, t("practice.card_moods"))}
<h2>${e(t("practice.card_skills"))}</h2>${skillsOf(card, t)}
<h2>${e(t("practice.card_points"))}</h2>${pointsOf(card, look)}
<h2>${e(t("practice.card_work"))}</h2>${list(card.work_on)}
${tries.length > 0 ? `<h2>${e(t("practice.card_tries"))}</h2>${list(tries)}` : ""}
${recordOf(card, look)}
<h2>${e(t("practice.card_talk"))}</h2>${talkOf(card, t)}
<p>${e(t("practice.card_truth", { text: card.truth }))}</p><p>${e(t("practice.card_lesson", { text: card.lesson }))}</p>
<p class="note">${e(t("practice.card_keep"))}</p>
</body></html>
`;
}
