/** `new`: starts a call; with --from the answers come from a file. */
import { readFileSync } from "node:fs";
import type { App, Input, Run } from "../app.ts";
import type { Density } from "../call/call.ts";
import { badData, usage } from "../core/errors.ts";
import { systemReason } from "../core/system-reason.ts";
import { trustedKeys } from "./approval-keys.ts";
import { flagText, labelOf, needOneOf } from "./case-command.ts";
import { sweepBreaches } from "./case-writing.ts";

const DENSITIES = ["quiet", "normal", "full"] as const;

/** `--density`, checked. */
export function densityOf(app: App, flags: Input["flags"]): { density?: Density } {
  const given = flagText(flags, "density");
  return given === undefined ? {} : { density: needOneOf(app, "--density", given, DENSITIES) as Density };
}

/** What the flags say about the customer before the first question. A softphone without a number gives an empty one. */
function knownOf(app: App, flags: Input["flags"]) {
  const channel = flagText(flags, "channel");
  const channels = app.library().taxonomies().channel ?? [];
  const given = (flag: string) => flagText(flags, flag)?.trim() || undefined;
  return {
    channel: channel === undefined ? undefined : needOneOf(app, "--channel", channel, channels),
    phone: given("phone"),
    name: given("name"),
  };
}

async function readInput(app: App, path: string): Promise<Uint8Array> {
  if (path !== "-") return readFileSync(path);
  if (app.noInput) throw usage("no_input", app.t("cli.error.no_input"), app.t("cli.error.no_input_hint"));
  const chunks: Uint8Array[] = [];
  for await (const chunk of app.io.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** The text of a file or of stdin. Throws exit 3 where it cannot be read or is no UTF-8. */
async function readText(app: App, path: string): Promise<string> {
  const name = path === "-" ? "stdin" : path;
  let bytes: Uint8Array;
  try {
    bytes = await readInput(app, path);
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== "string") throw error;
    const reason = systemReason(error, app.t);
    throw badData(
      "unreadable",
      app.t("call.from_unreadable", { path: name, reason }),
      app.t("call.from_bad_hint"),
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw badData("not_utf8", app.t("call.from_not_utf8", { path: name }), app.t("call.from_bad_hint"));
  }
}

async function fromFile(app: App, path: string, flags: Input["flags"]): Promise<void> {
  if (flags.jsonl) throw usage("not_together", app.t("call.from_and_jsonl"));
  const [{ createFrom }, { callFacts, scriptFor }] = await Promise.all([
    import("../call/from.ts"),
    import("../call/run-call.ts"),
  ]);
  const script = flagText(flags, "script");
  if (script !== undefined) scriptFor(app, script, "call");
  const fallback = { script, ...knownOf(app, flags) };
  const text = await readText(app, path);
  const store = await app.store();
  const { states, isMany } = await createFrom({
    facts: callFacts(app, { keys: () => trustedKeys(app) }),
    store,
    library: app.library(),
    text,
    path: path === "-" ? "stdin" : path,
    locale: app.locale,
    t: app.t,
    fallback,
    isDraft: flags.draft === true,
  });
  sweepBreaches(app, store);
  const cases = states.map((s) => s.case);
  app.print({
    json: isMany ? cases : cases[0],
    text: () =>
      cases
        .map((c) => app.t("call.from_stored", { ref: c.ref, status: labelOf(app, "status", c.status) }))
        .join("\n"),
  });
}

export const run: Run = async (app, { flags }) => {
  const from = flagText(flags, "from");
  if (from !== undefined) return fromFile(app, from, flags);
  if (flags.draft) throw usage("not_together", app.t("call.draft_needs_from"), app.t("cli.error.see_help"));
  const { runCall } = await import("../call/run-call.ts");
  const script = flagText(flags, "script");
  await runCall(app, {
    ...(script === undefined ? {} : { script }),
    known: knownOf(app, flags),
    jsonl: flags.jsonl === true,
    keys: () => trustedKeys(app),
    ...densityOf(app, flags),
  });
  sweepBreaches(app, await app.store());
};
