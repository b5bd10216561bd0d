/** The configuration file `COMPLAINT_HOME/config.yaml`: its keys, how each is checked, reading and writing. */
export interface Config {
  locale?: string;
  agent?: string;
  role?: "agent" | "lead" | "trainer";
  /** Names per role; a person may stand under several, the highest counts. */
  roles?: Partial<Record<"agent" | "lead" | "trainer", string[]>>;
  time_zone?: string;
  country?: string;
  currency?: string;
  org?: string;
  density?: "quiet" | "normal" | "full";
  emergency?: { police?: string; ambulance?: string; fire?: string; crisis_line?: string };
  keys?: Record<string, string>;
  approval?: { keys?: Record<string, string> };
  level?: "agent" | "lead" | "manager" | "legal";
  lead?: string;
  backup?: { keep?: number; folder?: string };
}
