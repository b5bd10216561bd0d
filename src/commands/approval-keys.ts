/** Keys for offline approval codes: one private key per lead in the home, public keys of others in the configuration. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "../app.ts";
import { newApprovalKey, publicKeyOf } from "../core/approval-code.ts";
import { badData, storeFailed } from "../core/errors.ts";
import { systemReason } from "../core/system-reason.ts";

interface KeyFile {
  name: string;
  private_key: string;
}

const folderOf = (home: string): string => join(home, "approval-keys");

/** A name is never a path: the file is called by its hash. */
function pathOf(home: string, name: string): string {
  const { createHash } = process.getBuiltinModule("node:crypto");
  const hash = createHash("sha256").update(name, "utf8").digest("hex").slice(0, 16);
  return join(folderOf(home), `${hash}.json`);
}

function readKey(app: App, path: string): KeyFile {
  try {
    const key = JSON.parse(readFileSync(path, "utf8")) as KeyFile;
    publicKeyOf(key.private_key);
    return key;
  } catch {
    throw badData("bad_key", app.t("case.bad_key_file", { path }), app.t("case.bad_key_file_hint"));
  }
}

/** This lead's private key (PEM); made at first use, for the owner's eyes only (mode 0600 in a 0700 folder). */
export function ownKey(app: App): string {
  const path = pathOf(app.home, app.agent);
  if (existsSync(path)) return readKey(app, path).private_key;
  const { privatePem } = newApprovalKey();
  try {
    if (!app.env.COMPLAINT_HOME) mkdirSync(app.home, { recursive: true, mode: 0o700 });
    if (!existsSync(folderOf(app.home))) mkdirSync(folderOf(app.home), { mode: 0o700 });
    const text = JSON.stringify({ name: app.agent, private_key: privatePem } satisfies KeyFile);
    writeFileSync(path, text, { mode: 0o600, flag: "wx" });
    chmodSync(path, 0o600);
  } catch (error) {
    // Two commands at once: the other one made it.
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return readKey(app, path).private_key;
    const reason = systemReason(error, app.t);
    throw storeFailed(
      "not_writable",
      app.t("cli.error.file", { path, reason }),
      app.t("cli.error.file_hint"),
    );
  }
  return privatePem;
}

/** The public key other seats keep for this lead. */
export function ownPublicKey(app: App): string {
  return publicKeyOf(ownKey(app));
}

/** Every public key this seat trusts, by the lead's name: the configuration's, and those made in this home. */
export function trustedKeys(app: Pick<App, "home" | "config">): Record<string, string> {
  const keys: Record<string, string> = {};
  const folder = folderOf(app.home);
  for (const file of existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith(".json")) : []) {
    try {
      const { name, private_key } = JSON.parse(readFileSync(join(folder, file), "utf8")) as KeyFile;
      keys[name] = publicKeyOf(private_key);
    } catch {
      // A damaged key trusts nobody; `approve --code` says so to whom it belongs.
    }
  }
  return { ...keys, ...app.config.approval?.keys };
}
