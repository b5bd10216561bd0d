/** `setup`: language, the agent's name, time zone and country, asked once and kept in the configuration. */
import type { App, Run } from "../app.ts";
import { configProblem } from "../content/config.ts";
import { loadMessages } from "../content/library.ts";
import { stopped, usage } from "../core/errors.ts";
import type { Translate } from "../core/library-port.ts";

interface Asked {
  key: "locale" | "agent" | "time_zone" | "country";
  usual: string;
  choices?: { value: string; name: string }[];
}

function questions(app: App): Asked[] {
  const words = app.library().words(app.locale);
  return [
    {
      key: "locale",
      usual: app.locale,
      choices: app
        .library()
        .locales()
        .map((l) => ({ value: l, name: app.library().words(l).name })),
    },
    { key: "agent", usual: app.agent },
    { key: "time_zone", usual: app.timeZone },
    { key: "country", usual: app.config.country ?? words.country },
  ];
}

type Ask = (asked: Asked, t: Translate) => Promise<string>;

/** One question after another as plain lines, for screen readers and pipes. */
async function askInLines(app: App): Promise<{ ask: Ask; close: () => void }> {
  const { plainLines } = await import("../ui/plain-lines.ts");
  const { next, close } = plainLines(app.io.stdin);
  const ask: Ask = async ({ key, usual, choices }, t) => {
    const shown = choices?.map((c, i) => `${i + 1}. ${c.name}`).join("\n");
    app.io.stderr.write(`${t(`config.ask_${key}`)} [${usual}]\n${shown ? `${shown}\n` : ""}`);
    const text = await next();
    if (text === undefined) throw stopped(t("config.no_answer"));
    return text === "" ? usual : (choices?.[Number(text) - 1]?.value ?? text);
  };
  return { ask, close };
}

/** Stock prompts: short one-off questions outside a call. */
async function stockPrompts(app: App): Promise<{ ask: Ask; close: () => void }> {
  const { input, select } = await import("../ui/stock-prompts.ts");
  const context = { input: app.io.stdin, output: app.io.stderr };
  const locales = app.library().locales();
  const ask: Ask = async ({ key, usual, choices }, t) => {
    const message = t(`config.ask_${key}`);
    if (choices) return select({ message, choices, default: usual }, context);
    const validate = (value: string) =>
      configProblem(key, value, locales) === undefined || t("config.not_fit", { key });
    return input({ message, default: usual, validate }, context);
  };
  return { ask, close: () => {} };
}

export const run: Run = async (app) => {
  if (app.noInput || (!app.io.interactive && !app.accessible))
    throw usage("no_terminal", app.t("cli.error.no_terminal"), app.t("config.setup_hint"));
  const { ask, close } = app.accessible ? await askInLines(app) : await stockPrompts(app);
  const answers: Record<string, string> = {};
  try {
    let { t } = app;
    for (const asked of questions(app)) {
      const value = await ask(asked, t);
      const expected = configProblem(asked.key, value, app.library().locales());
      if (expected !== undefined)
        throw usage("invalid_value", t("config.invalid", { key: asked.key, value }), expected);
      answers[asked.key] = value;
      if (asked.key === "locale") t = loadMessages(value);
    }
    const { writeConfig } = await import("../content/write-config.ts");
    for (const [key, value] of Object.entries(answers))
      writeConfig(app.home, key, value, !app.env.COMPLAINT_HOME);
    app.print({ json: { config: answers }, text: () => t("config.done") });
  } finally {
    close();
  }
};
