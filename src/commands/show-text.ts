/** A case as text: head, record by groups, what is owed and was done, timeline. */
import type { App } from "../app.ts";
import type { Case } from "../core/case.ts";
import type { CaseEvent } from "../core/event.ts";
import {
  type Evidence,
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  type FieldSpec,
  type Option,
} from "../core/field.ts";
import type { CaseState } from "../core/fold.ts";
import { displayWidth, padText, wrapText } from "../ui/layout.ts";
import { screenLines, screenText } from "../ui/screen-text.ts";
import { labelOf, moneyText, remedyText } from "./case-command.ts";
import { timeline } from "./case-timeline.ts";
import { showTime } from "./read-time.ts";
import type { Shown, Trail } from "./show.ts";

const INDENT = "  ";

/** `label  value`, the value wrapped beside its label. */
function pairs(entries: readonly [string, string][], width: number): string[] {
  const widest = Math.max(0, ...entries.map(([label]) => displayWidth(label)));
  const column = Math.min(widest, Math.max(8, Math.floor(width / 3)));
  const room = Math.max(20, width - column - INDENT.length * 2);
  return entries.flatMap(([label, value]) => {
    const lines = screenLines(value)
      .split("\n")
      .flatMap((line) => wrapText(line, room));
    const heads = displayWidth(label) > column ? [label, ""] : [label];
    const own = heads.length > 1 ? [`${INDENT}${label}`] : [];
    return [
      ...own,
      ...lines.map((line, i) =>
        `${INDENT}${padText(i === 0 && own.length === 0 ? label : "", column)}${INDENT}${line}`.trimEnd(),
      ),
    ];
  });
}

function optionText(app: App, option: Option): string {
  const state = option.approval ? labelOf(app, "approval_state", option.approval) : undefined;
  const taken = app.t("store.option", { accepted: option.accepted ? "yes" : "no" });
  return `${remedyText(app, option)} (${[taken, state].filter(Boolean).join(", ")})`;
}

function valueText(app: App, field: FieldName, value: unknown): string {
  const spec: FieldSpec = FIELDS[field];
  const label = (id: unknown) => labelOf(app, spec.taxonomy ?? field, String(id));
  switch (spec.type) {
    case "bool":
      return app.t("store.yes_no", { value: value === true ? "yes" : "no" });
    case "id":
      return label(value);
    case "ids":
      return (value as unknown[]).map(label).join(", ");
    case "mood":
    case "rating":
      return `${value}/5`;
    case "instant":
      return String(value).includes("T") ? showTime(app, String(value)) : String(value);
    case "number":
      return moneyText(app, value as number, undefined);
    case "evidence":
      return (value as Evidence[])
        .map((e) => app.t("store.evidence", { kind: e.kind, what: e.what, state: e.state }))
        .join("\n");
    case "options":
      return (value as Option[]).map((option) => optionText(app, option)).join("\n");
    default:
      return String(value);
  }
}

const GROUPS = [
  "intake",
  "customer",
  "story",
  "person",
  "wanted",
  "analysis",
  "resolution",
  "outcome",
] as const;

function recordLines(app: App, c: Case, width: number): string[] {
  const words = app.library().words(app.locale).fields;
  const inGroup = (group: string) =>
    FIELD_NAMES.filter((name) => FIELDS[name].group === group && c.record[name] !== undefined);
  return GROUPS.flatMap((group) => {
    const entries = inGroup(group).map((name): [string, string] => [
      words[name]?.label ?? name,
      valueText(app, name, c.record[name]),
    ]);
    return entries.length === 0 ? [] : ["", app.t(`store.group.${group}`), ...pairs(entries, width)];
  });
}

function headLines(app: App, c: Case): string[] {
  const { t } = app;
  const breached = c.escalations.some((e) => e.trigger === "breach");
  const parts: [string, string | undefined][] = [
    ["opened", `${showTime(app, c.opened_at)}, ${c.agent}`],
    ["owner", c.owner],
    [
      "resolve_by",
      c.resolve_by && `${showTime(app, c.resolve_by)}${breached ? ` (${t("store.breached")})` : ""}`,
    ],
    // Once it is resolved, the call-back is what is due.
    ["update_by", c.status === "resolved" ? undefined : c.update_by && showTime(app, c.update_by)],
    ["resolved", c.resolved_at && showTime(app, c.resolved_at)],
    ["closed", c.closed_at && showTime(app, c.closed_at)],
    ["duplicate_of", c.duplicate_of],
    ["appeal_of", c.appeal_of],
    ["source", c.source && `${c.source.name} ${c.source.id}`],
  ];
  const status = [
    labelOf(app, "status", c.status),
    c.status === "draft" ? labelOf(app, "stage", c.stage) : "",
  ];
  const known = parts.filter((p): p is [string, string] => p[1] !== undefined);
  return [
    [c.ref, ...status.filter((s) => s !== ""), c.script.id, c.locale].join("  "),
    ...pairs(
      known.map(([key, value]) => [t(`store.head.${key}`), value]),
      app.io.columns,
    ),
  ];
}

