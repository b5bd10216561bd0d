/** Category and cause: the Pareto of the cases opened in the period, each with one customer's words. */
import { maskText } from "../../core/mask.ts";
import { pairs, summed } from "../received.ts";
import { RECEIVED, type Scope } from "../scope.ts";
import { type Row, type Section, shares } from "../section.ts";

const LONGEST = 80;

interface Told {
  place: string;
  words: string | null;
  name: string | null;
  account: string | null;
  address: string | null;
  phone: string | null;
  email: string | null;
}

/** Words on one line, personal data masked, at most 80 characters. */
function quote({ words, name, account, address, phone, email }: Told): string | undefined {
  const plain = (words ?? "").replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  if (plain === "") return undefined;
  const masked = [
    ...maskText(plain, {
      ...(name === null ? {} : { customer_name: name }),
      ...(account === null ? {} : { customer_account: account }),
      ...(address === null ? {} : { customer_address: address }),
      ...(phone === null ? {} : { customer_phone: phone }),
      ...(email === null ? {} : { customer_email: email }),
    }),
  ];
  return masked.length <= LONGEST
    ? masked.join("")
    : `${masked
        .slice(0, LONGEST - 1)
        .join("")
        .trimEnd()}…`;
}

/** The newest words told in each category and with each cause of the period, by the place of their case. */
function toldAt(scope: Scope): Map<string, string> {
  return scope.shared("told", () => {
    const places = (["category", "cause"] as const).flatMap((field) => [...newest(scope, field).values()]);
    const of = (name: string) => `json_extract(b.body, '$.record.${name}')`;
    const rows = scope.all<Told>(
      `SELECT CAST(b.place AS TEXT) AS place, substr(${of("words")}, 1, 600) AS words, ${of("customer_name")} AS name,
         ${of("customer_account")} AS account, ${of("customer_address")} AS address,
         ${of("customer_phone")} AS phone, ${of("customer_email")} AS email
       FROM json_each(@places) p JOIN bodies b ON b.place = p.value`,
      { places: `[${[...new Set(places)].join()}]` },
    );
    return new Map(
      rows.flatMap((row) =>
        [quote(row)].flatMap((text) => (text === undefined ? [] : [[row.place, text] as const])),
      ),
    );
  });
}

/** Category or cause → place of the newest case with words. */
function newest(scope: Scope, field: "category" | "cause"): Map<string, string> {
  const places = new Map<string, string>();
  for (const { [field]: id, told } of pairs(scope)) {
    if (id === null || told === null) continue;
    const known = places.get(id);
    if (known === undefined || BigInt(told) > BigInt(known)) places.set(id, told);
  }
  return places;
}

function rows(field: "category" | "cause", scope: Scope, previous: Scope | undefined): Row[] {
  const told = toldAt(scope);
  const places = newest(scope, field);
  const before =
    previous && new Map(summed(pairs(previous).map((p) => [p[field], p.n])).map((r) => [r.id, r.count]));
  let sum = 0;
  return shares(summed(pairs(scope).map((p) => [p[field], p.n]))).map(({ id, count, share }, _, all) => {
    sum += count;
    const total = all.reduce((n, row) => n + row.count, 0);
    return {
      id,
      count,
      share,
      cumulative_share: sum / total,
      previous: before && (before.get(id) ?? 0),
      quote: told.get(places.get(id) ?? ""),
    };
  });
}

function pareto(field: "category" | "cause"): Section {
  return {
    id: field,
    rows: (scope, previous) => rows(field, scope, previous),
    rowKey: (row) => String(row.id),
    rowCases: `SELECT c.id AS case_id FROM cases c WHERE ${RECEIVED} AND c.${field} = @row`,
  };
}

export const category = pareto("category");
export const cause = pareto("cause");
