/** The end of a run: what the case becomes, and what the agent is told about it. */

import { spokenDeadline } from "../core/blanks-spoken.ts";
import type { EventDraft } from "../core/event.ts";
import { activeSteps, isAnswered } from "../core/next-step.ts";
import { attemptsOf, hasContact, owedOf } from "../core/owed.ts";
import type { Outcome } from "../core/question.ts";
import { callbackDrafts, callbackFinding, statusAfter } from "../core/status.ts";
import { type Call, commit, talkAt } from "./call.ts";

type Done = Outcome & { type: "done" };

function endDrafts(call: Call): EventDraft[] {
  const { state, run, library, t } = call;
  if (run.kind === "call-back") {
    return callbackDrafts(state, run, library.policy(), t("call.reopen_why"));
  }
  if (run.kind === "progress") {
    const channel = call.channel ?? String(state.case.record.callback_channel ?? "phone");
    return [
      { type: "contacted", data: { run: run.id, channel, direction: "out" } },
      { type: "finished", data: { run: run.id } },
    ];
  }
  const isFirst = state.runs[0]?.id === run.id;
  return [{ type: "finished", data: { run: run.id, ...(isFirst ? statusAfter(state) : {}) } }];
}

/** What is still owed, one line each. */
function owedLines(call: Call): string[] {
  const { promises, approvals } = owedOf(call.state.case);
  const talk = talkAt(call, { stage: "follow-up" });
  const labels = call.library.words(call.run.locale).labels.remedy ?? {};
  return [
    ...promises.map((p) =>
      call.t("call.owed_promise", {
        what: p.what,
        due: spokenDeadline(p.due_at, talk) ?? p.due_at,
        by: p.by,
      }),
    ),
    ...approvals.map((a) =>
      call.t("call.owed_approval", { what: labels[a.remedy] ?? a.remedy, n: a.n, ref: call.state.case.ref }),
    ),
  ];
}

function callbackLine(call: Call): string[] {
  const due = call.state.case.callbacks.find((c) => c.at === undefined && c.due_at !== undefined)?.due_at;
  if (due === undefined) return [];
  const talk = talkAt(call, { stage: "follow-up" });
  return [call.t("call.callback_due", { due: spokenDeadline(due, talk) ?? due, ref: call.state.case.ref })];
}

function doneLines(call: Call): string[] {
  const { state, run, t, library } = call;
  const status = library.words(run.locale).labels.status?.[state.case.status] ?? state.case.status;
  const lines = [t("call.done", { ref: state.case.ref, status })];
  const finding = run.kind === "call-back" ? callbackFinding(run) : undefined;
  if (finding === "dissatisfied") {
    const to = state.case.escalations.at(-1)?.to ?? "";
    lines.push(t("call.done_reopened", { to: t("call.level", { level: to }) }));
  }
  if (state.close_when_settled !== undefined) lines.push(t("call.done_waits"));
  if (finding === "not_reached") lines.push(...notReachedLines(call));
  if (run.fields.get("new_problem")) lines.push(t("call.done_new_problem"));
  return [...lines, ...owedLines(call), ...callbackLine(call)];
}

function notReachedLines(call: Call): string[] {
  const { attempts } = call.library.policy().callback;
  const made = attemptsOf(call.state.case);
  return made >= attempts ? [call.t("call.done_may_close", { count: made, ref: call.state.case.ref })] : [];
}

/** Ends the run after its last answer. */
export function finishRun(call: Call): Done {
  commit(call, endDrafts(call));
  const done: Done = { type: "done", case: call.state.case, paused: false, lines: doneLines(call) };
  call.over = done;
  return done;
}

const WANTED = ["words", "category", "customer_name"] as const;

/** What a run that was broken off leaves unasked: required steps, and what nobody can work without. */
function missingNames(call: Pick<Call, "state" | "run" | "script" | "library" | "t">): string[] {
  const { state, run, script, library, t } = call;
  const labels = library.words(run.locale).fields;
  const left = activeSteps(script, state).filter(
    (s) => !isAnswered(s, run) && !s.optional && s.kind !== "say",
  );
  const fields = new Set<string>([
    ...left.flatMap((s) => s.records ?? []),
    ...WANTED.filter((field) => state.case.record[field] === undefined),
  ]);
  const names = [...fields].map((field) => labels[field]?.label ?? field);
  const other = left.filter((s) => !s.records).map((s) => s.ask);
  const contact = hasContact(state.case.record) ? [] : [t("call.contact")];
  return [...names, ...other, ...contact];
}

/** The customer is gone: the run ends as it is, the case becomes open, and ringing back is proposed. */
export function endRun(call: Call, reason: "cut_off" | "refused" | "abuse" | "other"): Done {
  const isFirst = call.state.runs[0]?.id === call.runId;
  // A customer who said that it is not solved and hung up has said enough: the case climbs all the same.
  const climbs = call.run.kind === "call-back" && callbackFinding(call.run) === "dissatisfied";
  commit(call, [
    { type: "finished", data: { run: call.runId, ended: reason, ...(isFirst ? { status: "open" } : {}) } },
    ...(climbs ? endDrafts(call).filter((d) => d.type === "reopened" || d.type === "escalated") : []),
  ]);
  const { record, ref } = call.state.case;
  const missing = missingNames(call);
  const isWanted = record.contact_ok !== false && reason !== "refused";
  const proposal = !isWanted ? "no_ring_back" : hasContact(record) ? "ring_back" : "ring_back_unknown";
  const done: Done = {
    type: "done",
    case: call.state.case,
    paused: false,
    lines: [
      call.t("call.ended", { ref, reason }),
      ...(missing.length > 0 ? [call.t("call.missing", { list: missing.join(call.t("call.comma")) })] : []),
      ...owedLines(call),
      call.t(`call.${proposal}`, { ref }),
    ],
    extra: { missing },
  };
  call.over = done;
  return done;
}
