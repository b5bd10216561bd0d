/** `import --map auto`: proposes a map from the file and writes it down for editing. */
import type { App, Input } from "../app.ts";
import type { InputFile } from "../move/input-file.ts";
import type { MapFile } from "../move/read-map.ts";

export interface Proposal {
  map: MapFile;
  /** Where it was written. */
  path?: string;
  notice?: string;
}

export async function proposeMap(_app: App, _input: InputFile, _flags: Input["flags"]): Promise<Proposal> {
  throw new Error("not yet");
}
