/** Reads an import map and checks all of it that can be checked before the file is known. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../content/content-files.ts";
import { inLanguage } from "../content/problem.ts";
import { checkYaml, type YamlFile } from "../content/yaml-file.ts";
import { badData, type ComplaintError, type ErrorDetail } from "../core/errors.ts";
import { FIELDS, type FieldSpec, isField, type Taxonomies } from "../core/field.ts";
import type { Translate } from "../core/library-port.ts";
import { systemReason } from "../core/system-reason.ts";
import { dateFormatProblem } from "./date-formats.ts";
import { isEncoding } from "./encoding.ts";
import {
  type FieldRule,
  IMPORT_STATUSES,
  type ImportMap,
  idColumns,
  importMap,
  isIdType,
  type Target,
  targetType,
} from "./import-map.ts";
import { isTimeZone } from "./time-zone.ts";

export const PRESETS = ["generic", "cfpb", "nyc311"] as const;
export type Preset = (typeof PRESETS)[number];

/** A checked map, and where each part of it stands. */
export interface MapFile {
  map: ImportMap;
  /** As it is named in errors. */
  path: string;
  place: YamlFile["place"];
}

/** Bigger than any sane map. */
const MAX_MAP = 2_000_000;

export function mapError(t: Translate, path: string, problems: readonly ErrorDetail[]): ComplaintError {
  return badData("bad_map", t("move.bad_map", { path }), t("move.bad_map_hint"), [...problems]);
}

/** The ids a target's value may be; undefined: it is not from a set. */
export function idsOf(target: Target, taxonomies: Taxonomies): readonly string[] | undefined {
  if (target === "status") return IMPORT_STATUSES;
  if (!isField(target)) return undefined;
  const spec = FIELDS[target] as FieldSpec;
  return isIdType(spec.type) ? (taxonomies[spec.taxonomy ?? target] ?? []) : undefined;
}

type Problem = { keys: (string | number)[]; message: string };

/** Ids that a rule names and that do not exist. */
function idProblems(target: Target, rule: FieldRule, taxonomies: Taxonomies): Problem[] {
  const ids = idsOf(target, taxonomies);
  if (!ids)
    return rule.other === undefined
      ? []
      : [{ keys: ["other"], message: "other is for fields with a set of ids" }];
  const unknown = (keys: string[], id: unknown): Problem[] =>
    ids.includes(String(id)) ? [] : [{ keys, message: `there is no ${target} "${id}" (${ids.join(", ")})` }];
  const keep = target !== "status" && rule.other === "keep";
  return [
    ...Object.entries(rule.values ?? {}).flatMap(([word, id]) => unknown(["values", word], id)),
    ...(rule.other === undefined || keep ? [] : unknown(["other"], rule.other)),
    ...(rule.constant === undefined ? [] : unknown(["constant"], rule.constant)),
  ];
}

function dateProblems(target: Target, rule: FieldRule): Problem[] {
  const type = targetType(target);
  if (rule.dates && type !== "at" && type !== "instant")
    return [{ keys: ["dates"], message: "dates are for fields that hold a time" }];
  return (rule.dates ?? []).flatMap((format, i) => {
    const problem = dateFormatProblem(format);
    return problem === undefined ? [] : [{ keys: ["dates", i], message: problem }];
  });
}

function shapeProblems(rule: FieldRule): Problem[] {
  const given = (["column", "columns", "constant"] as const).filter((key) => rule[key] !== undefined);
  if (given.length !== 1) return [{ keys: [], message: "one of column, columns and constant is needed" }];
  if (rule.join !== undefined && !rule.columns)
    return [{ keys: ["join"], message: "join goes with columns" }];
  if (!rule.when) return [];
  const tests = (["is", "in", "not_in", "known"] as const).filter((key) => rule.when![key] !== undefined);
  return tests.length === 1 ? [] : [{ keys: ["when"], message: "one of is, in, not_in and known is needed" }];
}

