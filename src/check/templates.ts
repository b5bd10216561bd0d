// Reads the lines the model is trained on: "category<TAB>text", where {a|b|c} stands for any of its parts.

/** A line to learn from; lines of one `group` come from one template. */
export interface Example {
  readonly category: string;
  readonly text: string;
  readonly group: number;
}

/** A small generator with a seed, so that training gives the same weights everywhere (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Lines of a TSV file as columns; comments and empty lines are left out. */
export function readTsv(content: string): string[][] {
  return content
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => line.split("\t"));
}

/** Every template gives at most `most` different lines, chosen by `random`. */
export function expandTemplates(
  rows: readonly (readonly string[])[],
  most: number,
  random: () => number,
): Example[] {
  const examples: Example[] = [];
  rows.forEach(([category, template], group) => {
    if (category === undefined || template === undefined) return;
    for (const text of expand(template, most, random)) examples.push({ category, text, group });
  });
  return examples;
}

function expand(template: string, most: number, random: () => number): Set<string> {
  const texts = new Set<string>();
  for (let tries = 0; tries < most * 3 && texts.size < most; tries += 1) {
    const filled = template.replace(/\{([^{}]*)\}/g, (_, choices: string) => {
      const parts = choices.split("|");
      return parts[Math.floor(random() * parts.length)] ?? "";
    });
    texts.add(
      filled
        .replace(/ +/g, " ")
        .replace(/ ([,.?!:])/g, "$1")
        .trim(),
    );
    if (!template.includes("{")) break;
  }
  return texts;
}
