/**
 * Prints how far the ear agrees with those who judged the replies of `test/fixtures/practice/judged.*`:
 * `npx tsx test/support/judged-figures.ts`, and `… dev` with every row of the open half on which it does not.
 */
import {
  figuresOf,
  HALVES,
  type Half,
  type HeardRow,
  hearRow,
  type JudgedCall,
  judgedCalls,
  judgedRows,
  scoreCall,
  WRITTEN,
  type Written,
} from "./judged.ts";

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function miss(row: HeardRow): string {
  const missed = row.must.filter((m) => !row.moves.includes(m));
  const taken = row.mustNot.filter((m) => row.moves.includes(m));
  const parts = [
    row.heard === row.verdict ? `= ${row.verdict}` : `${row.verdict} heard as ${row.heard}`,
    `[${row.moves.join(" ")}]`,
    ...(missed.length > 0 ? [`missed ${missed.join(" ")}`] : []),
    ...(taken.length > 0 ? [`must not ${taken.join(" ")}`] : []),
  ];
  return `${row.case} ${row.turn}: ${row.text}\n    ${parts.join("; ")}`;
}

const isMiss = (row: HeardRow) =>
  row.heard !== row.verdict ||
  row.must.some((m) => !row.moves.includes(m)) ||
  row.mustNot.some((m) => row.moves.includes(m));

function scores(call: JudgedCall, written: Written, half: Half): string {
  const of = half === "held" ? "(held out)" : call.case;
  return `  ${call.player}: ${([1, 2, 3] as const).map((level) => scoreCall(call, written, level)).join(" ")} ${of}`;
}

const open = process.argv[2] === "dev";
const only = process.argv[3];
for (const written of WRITTEN.filter((w) => !only || w === only)) {
  for (const half of HALVES) {
    const rows = judgedRows(written, half).map((row) => hearRow(row, written));
    const f = figuresOf(rows);
    console.log(
      `${written} ${half}: ${f.rows} rows, verdicts ${percent(f.verdicts)}, must ${percent(f.must)}, must not ${percent(f.mustNot)}, ` +
        `good heard as hurting ${percent(f.falselyAccused)}, hurting heard as good ${percent(f.hurtHeardAsGood)}`,
    );
    if (open && half !== "held") for (const row of rows.filter(isMiss)) console.log(miss(row));
    for (const call of judgedCalls(written, half)) console.log(scores(call, written, half));
  }
}