/** What is promised, asked, ordered, waited for: numbered as commands name them. */
function owedLines(app: App, c: Case, width: number): string[] {
  const { t } = app;
  const section = (name: string, lines: string[]): string[] =>
    lines.length === 0
      ? []
      : ["", t(`store.section.${name}`), ...lines.flatMap((line) => entry(line, width))];
  return [
    ...section(
      "promises",
      c.promises.map((p) => {
        const state = labelOf(app, "promise_state", p.state);
        const moved = p.moves.length > 0 ? `, ${t("store.moved", { times: p.moves.length })}` : "";
        return `${p.n}  ${p.what}, ${showTime(app, p.due_at)} (${state}${moved}; ${p.by})`;
      }),
    ),
    ...section(
      "approvals",
      c.approvals.map((a) => {
        const state = a.unverified ? t("store.unverified") : labelOf(app, "approval_state", a.state);
        const who = a.decided_by ? `${a.by} > ${a.decided_by}` : a.by;
        return `${a.n}  ${remedyText(app, a)} (${state}; ${who})${a.why ? `: ${a.why}` : ""}`;
      }),
    ),
    ...section(
      "callbacks",
      c.callbacks.map((b) => {
        const result = b.result ? labelOf(app, "callback_result", b.result) : t("store.callback_due");
        const at = b.at ?? b.due_at;
        const rating = b.satisfaction === undefined ? "" : `, ${b.satisfaction}/5`;
        return `${b.n}  ${result}${at === undefined ? "" : `, ${showTime(app, at)}`}${rating}`;
      }),
    ),
    ...section(
      "dispatches",
      c.dispatches.map(
        (d) =>
          `${d.n}  ${d.to}, ${showTime(app, d.at)}${d.replied_at ? ` > ${showTime(app, d.replied_at)}` : ""}${d.why ? `: ${d.why}` : ""}`,
      ),
    ),
    ...section(
      "waits",
      c.waits.map(
        (w) => `${w.n}  ${showTime(app, w.from)}${w.to ? ` > ${showTime(app, w.to)}` : ""}: ${w.why}`,
      ),
    ),
    ...section(
      "appeals",
      c.appeals.map(
        (a) =>
          `${a.ref}  ${showTime(app, a.at)}${a.outcome ? `: ${labelOf(app, "appeal_outcome", a.outcome)}` : ""}`,
      ),
    ),
  ];
}

function entry(text: string, width: number): string[] {
  return wrapText(screenText(text), Math.max(20, width - 4)).map(
    (line, i) => `${INDENT}${i === 0 ? "" : INDENT}${line}`,
  );
}

/** The whole case: `c` as it is shown, `state` and `events` as they are stored. */
export function caseText(app: App, c: Case, state: CaseState, events: readonly CaseEvent[]): string[] {
  const width = app.io.columns;
  const past = timeline(app, c, state.ids, events).map(([at, text]): [string, string] => [
    showTime(app, at),
    text,
  ]);
  return [
    ...headLines(app, c),
    ...recordLines(app, c, width),
    ...owedLines(app, c, width),
    "",
    app.t("store.section.timeline"),
    ...pairs(past, width),
  ];
}

/** The lines and tips that were on screen. */
export function sayText(app: App, shown: Shown): string[] {
  const entries = shown.map(({ at, kind, step, text }): [string, string] => [
    showTime(app, at),
    `${app.t("store.shown", { kind })} ${step}\n${text}`,
  ]);
  return [
    "",
    app.t("store.section.say"),
    ...(entries.length === 0 ? [`${INDENT}${app.t("store.none")}`] : pairs(entries, app.io.columns)),
  ];
}

/** Every event as it is kept, and who looked. */
export function eventsText(app: App, { events, access }: Trail): string[] {
  const width = app.io.columns;
  const lines = events.flatMap(({ seq, at, by, type, data }) => [
    `${INDENT}${seq}  ${at}  ${screenText(by)}  ${type}`,
    ...wrapText(screenText(JSON.stringify(data)), Math.max(20, width - 6)).map((line) => `      ${line}`),
  ]);
  const looks = access.map(({ at, by, command }) => `${INDENT}${at}  ${screenText(by)}  ${command}`);
  return [
    "",
    app.t("store.section.events"),
    ...lines,
    ...(looks.length === 0 ? [] : ["", app.t("store.section.access"), ...looks]),
  ];
}
