/** `approve`: a lead decides what was beyond an agent's authority, or makes an offline code; an agent enters one. */
import type { App, Run } from "../app.ts";
import { answerByCode } from "../call/pending-code.ts";
import { type CodeFault, makeCode } from "../core/approval-code.ts";
import type { ApprovalRecord, Case } from "../core/case.ts";
import { refused, usage } from "../core/errors.ts";
import type { EventDraft } from "../core/event.ts";
import { amountProblem } from "../core/field.ts";
import type { CaseState } from "../core/fold.ts";
import { plainBase32, showRef } from "../core/id.ts";
import { ownKey, ownPublicKey, trustedKeys } from "./approval-keys.ts";
import {
  flagText,
  labelOf,
  meantCase,
  needFlag,
  needNumber,
  needOneOf,
  printCase,
  remedyText,
} from "./case-command.ts";
import { caseRefOf } from "./case-of.ts";
import { changeCase } from "./case-writing.ts";
import { readText } from "./read-text.ts";
import { showTime } from "./read-time.ts";

type Flags = Parameters<Run>[1]["flags"];

function decidedAlready(app: App, ref: string, { n, state, decided_by }: ApprovalRecord) {
  const label = labelOf(app, "approval_state", state);
  return refused(
    "decided_already",
    app.t("case.decided_already", { ref, n, state: label, by: decided_by ?? "" }),
    app.t("case.hint_show", { ref }),
  );
}

/** Nothing waits: of two leads at once the second is told who was first. */
function noneWaits(app: App, { case: { ref, approvals } }: CaseState, n: number | undefined) {
  const hint = app.t("case.hint_show", { ref });
  const last = n === undefined ? approvals.at(-1) : approvals[n - 1];
  if (last && last.state !== "pending") return decidedAlready(app, ref, last);
  return n === undefined
    ? refused("not_allowed", app.t("case.nothing_pending", { ref }), hint)
    : refused("not_found", app.t("case.no_approval", { ref, n }), hint);
}

/** Which pending request is meant: the only one, or number `n`. */
function pendingOne(
  app: App,
  state: CaseState,
  n: number | undefined,
): { approval: ApprovalRecord; id: string } {
  const { ref, approvals } = state.case;
  const pending = approvals.filter((a) => a.state === "pending");
  const meant = n === undefined ? pending : approvals.filter((a) => a.n === n);
  const [approval] = meant;
  if (!approval) throw noneWaits(app, state, n);
  if (meant.length > 1) {
    const lines = meant.map((a) => `${a.n}: ${remedyText(app, a)}`);
    throw refused(
      "ambiguous",
      app.t("case.several_pending", { ref }),
      lines.join("; "),
      lines.map((message) => ({ message })),
    );
  }
  if (approval.state !== "pending") throw decidedAlready(app, ref, approval);
  return { approval, id: state.ids.approvals[approval.n - 1]! };
}

function decide(app: App, state: CaseState, n: number | undefined, deny: boolean, why: string): EventDraft {
  const { approval, id } = pendingOne(app, state, n);
  if (approval.by === app.agent)
    throw refused(
      "own_request",
      app.t("case.own_request", { n: approval.n }),
      app.t("case.own_request_hint"),
    );
  return { type: deny ? "denied" : "approved", data: { approval: id, why } };
}

async function decidePending(app: App, [ref, n]: readonly string[], flags: Flags): Promise<void> {
  app.needRole("lead");
  const number = n === undefined ? undefined : needNumber(app, "n", n);
  const why = needFlag(app, flags, "why");
  const deny = flags.deny === true;
  const { store, id } = await meantCase(app, ref);
  let chosen = 0;
  const state = changeCase(app, store, id, (now) => {
    chosen = pendingOne(app, now, number).approval.n;
    return [decide(app, now, number, deny, why)];
  });
  printDecided(app, state.case, chosen, deny ? "case.denied" : "case.approved");
}

function printDecided(app: App, c: Case, n: number, message: "case.denied" | "case.approved"): void {
  printCase(app, c, () => [
    app.t(message, { ref: c.ref, n, what: remedyText(app, c.approvals[n - 1]!) }),
    ...(c.status === "closed" ? [app.t("case.closed_now", { ref: c.ref })] : []),
  ]);
}

/** A lead's code that came after the call: whoever has it may enter it, as in a call. */
async function enterCode(app: App, [ref, n]: readonly string[], flags: Flags): Promise<void> {
  for (const other of ["deny", "code", "publicKey"])
    if (flags[other] === true) throw usage("conflict", app.t("case.use_alone"), app.t("cli.error.see_help"));
  const number = n === undefined ? undefined : needNumber(app, "n", n);
  const code = await readText(app, needFlag(app, flags, "use"));
  const { store, id } = await meantCase(app, ref);
  let chosen: ApprovalRecord | undefined;
  const state = changeCase(app, store, id, (now) => {
    const answer = answerByCode(code, {
      state: now,
      events: store.events(id),
      keys: trustedKeys(app),
      now: app.now(),
      remedies: app.library().taxonomies().remedy ?? [],
      ...(number === undefined ? {} : { n: number }),
    });
    if (!answer.ok) throw codeRefused(app, now, number, answer.reason);
    chosen = answer.asked;
    return [answer.draft];
  });
  printDecided(app, state.case, chosen!.n, "case.approved");
}

