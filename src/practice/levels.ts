/** What a level changes (data/cases/README.md, "Levels"). */
import type { Level } from "../core/practice-case.ts";

export interface LevelRules {
  /** Added to the case's start mood, which stays within 2 and 5. */
  mood: number;
  /** Points of calming for one step down. */
  points: number;
  /** Turns in a row without a calming move before the customer leaves. */
  patience: number;
  /** Pieces of the story in one turn. */
  pieces: number;
  /** The last two pieces only after a question. */
  mustAsk: boolean;
  /** A rise by one is forgiven once. */
  forgives: boolean;
  /** After a rise the next calming turn counts half. */
  resents: boolean;
  /** An offer needs a time with its reason before it is accepted. */
  needsTime: boolean;
  /** How often the customer asks "and if that doesn't work?" before accepting, while there are turns left. */
  asks: number;
  tip: "shown" | "asked" | "none";
}

export const LEVELS: Readonly<Record<Level, LevelRules>> = {
  1: {
    mood: -1,
    points: 1,
    patience: 5,
    pieces: 2,
    mustAsk: false,
    forgives: true,
    resents: false,
    needsTime: false,
    asks: 0,
    tip: "shown",
  },
  2: {
    mood: 0,
    points: 2,
    patience: 4,
    pieces: 1,
    mustAsk: false,
    forgives: false,
    resents: false,
    needsTime: true,
    asks: 0,
    tip: "asked",
  },
  3: {
    mood: 1,
    points: 3,
    patience: 3,
    pieces: 1,
    mustAsk: true,
    forgives: false,
    resents: true,
    needsTime: true,
    asks: 2,
    tip: "none",
  },
};
