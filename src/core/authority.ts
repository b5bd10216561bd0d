/** Authority: what a level may give by itself, and the compensation class of an amount (handbook A8.2, A8.3). */
import { LEVELS, type Level, type Policy } from "./policy.ts";

export interface Authority {
  /** May be given now, without asking. */
  within: boolean;
  /** The most this level may give of it in this currency; absent: no amount is involved, none is set, or any. */
  limit?: number;
  /** Compensation class of the amount. */
  class?: string;
}

/** The level of a person: what the configuration says, else what the role says, else an agent. */
export function levelOf(configured: string | undefined, role: string | undefined): Level {
  if ((LEVELS as readonly (string | undefined)[]).includes(configured)) return configured as Level;
  return role === "lead" ? "lead" : "agent";
}

function classOf(
  amount: number | undefined,
  currency: string | undefined,
  policy: Policy,
): string | undefined {
  if (amount === undefined || amount <= 0 || currency === undefined) return undefined;
  const known = policy.classes.find((rule) => {
    const upTo = rule.upTo?.[currency];
    return upTo !== undefined && amount <= upTo;
  });
  const isPriced = policy.classes.some((rule) => rule.upTo?.[currency] !== undefined);
  return (
    known?.class ?? (isPriced ? policy.classes.find((rule) => rule.upTo === undefined)?.class : undefined)
  );
}

/**
 * Whether `level` may give `amount` of `remedy` by itself. Without an amount a level that may give any of it may give it.
 * A remedy, level or currency that the policy does not name must be asked for.
 */
export function authorityOf(
  remedy: string,
  amount: number | undefined,
  currency: string | undefined,
  level: Level,
  policy: Policy,
): Authority {
  const allowed = policy.authority.find((rule) => rule.remedy === remedy)?.limits[level];
  const kind = classOf(amount, currency, policy);
  const withClass = kind === undefined ? {} : { class: kind };
  if (allowed === undefined) return { within: false, ...withClass };
  if (allowed === true) return { within: true, ...withClass };
  const limit = currency === undefined ? undefined : allowed[currency];
  const within =
    amount === undefined
      ? Object.values(allowed).some((most) => most > 0)
      : limit !== undefined && amount <= limit;
  return { within, ...(limit === undefined ? {} : { limit }), ...withClass };
}

/** The next rung above `level` on the policy's ladder; at the top it stays there. */
export function levelAbove(level: string | undefined, policy: Policy): Level {
  const { ladder } = policy;
  const at = ladder.indexOf(level as Level);
  return ladder[Math.min(at + 1, ladder.length - 1)] ?? "lead";
}
