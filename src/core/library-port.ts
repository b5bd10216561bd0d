/** What the rest of the program asks of the words and data files; `content/` answers. */
import type { Condition } from "./condition.ts";
import type { ErrorDetail } from "./errors.ts";
import type { Taxonomies } from "./field.ts";
import type { Locale } from "./locale.ts";
import type { Policy } from "./policy.ts";
import type { Line, NeverSay, RunKind, Script, Tip } from "./script.ts";

/** Says `key` (`area.name`) in the present language, in ICU MessageFormat. A missing key throws: it is a bug. */
export type Translate = (key: string, params?: Readonly<Record<string, unknown>>) => string;

export interface LawCard {
  id: string;
  citation: string;
  article: string;
  effective: string;
  checked_on: string;
  review_on: string;
  source: string;
  verified: boolean;
  country: string;
  expires?: string;
  text: string;
}

export interface FieldWords {
  label: string;
  ask: string;
  help?: string;
}

/** Everything of one language but the scripts. */
export interface Words {
  locale: Locale;
  name: string;
  country: string;
  currency: string;
  /** Taxonomy (also status, stage, mood …) → id → label. */
  labels: Readonly<Record<string, Readonly<Record<string, string>>>>;
  fields: Readonly<Record<string, FieldWords>>;
}

/** The bank for look-ups (`say`, `tips`, `avoid`, `law`); big, so it is loaded apart. */
export interface Bank {
  lines: Line[];
  tips: Tip[];
  avoid: NeverSay[];
  law: LawCard[];
}

export interface ScriptInfo {
  id: string;
  title: string;
  about: string;
  kind: RunKind;
  switches: { to: string; when: Condition }[];
}

export interface Library {
  locales(): readonly Locale[];
  words(locale: Locale): Words;
  bank(locale: Locale): Bank;
  scriptIds(): readonly string[];
  scriptInfos(locale: Locale): ScriptInfo[];
  /** The resolved script, from the user's folder where it has a good one; undefined: no such id. */
  script(id: string, locale: Locale): Script | undefined;
  taxonomies(): Taxonomies;
  policy(): Policy;
  /** Mistakes in the organisation's files: what is wrong was passed over. */
  notices(): readonly ErrorDetail[];
}
