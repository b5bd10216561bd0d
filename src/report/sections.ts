/** Every section of the report, in the order it is read. A new section is its file and one line here. */
import type { Section } from "./section.ts";
import { actions } from "./sections/actions.ts";
import { ageing } from "./sections/ageing.ts";
import { callbacks } from "./sections/callbacks.ts";
import { daysToClear } from "./sections/days-to-clear.ts";
import { deadlines } from "./sections/deadlines.ts";
import { departments } from "./sections/departments.ts";
import { escalation } from "./sections/escalation.ts";
import { firstContact } from "./sections/first-contact.ts";
import { lines } from "./sections/lines.ts";
import { money } from "./sections/money.ts";
import { mood } from "./sections/mood.ts";
import { category, cause } from "./sections/pareto.ts";
import { promises } from "./sections/promises.ts";
import { repeat } from "./sections/repeat.ts";
import { channel, flags, kind, psychology, severity } from "./sections/shares.ts";
import { spikes } from "./sections/spikes.ts";
import { time } from "./sections/time.ts";
import { volume } from "./sections/volume.ts";

export const SECTIONS: readonly Section[] = [
  volume,
  daysToClear,
  category,
  cause,
  time,
  deadlines,
  promises,
  callbacks,
  firstContact,
  repeat,
  escalation,
  money,
  mood,
  lines,
  severity,
  channel,
  flags,
  kind,
  psychology,
  departments,
  spikes,
  actions,
  ageing,
];
