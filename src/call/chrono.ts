/** The readers of spoken dates that are used, so that the library is one lazily loaded part. */
import { casual as latin } from "chrono-node/en";
import { hans, hant } from "chrono-node/zh";

export const readers = { latin, hans: hans.casual, hant: hant.casual };
export type Readers = typeof readers;
