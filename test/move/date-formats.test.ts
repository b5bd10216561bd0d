/** Dates as other systems write them. */
import { parse } from "date-fns";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateFormatProblem, dateReader } from "../../src/move/date-formats.ts";
import { toInstantIn } from "../../src/move/time-zone.ts";

const read = (format: string, text: string): string | undefined => {
  const found = dateReader(format)(text);
  return found && new Date(found.ms).toISOString();
};

describe("date formats", () => {
  test.each([
    ["dd-MM-yy", "05-03-24", "2024-03-05T00:00:00.000Z"],
    ["yyyy/M/d H:mm:ss", "2024/3/5 7:05:06", "2024-03-05T07:05:06.000Z"],
    ["iso", "2023-12-08T12:00:00.000", "2023-12-08T12:00:00.000Z"],
    ["iso", "2023-12-08 12:00", "2023-12-08T12:00:00.000Z"],
    ["iso", "20231208T120000Z", "2023-12-08T12:00:00.000Z"],
    ["iso", "2023-12-08T12:00:00+0800", "2023-12-08T04:00:00.000Z"],
    ["MM/dd/yyyy hh:mm:ss a", "12/07/2023 12:49:59 AM", "2023-12-07T00:49:59.000Z"],
    ["d MMM yyyy", "5 mars 2024", "2024-03-05T00:00:00.000Z"],
    ["d. MMMM yyyy", "5. März 2024", "2024-03-05T00:00:00.000Z"],
    ["d 'de' MMMM 'de' yyyy", "5 de diciembre de 2024", "2024-12-05T00:00:00.000Z"],
    ["d MMMM yyyy", "5 мая 2024", "2024-05-05T00:00:00.000Z"],
    ["yyyy年M月d日 ah:mm", "2024年3月5日 下午2:05", "2024-03-05T14:05:00.000Z"],
    ["yyyy. M. d. a h:mm", "2024. 3. 5. 오후 2:05", "2024-03-05T14:05:00.000Z"],
    ["roc", "113/3/5", "2024-03-05T00:00:00.000Z"],
    ["roc y年M月d日", "民國113年3月5日", "2024-03-05T00:00:00.000Z"],
    ["excel", "45356.5", "2024-03-05T12:00:00.000Z"],
    ["t", "1709618706", "2024-03-05T06:05:06.000Z"],
    ["T", "1709618706123", "2024-03-05T06:05:06.123Z"],
    ["QQQ yyyy", "Q2 2024", "2024-04-01T00:00:00.000Z"],
  ])("%s reads %s", (format, text, expected) => {
    expect(read(format, text)).toBe(expected);
  });

  test.each([
    ["dd/MM/yyyy", "05/03/24"],
    ["dd/MM/yyyy", "31/02/2024"],
    ["dd/MM/yyyy", "13/13/2024"],
    ["dd/MM/yyyy", "05/03/2024 10:00"],
    ["iso", "2024-02-30"],
    ["iso", "yesterday"],
    ["d MMM yyyy", "5 blub 2024"],
    ["H:mm d/M/yyyy", "25:00 5/3/2024"],
  ])("%s refuses %s", (format, text) => {
    expect(read(format, text)).toBeUndefined();
  });

  test("formats that are none are named, with the token that was meant", () => {
    expect(dateFormatProblem("DD/MM/YYYY")).toContain("write dd");
    expect(dateFormatProblem("foo")).toBeDefined();
    expect(dateFormatProblem("--")).toContain("no date token");
    for (const good of ["dd/MM/yyyy HH:mm", "iso", "excel", "roc", "t", "d MMM yy", "QQQ yyyy"])
      expect(dateFormatProblem(good)).toBeUndefined();
  });

  test("the compiled tokens read what date-fns reads", () => {
    const formats = [
      "dd/MM/yyyy HH:mm:ss",
      "M/d/yyyy h:mm a",
      "yyyy-MM-dd'T'HH:mm:ss.SSS",
      "d MMM yyyy",
      "yyyyMMdd HHmm",
    ];
    const two = (n: number) => String(n).padStart(2, "0");
    fc.assert(
      fc.property(
        fc.constantFrom(...formats),
        fc.date({ min: new Date("1950-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }),
        (format, date) => {
          const [y, m, d] = [date.getFullYear(), date.getMonth(), date.getDate()];
          const [H, i, s] = [date.getHours(), date.getMinutes(), date.getSeconds()];
          const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][
            m
          ]!;
          const text = format
            .replace("yyyy", String(y))
            .replace("MMM", "@")
            .replace("MM", two(m + 1))
            .replace("M", String(m + 1))
            .replace("@", month)
            .replace("dd", two(d))
            .replace(/d(?!e)/, format.includes("d MMM") || format.includes("/d/") ? String(d) : "d")
            .replace("HH", two(H))
            .replace("h:", `${H % 12 || 12}:`)
            .replace("mm", two(i))
            .replace(":ss", `:${two(s)}`)
            .replace("SSS", "007")
            .replace(" a", H < 12 ? " AM" : " PM")
            .replace("'T'", "T");
          const theirs = parse(text, format, new Date(2000, 0, 1));
          const ours = dateReader(format)(text);
          expect(ours && new Date(ours.ms).toISOString().slice(0, 23), `${format} ${text}`).toBe(
            new Date(+theirs - theirs.getTimezoneOffset() * 60_000).toISOString().slice(0, 23),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("local times", () => {
  test("know the days on which clocks change", () => {
    const at = toInstantIn("America/New_York");
    const instant = (local: string) => new Date(at(Date.parse(`${local}Z`))).toISOString();
    expect(instant("2024-03-10T01:59:00")).toBe("2024-03-10T06:59:00.000Z");
    expect(instant("2024-03-10T03:30:00")).toBe("2024-03-10T07:30:00.000Z");
    expect(instant("2024-07-01T00:00:00")).toBe("2024-07-01T04:00:00.000Z");
    expect(instant("2024-12-01T00:00:00.250")).toBe("2024-12-01T05:00:00.250Z");
  });
});
