/** Which encoding a file is in. */
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { decoded, findEncoding } from "../../src/move/encoding.ts";

const TEXTS: Record<string, { text: string; encodings: string[] }> = {
  simplified: {
    text: "编号,日期,内容\n1,2024-03-05,宽带断了三周没人回电话\n2,2024-03-06,退款一直没到账，客服态度差\n",
    encodings: ["gb18030", "gbk"],
  },
  "simplified, short": { text: "编号,日期\n1,2024-03-05,投诉\n", encodings: ["gb18030"] },
  traditional: {
    text: "編號,日期,內容\n1,2024-03-05,寬頻斷了三週沒有人回電話\n2,2024-03-06,退款一直沒有入帳，客服態度很差\n",
    encodings: ["big5"],
  },
  japanese: {
    text: "番号,日付,内容\n1,2024-03-05,インターネットが三週間つながらない\n2,2024-03-06,返金がまだです\n",
    encodings: ["shift_jis", "euc-jp"],
  },
  korean: { text: "번호,날짜,내용\n1,2024-03-05,인터넷이 3주째 안 됩니다\n", encodings: ["euc-kr"] },
  german: {
    text: "Nr;Datum;Beschreibung\n1;05.03.2024;Der Router läuft seit drei Wochen nicht, niemand ruft zurück\n",
    encodings: ["windows-1252", "iso-8859-1"],
  },
  french: {
    text: "Numéro;Date;Réclamation\n1;05/03/2024;Personne ne répond à mes appels, ça coûte 20 € par mois\n",
    encodings: ["windows-1252"],
  },
  polish: {
    text: "Numer;Data;Treść skargi\n1;05.03.2024;Łącze nie działa od trzech tygodni, nikt nie oddzwania. Proszę o zwrot pieniędzy\n",
    encodings: ["windows-1250", "iso-8859-2"],
  },
  russian: {
    text: "Номер;Дата;Жалоба\n1;05.03.2024;Интернет не работает три недели, никто не перезванивает\n",
    encodings: ["windows-1251", "koi8-r"],
  },
};

const all = Object.entries(TEXTS).flatMap(([name, { text, encodings }]) =>
  encodings.flatMap((encoding) =>
    [1, 30].map((times) => [name, encoding, times, text.repeat(times)] as const),
  ),
);
const textOf = (bytes: Buffer, chunk = bytes.length): string => {
  const chunks = function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  };
  return [...decoded(chunks, findEncoding(chunks).name)].join("");
};

describe("encoding", () => {
  test.each(all)("%s in %s, %i times", (_, encoding, __, text) => {
    expect(textOf(iconv.encode(text, encoding))).toBe(text);
  });

  test.each(["utf-8", "utf-16le", "utf-16be"])(
    "%s with and without a mark, also cut inside a character",
    (encoding) => {
      for (const { text } of Object.values(TEXTS))
        for (const addBOM of [true, false]) {
          const bytes = iconv.encode(text.repeat(3), encoding, { addBOM });
          expect(textOf(bytes)).toBe(text.repeat(3));
          expect(textOf(bytes, 7).length).toBe(text.length * 3);
        }
    },
  );

  test("a mark is believed before the map", () => {
    const bytes = iconv.encode("日期", "utf-8", { addBOM: true });
    expect(findEncoding(() => [bytes], "gb18030").name).toBe("utf-8");
    expect(findEncoding(() => [bytes.subarray(3)], "gb18030").name).toBe("gb18030");
  });

  test("one accent after a long plain beginning is Latin, one broken byte in UTF-8 is no other encoding", () => {
    const late = Buffer.from(`${"a,b\n".repeat(100_000)}1,é\n`, "latin1");
    expect(findEncoding(() => [late]).name).toBe("windows-1252");
    const broken = Buffer.concat([Buffer.from(TEXTS.simplified!.text.repeat(30)), Buffer.from([0xe9, 10])]);
    expect(findEncoding(() => [broken]).name).toBe("utf-8");
  });
});
