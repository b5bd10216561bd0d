/**
 * Which remedies fit which failure. The manuals list remedies without saying for what (handbook A8.1), so this is a
 * product default: it orders what is offered and never forbids a remedy that an agent names.
 */
import { authorityOf } from "./authority.ts";
import type { CaseRecord } from "./field.ts";
import type { Level, Policy } from "./policy.ts";

const GOODS = ["repair", "replace", "return", "refund", "parts", "compensate-goods"];
const ALWAYS = ["explain", "alternative-help", "written-apology", "apology", "legal"];
const MONEY = ["service-compensation", "refund", "compensate-money", "gift"];

/** Best first. */
const FITS: Readonly<Record<string, readonly string[]>> = {
  "product-quality": [
    ...GOODS,
    "onsite-repair",
    "compensate-money",
    "service-compensation",
    "gift",
    "training",
    ...ALWAYS,
  ],
  service: ["fix", ...MONEY, ...ALWAYS],
  "service-quality": ["fix", ...MONEY, ...ALWAYS],
  "service-attitude": ["apology", "written-apology", "explain", "fix", "alternative-help", ...MONEY, "legal"],
  equipment: ["onsite-repair", "parts", "replace", "repair", "fix", ...MONEY, ...ALWAYS],
  incident: [
    "fix",
    "service-compensation",
    "alternative-help",
    "refund",
    "compensate-money",
    "gift",
    ...ALWAYS,
  ],
  usage: ["training", "explain", "onsite-repair", "fix", "alternative-help", "gift", "apology"],
  price: ["explain", "service-compensation", "refund", "fix", "compensate-money", "gift", ...ALWAYS],
  communication: ["explain", "fix", "written-apology", "apology", "alternative-help", ...MONEY, "legal"],
  "telecom-network": [
    "onsite-repair",
    "fix",
    "service-compensation",
    "replace",
    "parts",
    "refund",
    "compensate-money",
    "gift",
    ...ALWAYS,
  ],
};

/** Categories in which two concrete options can be named before the agent has chosen any: a thing that is to work again. */
const NAMEABLE: ReadonlySet<string> = new Set(["product-quality", "equipment", "usage", "telecom-network"]);

/** Somebody is hurt or in danger, or mending at his place would help nobody: then no remedy is guessed. */
function isGuess({ flags, cause }: Pick<CaseRecord, "flags" | "cause">): boolean {
  return flags?.includes("safety") === true || (cause !== undefined && ELSEWHERE.has(cause));
}

/** Causes that no repair at the customer's place removes. */
const ELSEWHERE: ReadonlySet<string> = new Set(["municipal", "developer", "adverse-reaction", "expired"]);

/** Ways of mending, of which one is enough as a choice. */
const MENDS: ReadonlySet<string> = new Set(["onsite-repair", "repair", "fix", "parts"]);

/** Remedies that are no offer by themselves: everybody is owed an apology, and the courts are open to all. */
const NO_OFFER: ReadonlySet<string> = new Set(["apology", "written-apology", "legal"]);

/** Money or its like: the wrong answer to rudeness (law B5 `res-justice-2`: behaviour is repaired by behaviour). */
export const MONEY_REMEDIES: ReadonlySet<string> = new Set(MONEY);

/** The remedies of `known` that fit `category`, best first; all of them where the category is not one of the shipped. */
export function fittingRemedies(category: string | undefined, known: readonly string[]): string[] {
  const fits = category === undefined ? undefined : FITS[category];
  if (!fits) return [...known];
  const shipped = new Set([...GOODS, ...MONEY, ...ALWAYS, "onsite-repair", "training", "fix"]);
  const own = known.filter((remedy) => !shipped.has(remedy));
  return [...new Set(fits)].filter((remedy) => known.includes(remedy)).concat(own);
}

/** Two remedies that `level` may give by itself and that can be named before an offer is made. */
export function nameableRemedies(
  record: Pick<CaseRecord, "category" | "flags" | "cause">,
  level: Level,
  currency: string,
  policy: Policy,
): string[] {
  const { category } = record;
  if (category === undefined || !NAMEABLE.has(category) || isGuess(record)) return [];
  const known = policy.authority.map((rule) => rule.remedy);
  const within = fittingRemedies(category, known)
    .filter((remedy) => !NO_OFFER.has(remedy))
    .filter((remedy) => authorityOf(remedy, undefined, currency, level, policy).within);
  const mends = within.find((remedy) => MENDS.has(remedy));
  return within.filter((remedy) => remedy === mends || !MENDS.has(remedy)).slice(0, 2);
}
