/** Plain local dates (TZ set) and the library agree, around clock changes too. */
import { afterEach, expect, test } from "vitest";
import { localStamp, zonedDate, zonedMoment } from "../../src/core/zoned.ts";

const before = process.env.TZ;
afterEach(() => {
  process.env.TZ = before;
});

const both = <T>(zone: string, work: () => T): [T, T] => {
  process.env.TZ = "Pacific/Chatham";
  const byLibrary = work();
  process.env.TZ = zone;
  return [byLibrary, work()];
};

test.each(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"])(
  "%s",
  (zone) => {
    for (let at = Date.UTC(2026, 2, 1); at < Date.UTC(2026, 11, 1); at += 5.3 * 3_600_000) {
      const [library, plain] = both(zone, () => {
        const local = zonedDate(at, zone);
        const parts = [local.getFullYear(), local.getMonth(), local.getDate()] as const;
        return {
          stamp: localStamp(at, zone),
          midnight: +zonedMoment(parts, zone),
          later: +zonedMoment([...parts, 10, 30], zone),
        };
      });
      expect(plain).toEqual(library);
    }
  },
);
