/** A process that adds cases to a store and says the id of each once it is on disk. */
import { writeSync } from "node:fs";
import { openStore } from "../../src/store/open-store.ts";
import { addCase, options } from "./child-support.ts";

const [path, commits] = process.argv.slice(2);
const store = openStore(path!, options());
for (let i = 0; i < Number(commits); i++) writeSync(1, `${addCase(store, `Broadband 宽带 ${i}`)}\n`);
store.close();
