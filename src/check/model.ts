// The linear model: reads its weights and gives a text a score per category.
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** A trained model. `weights` holds `classes.length` numbers per feature; `fingerprints` is sorted. */
export interface Model {
  readonly classes: readonly string[];
  readonly fingerprints: Uint32Array;
  readonly weights: Int8Array;
  readonly scale: number;
  readonly bias: readonly number[];
  /** A sentence is a finding above this score (log odds of bad against good). */
  readonly threshold: number;
}

export const GOOD = "good";

/** What the weights file holds: numbers as they are, weights and the steps between fingerprints deflated. */
export interface PackedModel {
  readonly classes: readonly string[];
  readonly scale: number;
  readonly bias: readonly number[];
  readonly threshold: number;
  readonly fingerprints: string;
  readonly weights: string;
}

export function packModel(model: Model): PackedModel {
  const pack = (bytes: Uint8Array) => deflateRawSync(bytes, { level: 9 }).toString("base64");
  const { classes, scale, bias, threshold } = model;
  const steps = Buffer.alloc(model.fingerprints.length * 2);
  model.fingerprints.forEach((value, i) => {
    steps.writeUInt16LE(value - (model.fingerprints[i - 1] ?? 0), i * 2);
  });
  const weights = new Uint8Array(model.weights.buffer, model.weights.byteOffset, model.weights.length);
  return { classes, scale, bias, threshold, fingerprints: pack(steps), weights: pack(weights) };
}

export function unpackModel(packed: PackedModel): Model {
  const steps = inflateRawSync(Buffer.from(packed.fingerprints, "base64"));
  const fingerprints = new Uint32Array(steps.length / 2);
  for (let i = 0; i < fingerprints.length; i += 1) {
    fingerprints[i] = (fingerprints[i - 1] ?? 0) + steps.readUInt16LE(i * 2);
  }
  const weights = new Int8Array(inflateRawSync(Buffer.from(packed.weights, "base64")));
  const { classes, scale, bias, threshold } = packed;
  return { classes, scale, bias, threshold, fingerprints, weights };
}

/** One score per class, in the order of `model.classes`. Features the model does not know do not count. */
export function scoresOf(features: ReadonlySet<number>, model: Model): number[] {
  const width = model.classes.length;
  const sums = new Array<number>(width).fill(0);
  let known = 0;
  for (const feature of features) {
    const row = indexOf(model.fingerprints, feature);
    if (row < 0) continue;
    known += 1;
    for (let c = 0; c < width; c += 1) sums[c]! += model.weights[row * width + c]!;
  }
  const factor = model.scale * weightOfOne(known);
  return sums.map((sum, c) => sum * factor + (model.bias[c] ?? 0));
}

/** How much one feature counts among `known` of them: a long text must not be surer of itself than a short one. */
export const weightOfOne = (known: number): number => 1 / Math.sqrt(Math.max(known, 12));

/** Log odds of "bad" against "good": the sum of all other classes against the class good. */
export function badness(scores: readonly number[], classes: readonly string[]): number {
  const good = classes.indexOf(GOOD);
  const others = scores.filter((_, c) => c !== good);
  const top = Math.max(...others);
  return top + Math.log(others.reduce((sum, s) => sum + Math.exp(s - top), 0)) - (scores[good] ?? 0);
}

function indexOf(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle]!;
    if (found === value) return middle;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
