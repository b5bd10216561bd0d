/** Whether a handler spoke of this case at all: what is said so that it fits every customer has heard none. Pure. */
import { tongueOf } from "../content/cases/plain-text.ts";
import type { PracticeCase } from "../core/practice-case.ts";
import type { Stage } from "../core/stage.ts";

export interface Concrete {
  /** Different things of the case that were named, in a reply that did not hurt, before the way out was spoken of. */
  named: string[];
  /** How many there are to name in the language of the replies. */
  nameable: number;
}

/** Later a day or a sum is the offer's, and need not be what the customer told. */
const EARLY: readonly Stage[] = ["listen", "apologize", "analyze"];
/** A case with fewer things than this gives nobody the chance. */
const ENOUGH = 8;
/** One may fall by chance: "Friday" said of anything. */
export const NAMED_TO_AGREE = 2;
/** No part of the score goes above this, by how many things were named; from four on nothing holds it down. */
const CEILING = [30, 38, 60, 80] as const;

interface Said {
  stage: Stage;
  text: string;
  facts: readonly string[];
  sum: number;
}

/** What has been named after this reply. */
export function namedAfter(before: Concrete, said: Said, c: PracticeCase): Concrete {
  const { words, numbers } = c.facts[tongueOf(said.text)];
  const counts = EARLY.includes(said.stage) && said.sum <= 0;
  return {
    named: counts ? [...new Set([...before.named, ...said.facts])] : before.named,
    nameable: Math.max(before.nameable, words.length + numbers.length),
  };
}

export function lacksFacts({ named, nameable }: Concrete, wanted: number): boolean {
  return nameable >= ENOUGH && named.length < wanted;
}

/** The most that a part of the score can be, from 0 to 100. */
export function ceilingOf(concrete: Concrete): number {
  return lacksFacts(concrete, CEILING.length) ? CEILING[concrete.named.length]! : 100;
}
