/** Changes one key of the configuration file and leaves the rest, comments included, as it was. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { parseDocument } from "yaml";
import { configPath } from "./config.ts";

/**
 * Sets `key` (dotted) to `value`, or removes it where `value` is undefined. Written atomically, mode 0600.
 * `createHome`: only the default home is made; another folder must exist.
 */
export function writeConfig(home: string, key: string, value: unknown, createHome: boolean): void {
  const path = configPath(home);
  if (createHome) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const document = parseDocument(existsSync(path) ? readFileSync(path, "utf8") : "");
  // The last part may be a person's name with a dot in it.
  const [, parent, name] = /^(approval\.keys)\.(.+)$/.exec(key) ?? [];
  const keys = parent && name ? [...parent.split("."), name] : key.split(".");
  if (value === undefined) document.deleteIn(keys);
  else document.setIn(keys, value);
  // A link to a file kept elsewhere stays one.
  const target = existsSync(path) ? realpathSync(path) : path;
  const kept = `${target}.tmp`;
  writeFileSync(kept, document.toString(), { mode: 0o600 });
  chmodSync(kept, 0o600);
  renameSync(kept, target);
}
