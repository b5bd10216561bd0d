/** The store contract on SQLite. */
import { join } from "node:path";
import { openStore } from "../../src/store/open-store.ts";
import { storeContract } from "./contract.ts";
import { freshFolder, freshStore, options } from "./support.ts";

storeContract("sqlite", () => {
  const path = join(freshFolder(), "complaint.db");
  return {
    store: openStore(path, options()),
    again: (agent) => openStore(path, options({ agent })),
    other: () => freshStore(),
  };
});
