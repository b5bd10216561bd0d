/** `script list|show|try|check|new|schema`: handling scripts for trainers and authors. */
import type { App, Run } from "../app.ts";
import { asLine, inLanguage } from "../content/problem.ts";
import { badData, refused, usage } from "../core/errors.ts";
import type { Script } from "../core/script.ts";
import { screenLines } from "../ui/screen-text.ts";
import { flowText } from "./flow-text.ts";

/** The id of a script, which `show`, `try` and `new` need. */
function needId(app: App, id: string | undefined): string {
  if (id !== undefined) return id;
  throw usage(
    "missing_argument",
    app.t("cli.error.missingArgument", { name: "id" }),
    app.t("cli.error.see_help"),
  );
}

function existing(app: App, given: string | undefined): Script {
  const id = needId(app, given);
  const script = app.library().script(id, app.locale);
  if (script) return script;
  throw usage(
    "not_in_set",
    app.t("cli.error.not_in_set", { name: "script", value: id }),
    app.library().scriptIds().join(", "),
  );
}

function list(app: App): void {
  const scripts = app
    .library()
    .scriptInfos(app.locale)
    .map(({ id, title, about, kind }) => ({ id, title, about, kind }));
  app.print({
    json: { scripts },
    text: () => flowText(app, scripts.map((s) => `${s.id}\n  ${s.title}: ${s.about}`).join("\n")),
  });
}

/** The script as the contract shows it: ids of lines, tips and substitutes replaced by their words. */
function shown(script: Script) {
  const { id, title, locale, hash } = script;
  const steps = script.steps.map((s) => ({
    key: s.key,
    stage: s.stage,
    kind: s.kind,
    ...(s.records ? { records: s.records } : {}),
    optional: s.optional === true,
    personal: s.personal === true,
    ...(s.when ? { when: s.when } : {}),
    say: s.say.map((line) => script.lines[line]!.text),
    ask: s.ask,
    avoid: s.avoid.map((line) => script.avoid[line]!.say),
    tip: s.tip.map((tip) => script.tips[tip]!.text),
    ...(s.choices ? { choices: s.choices } : {}),
  }));
  return { id, title, locale, hash, steps };
}

function show(app: App, id: string | undefined): void {
  const value = shown(existing(app, id));
  const text = () =>
    [
      `${value.title} (${value.id}, ${value.hash})`,
      ...value.steps.map((s) => {
        const marks = [s.kind, s.records, s.optional ? app.t("script.optional") : undefined].filter(Boolean);
        return [
          `\n${s.key}  [${marks.join(", ")}]`,
          `  ${s.ask}`,
          ...s.say.slice(0, 2).map((l) => `  > ${l}`),
        ].join("\n");
      }),
    ].join("\n");
  app.print({ json: value, text: () => flowText(app, screenLines(text())) });
}

async function check(app: App, file: string | undefined): Promise<void> {
  const { lintFiles } = await import("../content/lint-files.ts");
  const { files, problems, missing } = lintFiles(app.home, file, app.now().toISOString().slice(0, 10));
  if (missing) throw badData("missing_file", app.t("script.missing", { path: missing }));
  if (problems.length > 0)
    throw badData(
      "bad_script",
      app.t("script.problems", { n: problems.length }),
      undefined,
      problems.map((problem) => inLanguage(problem, app.t)),
    );
  app.print({ json: { files, problems: [] }, text: () => app.t("script.fine", { n: files.length }) });
}

async function create(
  app: App,
  given: string | undefined,
  force: boolean,
  output: string | undefined,
): Promise<void> {
  const id = needId(app, given);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    throw usage("invalid_id", app.t("script.id", { id }), app.t("script.id_hint"));
  const { writeStarter } = await import("../content/write-starter.ts");
  const path = writeStarter(app.home, id, { force, output, createHome: !app.env.COMPLAINT_HOME });
  if (path === undefined)
    throw refused("file_exists", app.t("script.exists", { id }), app.t("script.exists_hint"));
  app.print({ json: { path }, text: () => app.t("script.written", { path }) });
}

async function schema(app: App): Promise<void> {
  const { flowSchema } = await import("../content/flow-schema.ts");
  const value = flowSchema();
  app.print({ json: value, text: () => JSON.stringify(value, null, 2) });
}

/** Walks a script through the same conversation as a call; the store is in memory and gone afterwards. */
async function tryOut(app: App, script: Script, jsonl: boolean): Promise<void> {
  const [{ openStore }, { runCall }] = await Promise.all([
    import("../store/open-store.ts"),
    import("../call/run-call.ts"),
  ]);
  const { now, random, agent, t } = app;
  const store = openStore(":memory:", { now, random, agent, t });
  await runCall(
    { ...app, store: async () => store, reader: async () => store },
    { script: script.id, jsonl },
  );
  app.notice(app.t("script.tried"));
}

export const run: Run = async (app, { args, flags }) => {
  const [what = "list", id] = args;
  if (what === "check") return check(app, id);
  for (const problem of app.library().notices().slice(0, 1))
    app.notice(app.t("cli.notice.override", { problem: asLine(problem, app.t) }));
  if (what === "list") return list(app);
  if (what === "show") return show(app, id);
  if (what === "new")
    return create(app, id, flags.force === true, typeof flags.output === "string" ? flags.output : undefined);
  if (what === "schema") return schema(app);
  if (what === "try") return tryOut(app, existing(app, id), flags.jsonl === true);
  throw usage(
    "not_in_set",
    app.t("cli.error.not_in_set", { name: "script", value: what }),
    "list, show, try, check, new, schema",
  );
};
