/** The events of an imported complaint. */
import { authorityOf } from "../core/authority.ts";
import type { Clock, EventData, EventDraft } from "../core/event.ts";
import type { CaseRecord, Option } from "../core/field.ts";
import type { Uuid } from "../core/id.ts";
import type { Locale } from "../core/locale.ts";
import type { Policy } from "../core/policy.ts";
import type { Mood, Stage } from "../core/stage.ts";
import type { Deadlines } from "./deadlines.ts";
import type { MappedRow } from "./map-rows.ts";
import { eventIds } from "./row-digest.ts";

export interface DraftContext {
  source: string;
  locale: Locale;
  /** Who imports; takes what the file gives to nobody. */
  agent: string;
  policy: Policy;
  /** Where an amount comes without one. */
  currency: string | undefined;
  deadlines: Deadlines;
}

/** Stands for the script of a conversation that was not led here. */
export const IMPORT_SCRIPT = { id: "import", hash: "" };

/** Fields that are not answers but follow from others, or have events of their own. */
const APART = [
  "mood_start",
  "mood_peak",
  "mood_end",
  "remedy",
  "amount",
  "currency",
  "class",
  "closed_reason",
] as const;

const MARKS: readonly [keyof CaseRecord & string, Stage][] = [
  ["mood_start", "listen"],
  ["mood_peak", "analyze"],
  ["mood_end", "follow-up"],
];

/** What was given there: the options that a remedy with its amount means, each with its class. */
function optionsOf(
  values: CaseRecord,
  context: DraftContext,
): Pick<EventData["imported"], "authority"> & { options?: Option[] } {
  const { remedy, amount, class: given } = values;
  const currency = values.currency ?? (amount === undefined ? undefined : context.currency);
  const own =
    remedy === undefined
      ? []
      : [
          {
            remedy,
            ...(amount === undefined ? {} : { amount }),
            ...(currency === undefined ? {} : { currency }),
            accepted: true,
          },
        ];
  const options: Option[] = values.options ?? own;
  if (options.length === 0) return {};
  const authority = options.map((option) => {
    const kind =
      given ?? authorityOf(option.remedy, option.amount, option.currency, "agent", context.policy).class;
    return { ...(kind === undefined ? {} : { class: kind }), beyond: false };
  });
  return { options, authority };
}

function recordOf(values: CaseRecord, options: Option[] | undefined): Record<string, unknown> {
  const record: Record<string, unknown> = { ...values };
  for (const field of APART) delete record[field];
  return options ? { ...record, options } : record;
}

function closingOf(row: MappedRow): Partial<EventData["imported"]> {
  const at = new Date((row.closed ?? row.opened).ms).toISOString();
  const reason = row.values.closed_reason;
  if (row.status === "resolved") return { status: "resolved", resolved_at: at };
  if (row.status !== "closed") return {};
  return { status: "closed", closed_at: at, ...(reason === undefined ? {} : { closed_reason: reason }) };
}

/** The events of a row, under ids that are the same wherever it is imported. */
export function draftsOf(row: MappedRow, importId: Uuid, context: DraftContext): EventDraft[] {
  const at = new Date(row.opened.ms).toISOString();
  const by = row.agent ?? context.agent;
  const { options, authority } = optionsOf(row.values, context);
  const clock: Clock = context.deadlines(row);
  const moods = MARKS.flatMap(([field, stage]): EventDraft[] => {
    const mood = row.values[field] as Mood | undefined;
    return mood === undefined ? [] : [{ type: "mood", at, by, data: { stage, mood } }];
  });
  const drafts: EventDraft[] = [
    {
      type: "opened",
      at,
      by,
      data: {
        script: IMPORT_SCRIPT,
        locale: context.locale,
        ...(row.owner === undefined ? {} : { owner: row.owner }),
        source: { name: context.source, id: row.sourceId },
      },
    },
    ...moods,
    {
      type: "imported",
      data: {
        import: importId,
        source: context.source,
        source_id: row.sourceId,
        row: row.line,
        content: row.content,
        values: recordOf(row.values, options),
        ...(authority ? { authority } : {}),
        ...closingOf(row),
        ...(Object.keys(clock).length > 0 ? { clock } : {}),
      },
    },
    ...(row.note === undefined ? [] : [{ type: "noted", data: { text: row.note } } as EventDraft]),
  ];
  const idOf = eventIds(row.caseId);
  return drafts.map((draft, n) => ({ ...draft, id: idOf(n) }));
}
