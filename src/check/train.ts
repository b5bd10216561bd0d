// Trains the checker's models from data/check/training and writes data/check/weights-<language>.json.
// Run: npx tsx src/check/train.ts   (the same input gives the same weights)
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { featuresOf } from "./features.ts";
import type { Language } from "./language.ts";
import { type LanguageData, loadLanguage, loadSimplified } from "./library.ts";
import { GOOD, type Model, packModel } from "./model.ts";
import { normalise } from "./normalise.ts";
import { type Example, expandTemplates, readTsv, seededRandom } from "./templates.ts";
import { LEAST_GROUPS, type Sample, type TrainingSettings, trainModel } from "./training.ts";

export const SETTINGS: Readonly<Record<Language, TrainingSettings>> = {
  en: { seed: 20, epochs: 15, rate: 0.3, decay: 2e-5, keep: 16000, threshold: 1.3 },
  zh: { seed: 20, epochs: 15, rate: 0.3, decay: 2e-5, keep: 15500, threshold: 0.8 },
};

/** The files of training lines; the templates first. */
export const TRAINING_FILES = [
  "",
  "-more",
  "-good",
  "-voices",
  "-lines",
  "-bank",
  "-cases",
  "-background",
  "-turns",
  "-wordings",
] as const;

const MOST_PER_TEMPLATE = 10;

/** All training lines of a language, templates filled; groups are numbered over all files. */
export function loadExamples(
  folder: string,
  language: Language,
  files: readonly string[] = TRAINING_FILES,
): Example[] {
  const random = seededRandom(7);
  const rows = files.flatMap((part) =>
    readTsv(readFileSync(join(folder, "training", `${language}${part}.tsv`), "utf8")),
  );
  return expandTemplates(rows, MOST_PER_TEMPLATE, random);
}

/** Features and weights of the lines, with two-sentence lines added: good + good is good, good + bad is bad. */
export function prepareSamples(examples: readonly Example[], data: LanguageData, seed: number): Sample[] {
  const random = seededRandom(seed);
  const perGroup = new Map<number, number>();
  for (const { group } of examples) perGroup.set(group, (perGroup.get(group) ?? 0) + 1);
  const all = [...examples, ...pairs(examples, random)];
  const encoded = all.map((example) => ({
    example,
    features: [...featuresOf(normalise(example.text, data.replacements).text, example.text, data)],
  }));
  const groups = new Map<number, Set<number>>();
  for (const { example, features } of encoded) {
    for (const f of features) groups.set(f, (groups.get(f) ?? new Set()).add(example.group));
  }
  const total = (good: boolean) =>
    all.filter((e) => (e.category === GOOD) === good).reduce((sum, e) => sum + shareOf(e, perGroup), 0);
  const balance = { good: 1, bad: total(true) / total(false) };
  return encoded.map(({ example, features }) => ({
    features: features.filter((f) => (groups.get(f)?.size ?? 0) >= LEAST_GROUPS),
    category: example.category,
    weight: shareOf(example, perGroup) * (example.category === GOOD ? balance.good : balance.bad),
  }));
}

const shareOf = (example: Example, perGroup: ReadonlyMap<number, number>): number =>
  1 / Math.sqrt(perGroup.get(example.group) ?? 1);

function pairs(examples: readonly Example[], random: () => number): Example[] {
  const good = examples.filter((e) => e.category === GOOD);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const join2 = (a: string, b: string) => (/[.?!。？！]$/.test(a) ? `${a} ${b}` : `${a}. ${b}`);
  return examples
    .filter(() => random() < 0.35)
    .map((e) => {
      const other = pick(good).text;
      const text = random() < 0.5 ? join2(e.text, other) : join2(other, e.text);
      return { ...e, text };
    });
}

export function loadTrainingData(folder: string, language: Language): LanguageData {
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  return loadLanguage(language, text, () => loadSimplified(text("traditional.json")));
}

export function trainLanguage(folder: string, language: Language): Model {
  const data = loadTrainingData(folder, language);
  const settings = SETTINGS[language];
  return trainModel(prepareSamples(loadExamples(folder, language), data, settings.seed), settings);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "../../data/check");
  for (const language of ["en", "zh"] as const) {
    const file = join(folder, `weights-${language}.json`);
    writeFileSync(file, `${JSON.stringify(packModel(trainLanguage(folder, language)))}\n`);
  }
}