function codeRefused(app: App, state: CaseState, n: number | undefined, reason: CodeFault | "no_pending") {
  const { ref } = state.case;
  if (reason === "no_pending") return noneWaits(app, state, n);
  return refused(`code_${reason}`, app.t(`call.code_${reason}`), app.t("case.hint_show", { ref }));
}

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST_DAYS = 366;

/** `4h`, `30m`, `2d` from now. Throws a usage error (exit 2) for another form. */
function expiryOf(app: App, flags: Flags): Date {
  const text = flagText(flags, "expires") ?? `${app.library().policy().approval_code.hours}h`;
  const parts = /^(\d{1,5})([mhd])$/i.exec(text.normalize("NFKC").trim());
  const ms = parts ? Number(parts[1]) * UNIT_MS[parts[2]!.toLowerCase()]! : 0;
  if (ms <= 0 || ms > LONGEST_DAYS * UNIT_MS.d!)
    throw usage(
      "invalid_value",
      app.t("cli.error.not_in_set", { name: "--expires", value: text }),
      "30m, 4h, 2d",
    );
  return new Date(+app.now() + ms);
}

/** Remedy and sum of a code. A sum that cannot be is refused (exit 1); a text that is no number is wrong usage. */
function termsOf(app: App, flags: Flags): { remedy: string; amount?: number; currency?: string } {
  const library = app.library();
  const remedy = needOneOf(
    app,
    "--remedy",
    needFlag(app, flags, "remedy"),
    library.taxonomies().remedy ?? [],
  );
  const text = flagText(flags, "amount")?.normalize("NFKC").trim();
  if (text === undefined) return { remedy };
  const currency = (flagText(flags, "currency") ?? app.config.currency ?? library.words(app.locale).currency)
    .trim()
    .toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency))
    throw usage(
      "invalid_value",
      app.t("cli.error.not_in_set", { name: "--currency", value: currency }),
      "CNY, TWD, USD, EUR",
    );
  if (!/^[+-]?\d+(\.\d+)?$/.test(text))
    throw usage(
      "invalid_value",
      app.t("cli.error.not_in_set", { name: "--amount", value: text }),
      "120, 99.50",
    );
  const amount = Number(text);
  const problem = amountProblem(amount, currency);
  if (problem)
    throw refused(
      "invalid_amount",
      app.t("case.bad_amount", {
        code: problem.code,
        amount: text,
        currency,
        digits: problem.expected ?? "",
      }),
    );
  return { remedy, amount, currency };
}

/** The whole ref a code is for: a case here, or eight characters of one that is not. */
async function wholeRef(app: App, given: string): Promise<string> {
  const store = await app.reader();
  const plain = plainBase32(given);
  const isWhole = plain?.length === 8;
  if (isWhole && (!store || store.find(given).kind === "none")) return showRef(plain);
  return caseRefOf(app, store, given);
}

async function makeOffline(app: App, [given = "", extra]: readonly string[], flags: Flags): Promise<void> {
  app.needRole("lead");
  if (extra !== undefined)
    throw usage("excess_arguments", app.t("cli.error.excessArguments"), app.t("cli.error.see_help"));
  const terms = termsOf(app, flags);
  const expires = expiryOf(app, flags);
  const ref = await wholeRef(app, given);
  let code: string;
  try {
    code = makeCode({ ref, ...terms }, ownKey(app), expires, app.random(4));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refused("invalid_amount", app.t("case.amount_too_big"));
  }
  const expires_at = new Date(Math.floor(+expires / 1000) * 1000).toISOString();
  app.print({
    json: { code, ref, ...terms, expires_at, by: app.agent },
    text: () =>
      [
        code,
        "",
        app.t("case.code_made", { ref, what: remedyText(app, terms), when: showTime(app, expires_at) }),
      ].join("\n"),
  });
}

export const run: Run = async (app, { args, flags }) => {
  if (flags.use !== undefined) return enterCode(app, args, flags);
  if (flags.publicKey === true) {
    app.needRole("lead");
    const public_key = ownPublicKey(app);
    app.print({ json: { name: app.agent, public_key }, text: () => public_key });
    app.notice(app.t("case.public_key_next", { name: app.agent, key: public_key }));
    return;
  }
  if (args[0] === undefined)
    throw usage(
      "missing_argument",
      app.t("cli.error.missingArgument", { name: "ref" }),
      app.t("cli.error.see_help"),
    );
  if (flags.code === true) await makeOffline(app, args, flags);
  else await decidePending(app, args, flags);
};
