/** Appeals of earlier cases, settled by somebody who never touched them, or not yet. */
import type { EventDraft } from "../core/event.ts";
import { newId, type Uuid } from "../core/id.ts";
import { HOUR, officeTime } from "./agenda.ts";
import { tell } from "./case-plan.ts";
import { startHistory } from "./history.ts";
import { freeId, type Making } from "./making.ts";
import { createChance } from "./random.ts";
import { AGENTS, LEADS, TEXTS } from "./stories.ts";

const DAY = 86_400_000;

/** An appeal of an earlier case, settled by somebody who never touched it, or not yet. */
export function makeAppeals(making: Making, count: number): { caseId: Uuid; drafts: EventDraft[] }[] {
  const { options, context } = making;
  const chance = createChance(`${options.seed}/appeals`);
  const old = making.appealable.filter((a) => a.at < +options.now - DAY);
  const batch: { caseId: Uuid; drafts: EventDraft[] }[] = [];
  for (let i = 0; i < count && old.length > 0; i++) {
    const [about] = old.splice(chance.int(0, old.length - 1), 1);
    const { plan, id: aboutId } = about!;
    const asked = officeTime(about!.at + chance.int(2, 90) * HOUR, { chance, timeZone: options.timeZone });
    const at = Math.min(asked, +options.now - 2 * HOUR);
    const to = chance.pick(AGENTS.filter((name) => name !== plan.agent));
    const why = tell(TEXTS.appeal, plan.locale, chance);
    const appeal = freeId(at, chance, making.refs);
    const history = startHistory(appeal, chance, context);
    const script = making.scripts("appeal", plan.locale);
    const pin = { id: script.id, hash: script.hash };
    const run = history.newId(at);
    const by = chance.pick(LEADS);
    const add = (when: number, who: string, draft: EventDraft) => history.add(when, who, draft);
    add(at, by, {
      type: "opened",
      data: { script: pin, locale: plan.locale, owner: to, appeal_of: aboutId },
    });
    add(at, by, { type: "run-started", data: { run, kind: "appeal", script: pin, locale: plan.locale } });
    for (const field of [
      "channel",
      "customer_name",
      "customer_phone",
      "category",
      "cause",
      "department",
      "severity",
    ])
      if (plan.fields[field] !== undefined)
        add(at, by, { type: "answered", data: { run, field, value: plan.fields[field] } });
    add(at, by, { type: "answered", data: { run, field: "summary", value: why } });
    add(at, by, { type: "finished", data: { run, status: "open" } });
    history.commit();
    const about2: EventDraft[] = [
      { type: "appealed", data: { appeal, to, why }, at: new Date(at).toISOString(), by },
    ];
    const settled = officeTime(at + chance.int(30, 200) * HOUR, history);
    if (settled < +options.now) {
      const outcome = chance.pick(["upheld", "partly", "not"] as const);
      const data = { outcome, why, appeal };
      add(settled, to, { type: "appeal-settled", data });
      add(settled, to, {
        type: "resolved",
        data: {
          outcome: outcome === "upheld" ? "resolved_later" : outcome === "partly" ? "partly" : "not_upheld",
        },
      });
      history.commit();
      about2.push({ type: "appeal-settled", data, at: new Date(settled).toISOString(), by: to });
    }
    const withIds = about2.map(
      (draft) => ({ ...draft, id: newId(Date.parse(draft.at!), chance.bytes) }) as EventDraft,
    );
    batch.push({ caseId: appeal, drafts: history.drafts() }, { caseId: aboutId, drafts: withIds });
  }
  return batch;
}
