/** `backup FILE`: copies the database while it is in use; the copy is checked before its name appears. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Run } from "../app.ts";
import { refused, usage } from "../core/errors.ts";
import { makeBackup } from "../store/backup.ts";

export const run: Run = async (app, { args, flags }) => {
  const [name] = args;
  if (name === undefined)
    throw usage("missing_argument", app.t("cli.error.missingArgument", { name: "file" }));
  const path = resolve(name);
  if (!existsSync(app.dbPath))
    throw refused(
      "no_database",
      app.t("move.no_database", { path: app.dbPath }),
      app.t("move.no_database_hint"),
    );
  if (path === resolve(app.dbPath)) throw refused("same_file", app.t("move.backup_same", { path }));
  if (existsSync(path) && flags.force !== true)
    throw refused("file_exists", app.t("store.file_exists", { path }), app.t("store.file_exists_hint"));
  const facts = makeBackup(app.dbPath, path, app.t);
  app.print({
    json: facts,
    text: () => app.t("move.backed_up", { ...facts, kb: Math.ceil(facts.bytes / 1024) }),
  });
};
