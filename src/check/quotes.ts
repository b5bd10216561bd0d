// Words that somebody else said and the line only repeats: "You were told \"calm down\", and that was wrong."

const QUOTED = /"[^"\n]{2,120}"|“[^”\n]{2,120}”|「[^」\n]{2,120}」|『[^』\n]{2,120}』/gu;
const REPORTING =
  /\b(?:sa(?:id|y|ys|ying)|told|tells?|heard|hear|wrote|writes?|written|reads?|words?|call(?:ed|s)|ask(?:ed|s)?|answer(?:ed)?|mention(?:ed)?|sign|note|sentence|told you)\b|[说說讲講写寫听聽问問答让讓叫话話句回贴貼标標]/iu;
/** So much must stand outside the quotation: a line that is nothing but a quotation is the agent's own. */
const LEAST_OUTSIDE = { words: 3, han: 4 };

/** The line with reported quotations blanked by spaces, of the same length, so that places stay true. */
export function hideReported(line: string): string {
  const outside = line.replace(QUOTED, " ");
  if (outside === line || !REPORTING.test(outside)) return line;
  const words = outside.match(/[\p{Script=Latin}']+/gu)?.length ?? 0;
  const han = outside.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (words < LEAST_OUTSIDE.words && han < LEAST_OUTSIDE.han) return line;
  return line.replace(QUOTED, (quotation) => " ".repeat(quotation.length));
}
