/** Looks cases up in the cache: lists, full text, refs, customers, unfinished runs. */
import type { Case, Status } from "../core/case.ts";
import { accountKey, comparable, type PhoneKey } from "../core/customer.ts";
import { isUuid, plainBase32, showRef, type Uuid } from "../core/id.ts";
import type { CaseFilter, CaseList, RefMatch, UnfinishedRun } from "../core/store-port.ts";
import { type Clause, caseClause } from "./case-filter.ts";
import type { Connection } from "./connection.ts";
import { matchQuery, phoneDigits } from "./search-text.ts";
import { parseRow } from "./store-error.ts";
import { createVocabulary } from "./vocabulary.ts";

export interface CaseReader {
  case(id: Uuid): Case | undefined;
  refTaken(ref: string): boolean;
  find(ref: string): RefMatch;
  list(filter: CaseFilter): CaseList;
  search(words: string, filter: CaseFilter): CaseList;
  each(filter: CaseFilter): Generator<Case>;
  unfinished(agent?: string): UnfinishedRun[];
  casesOf(customer: { phone?: string; account?: string; email?: string; name?: string }): Case[];
}

const PAGE = 200;
const CANDIDATES = 20;
const NEWEST = "ORDER BY c.place DESC";

type Body = { body: string };
const parse = (rows: unknown[]): Case[] => (rows as Body[]).map((row) => parseRow(row.body) as Case);

/** Newest first by opened_at, then ref: `place` says so already, save for refs that share their first half. */
function newestFirst(cases: Case[]): Case[] {
  return cases.sort((a, b) =>
    a.opened_at === b.opened_at ? (a.ref < b.ref ? -1 : 1) : a.opened_at > b.opened_at ? -1 : 1,
  );
}

const and = (where: readonly string[]): string => (where.length > 0 ? `WHERE ${where.join(" AND ")}` : "");

