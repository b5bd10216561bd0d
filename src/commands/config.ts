/** `config list|get|set|path`: reads and changes the settings. */
import type { App, Run } from "../app.ts";
import { CONFIG_KEYS, configKey, configPath, configProblem, flattenConfig } from "../content/config.ts";
import { usage } from "../core/errors.ts";

function known(app: App, key: string | undefined): string {
  if (key !== undefined && configKey(key)) return key;
  const name = key ?? "";
  throw usage("unknown_key", app.t("config.unknown_key", { key: name }), Object.keys(CONFIG_KEYS).join(", "));
}

/** The value as the file keeps it: lists are given with commas. */
function typed(key: string, text: string): unknown {
  const kind = configKey(key)?.kind;
  if (kind === "list")
    return text
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
  return kind === "number" ? Number(text) : text;
}

async function set(app: App, key: string, text: string | undefined): Promise<void> {
  if (text === undefined)
    throw usage("missing_argument", app.t("config.no_value", { key }), app.t("config.no_value_hint"));
  const value = text === "" ? undefined : typed(key, text);
  const expected = value === undefined ? undefined : configProblem(key, value, app.library().locales());
  if (expected !== undefined)
    throw usage("invalid_value", app.t("config.invalid", { key, value: text }), expected);
  const { writeConfig } = await import("../content/write-config.ts");
  writeConfig(app.home, key, value, !app.env.COMPLAINT_HOME);
  app.print({
    json: { key, ...(value === undefined ? {} : { value }) },
    text: () =>
      value === undefined ? app.t("config.removed", { key }) : app.t("config.set", { key, value: text }),
  });
}

const show = (value: unknown) => (Array.isArray(value) ? value.join(", ") : String(value));

export const run: Run = async (app, { args }) => {
  const [what = "list", key, ...value] = args;
  const entries = flattenConfig(app.config);
  if (what === "path") {
    const path = configPath(app.home);
    app.print({ json: { path }, text: () => path });
  } else if (what === "list") {
    app.print({
      json: { config: Object.fromEntries(entries) },
      text: () =>
        entries.length === 0 ? app.t("config.empty") : entries.map(([k, v]) => `${k}: ${show(v)}`).join("\n"),
    });
  } else if (what === "get") {
    const name = known(app, key);
    const found = entries.find(([k]) => k === name)?.[1];
    app.print({
      json: { key: name, ...(found === undefined ? {} : { value: found }) },
      text: () => (found === undefined ? "" : show(found)),
    });
  } else if (what === "set")
    await set(app, known(app, key), value.length === 0 ? undefined : value.join(" "));
  else
    throw usage(
      "not_in_set",
      app.t("cli.error.not_in_set", { name: "config", value: what }),
      "list, get, set, path",
    );
};
