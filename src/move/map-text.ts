/** A proposed map as YAML for people to look over and change. */
import { stringify } from "yaml";
import type { Translate } from "../core/library-port.ts";
import type { MapGuess } from "./guess-map.ts";
import { shown } from "./row-fields.ts";
import type { RowSource } from "./rows.ts";

export interface MapAbout {
  source: string;
  file: string;
  timeZone: string;
  /** Of a workbook, where it is not the first. */
  sheet?: number | undefined;
}

const comment = (text: string): string =>
  text
    .replace(/[\r\n]+/g, " ")
    .replace(/(.{1,108})(?:\s|$)/gu, "# $1\n")
    .trimEnd();

/** The text of the map; `source` gives what was found of the file's form. */
export function mapText(guess: MapGuess, source: RowSource, about: MapAbout, t: Translate): string {
  const body = {
    source: about.source,
    format: source.format,
    ...(source.encoding === undefined ? {} : { encoding: source.encoding }),
    ...(source.delimiter === undefined
      ? {}
      : { delimiter: source.delimiter === "\t" ? "\\t" : source.delimiter }),
    ...(about.sheet === undefined ? {} : { sheet: about.sheet }),
    ...(source.width === undefined ? {} : { header: source.headerLine ?? "none" }),
    time_zone: about.timeZone,
    ...(guess.id === undefined ? {} : { id: guess.id }),
    fields: guess.fields,
  };
  const notes = [
    comment(t("move.map_intro", { file: shown(about.file) })),
    ...(guess.unsure.length > 0 ? [comment(t("move.map_unsure", { fields: guess.unsure.join(", ") }))] : []),
    ...(guess.unused.length > 0
      ? [comment(t("move.map_unused", { columns: guess.unused.map((name) => shown(name)).join(", ") }))]
      : []),
  ];
  return `${notes.join("\n")}\n${stringify(body, { lineWidth: 0 })}`;
}
