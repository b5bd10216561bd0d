/**
 * Small dialogues inside one question or side action: what was offered, what was promised, why to escalate. Both human
 * faces ask the same fields in the same order; a dialogue is data and functions, it draws nothing.
 */
import type { PickChoice } from "./pick.ts";

/** What to ask now. */
export interface Asked {
  key: string;
  ask: string;
  /** What stands already, and what to know about this field. */
  lines: string[];
  /** To choose from; absent: text. */
  pick?: readonly PickChoice[];
  /** What Enter alone does; absent: it is needed. */
  enter?: string;
  /** The form that is understood, as an example. */
  hint?: string;
}

export type Read = { ok: true; value: unknown } | { ok: false; message: string };

export interface Field {
  key: string;
  ask: string;
  lines?: string[];
  pick?: readonly PickChoice[];
  /** What Enter alone does; absent: it is needed. */
  enter?: string;
  hint?: string;
  /** Turns what was typed into the value. */
  read?: (text: string) => Read;
}

export type Values = Readonly<Record<string, unknown>>;

export type Step<T> = { type: "next" } | { type: "error"; message: string } | { type: "value"; value: T };

export interface Dialogue<T = unknown> {
  asked(): Asked;
  /** Takes a text, or the id of a choice; "" is Enter alone. */
  answer(given: string): Step<T>;
  /** One field back: what was given there, to be changed; undefined: this is the first. */
  back(): string | undefined;
  /** What was answered so far, as plain data, for half-typed text. */
  kept(): unknown;
}

/** The fields in order, given what is answered; one that stands in `values` is not asked. */
export type Fields = (values: Values) => readonly Field[];

/** What is asked where an answer is needed and Enter came alone. */
export type Needed = (field: Field) => string;

interface Form {
  field(): Field | undefined;
  take(field: Field, given: string, needed: Needed): Read;
  undo(): string | undefined;
  values(): Values;
  clear(start?: Values): void;
}

function form(fields: Fields, start: Values): Form {
  // Only what a field asks for can be taken back.
  const askedOf = (given: Values) =>
    fields(given).flatMap((f) => (Object.hasOwn(given, f.key) ? [f.key] : []));
  let values: Values = { ...start };
  let order = askedOf(start);
  return {
    field: () => fields(values).find((f) => !Object.hasOwn(values, f.key)),
    take(field, given, needed) {
      if (given === "" && field.enter === undefined) return { ok: false, message: needed(field) };
      const read: Read =
        given === "" ? { ok: true, value: undefined } : (field.read?.(given) ?? { ok: true, value: given });
      if (read.ok) {
        values = { ...values, [field.key]: read.value };
        order.push(field.key);
      }
      return read;
    },
    undo() {
      const last = order.pop();
      if (last === undefined) return undefined;
      const { [last]: value, ...rest } = values;
      values = rest;
      return value === undefined ? "" : String(value);
    },
    values: () => values,
    clear(fresh = {}) {
      values = { ...fresh };
      order = askedOf(fresh);
    },
  };
}

const asked = (field: Field, lines: string[] = []): Asked => ({
  key: field.key,
  ask: field.ask,
  lines: [...lines, ...(field.lines ?? [])],
  ...(field.pick ? { pick: field.pick } : {}),
  ...(field.enter === undefined ? {} : { enter: field.enter }),
  ...(field.hint === undefined ? {} : { hint: field.hint }),
});

/** Asks some fields once and makes one value of them. `start`: what was given already. */
export function formDialogue<T>(
  fields: Fields,
  finish: (values: Values) => T,
  needed: Needed,
  start: Values = {},
): Dialogue<T> {
  const state = form(fields, start);
  return {
    asked: () => asked(state.field() ?? { key: "", ask: "" }),
    answer(given) {
      const field = state.field();
      if (field) {
        const read = state.take(field, given, needed);
        if (!read.ok) return { type: "error", message: read.message };
      }
      return state.field() ? { type: "next" } : { type: "value", value: finish(state.values()) };
    },
    back: () => state.undo(),
    kept: () => state.values(),
  };
}

export interface ListSpec<T> {
  /** The first field's Enter alone ends the list. */
  fields: (values: Values, items: readonly T[]) => readonly Field[];
  item: (values: Values) => T;
  /** The opposite of `item`, so that the one before can be changed. */
  values: (item: T) => Values;
  /** An item of the same kind is replaced. */
  same: (a: T, b: T) => boolean;
  line: (item: T) => string;
  needed: Needed;
}

export interface ListStart<T> {
  items: readonly T[];
  values: Values;
}

/** Asks the same fields again and again, until Enter alone at the first one: a list of items. */
export function listDialogue<T>(spec: ListSpec<T>, start: ListStart<T>): Dialogue<T[]> {
  let items = [...start.items];
  let added = 0;
  const state = form((values) => spec.fields(values, items), start.values);
  const isFirst = () => Object.keys(state.values()).length === 0;
  return {
    asked: () => asked(state.field()!, items.map(spec.line)),
    answer(given) {
      if (given === "" && isFirst()) return { type: "value", value: items };
      const read = state.take(state.field()!, given, spec.needed);
      if (!read.ok) return { type: "error", message: read.message };
      if (!state.field()) {
        const item = spec.item(state.values());
        items = [...items.filter((i) => !spec.same(i, item)), item];
        added++;
        state.clear();
      }
      return { type: "next" };
    },
    back() {
      const given = state.undo();
      if (given !== undefined || added === 0) return given;
      added--;
      state.clear(spec.values(items.pop()!));
      return state.undo();
    },
    kept: () => ({ items, values: state.values() }),
  };
}