/** `hides`: some cases of this connection may not be seen (`import-session.ts`), so full text alone does not count them. */
export function createCaseReader(connection: Connection, phoneKey: PhoneKey, hides = false): CaseReader {
  const { sql } = connection;
  const vocabulary = createVocabulary(connection);

  function bodies(clause: Clause, tail: string): Case[] {
    return parse(
      sql(`SELECT b.body FROM cases c JOIN bodies b ON b.place = c.place ${and(clause.where)} ${tail}`).all(
        clause.params,
      ),
    );
  }

  function count(clause: Clause): number {
    const onlyStatus = Object.keys(clause.params).length === 0;
    const from = onlyStatus
      ? "SELECT coalesce(sum(n), 0) AS n FROM case_counts c"
      : "SELECT count(*) AS n FROM cases c";
    return (sql(`${from} ${and(clause.where)}`).get(clause.params) as { n: number }).n;
  }

  function search(words: string, filter: CaseFilter): CaseList {
    const match = query(words);
    if (match === undefined) return { cases: [], total: 0 };
    const { where, params } = caseClause(filter, hides);
    const narrowed = hides || where.length > 0;
    const clause = { where: ["search MATCH @match", ...where], params: { ...params, match } };
    const from = narrowed ? "search s JOIN cases c ON c.place = s.rowid" : "search s";
    const total = (
      sql(`SELECT count(*) AS n FROM ${from} ${and(clause.where)}`).get(clause.params) as { n: number }
    ).n;
    const limit = filter.limit === undefined ? "" : `LIMIT ${Math.trunc(filter.limit)}`;
    const rows = sql(
      `SELECT b.body FROM (SELECT s.rowid AS place FROM ${from} ${and(clause.where)} ORDER BY s.rowid DESC ${limit}) f
       JOIN bodies b ON b.place = f.place`,
    ).all(clause.params);
    return { cases: newestFirst(parse(rows)), total };
  }

  /** A query that is nothing but a phone number finds it however it was written, with or without its country. */
  function query(words: string): string | undefined {
    const match = matchQuery(words, vocabulary.holding);
    const digits = phoneDigits(words);
    if (digits === undefined || match === undefined) return match;
    const keys = new Set([digits, phoneKey(words) ?? digits]);
    return [`(${match})`, ...[...keys].map((key) => `"${key}" *`)].join(" OR ");
  }

  function* each(filter: CaseFilter): Generator<Case> {
    const { where, params } = caseClause(filter, hides);
    let after: bigint | undefined;
    const match = filter.words === undefined ? undefined : query(filter.words);
    if (filter.words !== undefined && match === undefined) return;
    const words =
      match === undefined ? [] : ["c.place IN (SELECT rowid FROM search WHERE search MATCH @match)"];
    for (let left = filter.limit ?? Number.POSITIVE_INFINITY; left > 0; ) {
      const from = after === undefined ? [] : ["c.place > @after"];
      const clause = [...where, ...words, ...from];
      const rows = sql(
        `SELECT c.place, b.body FROM cases c JOIN bodies b ON b.place = c.place ${and(clause)} ORDER BY c.place LIMIT @page`,
      )
        .safeIntegers()
        .all({
          ...params,
          ...(match === undefined ? {} : { match }),
          ...(after === undefined ? {} : { after }),
          page: Math.min(PAGE, left),
        }) as { place: bigint; body: string }[];
      for (const row of rows) yield parseRow(row.body) as Case;
      if (rows.length < PAGE) return;
      after = rows.at(-1)!.place;
      left -= rows.length;
    }
  }

  function find(ref: string): RefMatch {
    if (isUuid(ref)) {
      const id = ref.toLowerCase();
      return sql("SELECT 1 FROM cases WHERE id = ?").get(id) ? { kind: "one", id } : { kind: "none" };
    }
    const prefix = plainBase32(ref);
    if (prefix === undefined || prefix.length < 3 || prefix.length > 8) return { kind: "none" };
    const rows = sql(
      `SELECT c.id, c.ref, c.opened_at, c.status FROM cases c WHERE c.ref >= @prefix AND c.ref < @prefix || '~' ${NEWEST} LIMIT ${CANDIDATES}`,
    ).all({ prefix }) as { id: Uuid; ref: string; opened_at: number; status: Status }[];
    if (rows.length === 0) return { kind: "none" };
    if (rows.length === 1) return { kind: "one", id: rows[0]!.id };
    return {
      kind: "many",
      candidates: rows.map((row) => ({
        ref: showRef(row.ref),
        opened_at: new Date(row.opened_at).toISOString(),
        status: row.status,
      })),
    };
  }

  function casesOf(customer: { phone?: string; account?: string; email?: string; name?: string }): Case[] {
    const by = (where: string, value: string | undefined): Case[] =>
      value === undefined || value === ""
        ? []
        : newestFirst(bodies({ where: [where], params: { value } }, NEWEST));
    const phone = customer.phone === undefined ? undefined : phoneKey(customer.phone);
    if (phone !== undefined) return by("c.customer = @value", `p:${phone}`);
    if (customer.account) return by("c.account = @value", accountKey(customer.account));
    if (customer.email) return by("c.email = @value", comparable(customer.email));
    return by("c.name = @value", comparable(customer.name ?? ""));
  }

  return {
    case(id) {
      return bodies({ where: ["c.id = @id"], params: { id } }, "")[0];
    },
    refTaken: (ref) => sql("SELECT 1 FROM cases WHERE ref = ?").get(plainBase32(ref) ?? "") !== undefined,
    find,
    list(filter) {
      if (filter.words !== undefined) return search(filter.words, filter);
      const clause = caseClause(filter, hides);
      const limit = filter.limit === undefined ? "" : `LIMIT ${Math.trunc(filter.limit)}`;
      return { cases: newestFirst(bodies(clause, `${NEWEST} ${limit}`)), total: count(clause) };
    },
    search,
    each,
    unfinished(agent) {
      const mine = agent === undefined ? "" : "AND r.agent = @agent";
      const rows = sql(
        `SELECT r.case_id AS caseId, r.run, r.kind, r.agent, r.started_at FROM runs r JOIN cases c ON c.id = r.case_id
         WHERE r.finished_at IS NULL AND c.status <> 'closed' ${mine} ORDER BY r.started_at, r.run`,
      ).all(agent === undefined ? {} : { agent }) as (Omit<UnfinishedRun, "started_at"> & {
        started_at: number;
      })[];
      return rows.map((row) => ({ ...row, started_at: new Date(row.started_at).toISOString() }));
    },
    casesOf,
  };
}