function zoneProblem(zone: string | undefined, keys: string[]): Problem[] {
  return zone === undefined || isTimeZone(zone)
    ? []
    : [{ keys, message: `there is no time zone "${zone}" (such as Asia/Shanghai)` }];
}

/** With `header: none` there are no names to go by. */
function numberProblems(map: ImportMap): Problem[] {
  if (map.header !== "none" || map.format === "json" || map.format === "jsonl") return [];
  const named = (keys: (string | number)[], column: unknown): Problem[] =>
    typeof column === "string" ? [{ keys, message: "without a header a column is named by its number" }] : [];
  return [
    ...idColumns(map).columns.flatMap((column) => named(["id"], column)),
    ...Object.entries(map.fields).flatMap(([target, rule]) => [
      ...named(["fields", target, "column"], rule?.column),
      ...(rule?.columns ?? []).flatMap((column, i) => named(["fields", target, "columns", i], column)),
      ...named(["fields", target, "when", "column"], rule?.when?.column),
    ]),
  ];
}

function problemsOf(map: ImportMap, taxonomies: Taxonomies): Problem[] {
  const problems: Problem[] = [...zoneProblem(map.time_zone, ["time_zone"]), ...numberProblems(map)];
  if (map.encoding !== undefined && !isEncoding(map.encoding))
    problems.push({ keys: ["encoding"], message: `there is no encoding "${map.encoding}"` });
  if (!map.fields.opened_at) problems.push({ keys: ["fields"], message: "opened_at is missing" });
  if (map.fields.amount && !map.fields.remedy)
    problems.push({ keys: ["fields", "amount"], message: "an amount needs a remedy" });
  for (const [name, rule] of Object.entries(map.fields)) {
    if (!rule) continue;
    const target = name as Target;
    const found = [
      ...shapeProblems(rule),
      ...zoneProblem(rule.time_zone, ["time_zone"]),
      ...dateProblems(target, rule),
      ...idProblems(target, rule, taxonomies),
    ];
    problems.push(...found.map((p) => ({ ...p, keys: ["fields", name, ...p.keys] })));
  }
  return problems;
}

/** Checks the text of a map. Throws exit 3 naming map, line and word. */
export function checkMap(text: string, path: string, taxonomies: Taxonomies, t: Translate): MapFile {
  const parsed = checkYaml(text, path, importMap);
  if (!parsed.ok)
    throw mapError(
      t,
      path,
      parsed.problems.map((found) => inLanguage(found, t)),
    );
  const { value: map, file } = parsed;
  const problems = problemsOf(map, taxonomies).map(({ keys, message }) => ({
    path,
    ...file.place(keys),
    message: `${keys.join(".")}: ${message}`,
  }));
  if (problems.length > 0) throw mapError(t, path, problems);
  return { map, path, place: file.place };
}

/** Reads and checks a map of the user's own. */
export function readMap(path: string, taxonomies: Taxonomies, t: Translate): MapFile {
  try {
    if (statSync(path).size > MAX_MAP)
      throw mapError(t, path, [{ path, line: 1, column: 1, message: `larger than ${MAX_MAP} bytes` }]);
    return checkMap(readFileSync(path, "utf8"), path, taxonomies, t);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || typeof (error as NodeJS.ErrnoException).syscall !== "string") throw error;
    throw badData(
      "map_unreadable",
      t("move.map_unreadable", { path, reason: systemReason(error, t) }),
      t("move.bad_map_hint"),
      [{ path, message: systemReason(error, t) }],
    );
  }
}

export function isPreset(name: string): name is Preset {
  return (PRESETS as readonly string[]).includes(name);
}

/** A map that comes with the program. */
export function readPreset(name: Preset, taxonomies: Taxonomies, t: Translate): MapFile {
  return readMap(join(packageFolder(), "data", "maps", `${name}.yaml`), taxonomies, t);
}

/** Whether `name`, as given to `--map`, means a file. */
export function isMapFile(name: string): boolean {
  return existsSync(name);
}
