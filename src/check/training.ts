// Learns the weights: softmax regression with Adagrad, averaged over its last epochs, pruned to the features that
// matter, rounded to small whole numbers.
import { GOOD, type Model, weightOfOne } from "./model.ts";
import { seededRandom } from "./templates.ts";

/** One example as the learner sees it. */
export interface Sample {
  readonly features: readonly number[];
  readonly category: string;
  readonly weight: number;
}

export interface TrainingSettings {
  readonly seed: number;
  readonly epochs: number;
  readonly rate: number;
  readonly decay: number;
  /** How many features are kept. */
  readonly keep: number;
  readonly threshold: number;
}

/** Weights are whole numbers from minus to plus this many: fine enough, and small when packed. */
const LEVELS = 24;

/** Features seen in fewer templates than this say more about the template than about the meaning. */
export const LEAST_GROUPS = 2;

export function trainModel(samples: readonly Sample[], settings: TrainingSettings): Model {
  const classes = [GOOD, ...[...new Set(samples.map((s) => s.category))].filter((c) => c !== GOOD).sort()];
  // A third as long: it only chooses the features.
  const full = descend(samples, classes, { ...settings, epochs: Math.ceil(settings.epochs / 3) });
  const kept = strongest(full, classes.length, settings.keep);
  const keptSamples = samples.map((s) => ({ ...s, features: s.features.filter((f) => kept.has(f)) }));
  const final = descend(keptSamples, classes, settings);
  return quantise(final, classes, settings.threshold);
}

interface Dense {
  readonly rows: ReadonlyMap<number, number>;
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

function descend(samples: readonly Sample[], classes: readonly string[], settings: TrainingSettings): Dense {
  const width = classes.length;
  const rows = new Map<number, number>();
  for (const { features } of samples) for (const f of features) if (!rows.has(f)) rows.set(f, rows.size);
  const weights = new Float64Array(rows.size * width);
  const squares = new Float64Array(rows.size * width).fill(1e-3);
  const bias = new Float64Array(width);
  const prepared = samples.map((s) => ({
    rows: Int32Array.from(s.features, (f) => rows.get(f)! * width),
    target: classes.indexOf(s.category),
    weight: s.weight,
    value: weightOfOne(s.features.length),
  }));
  const random = seededRandom(settings.seed);
  const scores = new Float64Array(width);
  const average = new Float64Array(weights.length);
  const averaged = Math.ceil(settings.epochs / 2);
  for (let epoch = 0; epoch < settings.epochs; epoch += 1) {
    shuffle(prepared, random);
    for (const sample of prepared) {
      probabilities(sample.rows, sample.value, weights, bias, scores);
      for (let c = 0; c < width; c += 1) {
        const error = (scores[c]! - (c === sample.target ? 1 : 0)) * sample.weight;
        bias[c]! -= settings.rate * 0.02 * error;
        if (Math.abs(error) < 1e-4) continue;
        const step = error * sample.value;
        for (const row of sample.rows) {
          const at = row + c;
          const gradient = step + settings.decay * weights[at]!;
          squares[at]! += gradient * gradient;
          weights[at]! -= (settings.rate * gradient) / Math.sqrt(squares[at]!);
        }
      }
    }
    if (epoch < settings.epochs - averaged) continue;
    for (let i = 0; i < weights.length; i += 1) average[i]! += weights[i]! / averaged;
  }
  return { rows, weights: average, bias };
}

function probabilities(
  rows: Int32Array,
  value: number,
  weights: Float64Array,
  bias: Float64Array,
  scores: Float64Array,
): void {
  scores.fill(0);
  for (const row of rows) for (let c = 0; c < scores.length; c += 1) scores[c]! += weights[row + c]!;
  let top = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < scores.length; c += 1) {
    scores[c] = scores[c]! * value + bias[c]!;
    top = Math.max(top, scores[c]!);
  }
  let sum = 0;
  for (let c = 0; c < scores.length; c += 1) {
    scores[c] = Math.exp(scores[c]! - top);
    sum += scores[c]!;
  }
  for (let c = 0; c < scores.length; c += 1) scores[c]! /= sum;
}

function shuffle<T>(list: T[], random: () => number): void {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
}

function strongest({ rows, weights }: Dense, width: number, keep: number): Set<number> {
  const strength = [...rows].map(([feature, row]) => {
    let sum = 0;
    for (let c = 0; c < width; c += 1) sum += weights[row * width + c]! ** 2;
    return { feature, sum };
  });
  strength.sort((a, b) => b.sum - a.sum || a.feature - b.feature);
  return new Set(strength.slice(0, keep).map((s) => s.feature));
}

function quantise(dense: Dense, classes: readonly string[], threshold: number): Model {
  const width = classes.length;
  const features = [...dense.rows.keys()].sort((a, b) => a - b);
  let largest = 0;
  for (const w of dense.weights) largest = Math.max(largest, Math.abs(w));
  const scale = largest / LEVELS;
  const weights = new Int8Array(features.length * width);
  features.forEach((feature, i) => {
    const row = dense.rows.get(feature)! * width;
    for (let c = 0; c < width; c += 1) weights[i * width + c] = Math.round(dense.weights[row + c]! / scale);
  });
  const round = (n: number) => Math.round(n * 1e6) / 1e6;
  return {
    classes,
    fingerprints: Uint32Array.from(features),
    weights,
    scale: round(scale),
    bias: Array.from(dense.bias, round),
    threshold,
  };
}
