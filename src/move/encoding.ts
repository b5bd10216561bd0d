/** In which encoding a file is written. chardet decides; what it decides is checked, because short samples mislead it. */
import chardet from "chardet";
import iconv from "iconv-lite";

export function isEncoding(name: string): boolean {
  return iconv.encodingExists(name);
}

export interface FoundEncoding {
  /** As iconv-lite calls it. */
  name: string;
  /** A byte order mark said so. */
  mark?: true;
}

/** Chunks of a file from its beginning, each time it is called. */
export type Chunks = () => Iterable<Buffer>;

const MARKS: readonly [string, readonly number[]][] = [
  ["utf-32le", [0xff, 0xfe, 0, 0]],
  ["utf-32be", [0, 0, 0xfe, 0xff]],
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
  ["gb18030", [0x84, 0x31, 0x95, 0x33]],
];

function byMark(head: Buffer): string | undefined {
  return MARKS.find(([, mark]) => mark.every((byte, i) => head[i] === byte))?.[0];
}

/** Every line break, comma and digit of a text in UTF-16 has a zero beside it, always on the same side. */
function byZeros(head: Buffer): string | undefined {
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2]!++;
  const [even, odd] = zeros as [number, number];
  const many = head.length * 0.02;
  if (odd > many && even * 10 < odd) return "utf-16le";
  return even > many && odd * 10 < even ? "utf-16be" : undefined;
}

function isUtf8(chunks: Chunks): boolean {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for (const chunk of chunks()) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

const SAMPLE = 256 * 1024;

/** The lines that are not plain ASCII, so that a long English beginning does not drown them. */
function telling(chunks: Chunks): Buffer {
  const lines: Buffer[] = [];
  let size = 0;
  for (const chunk of chunks()) {
    for (let from = 0; from < chunk.length && size < SAMPLE; ) {
      const end = chunk.indexOf(10, from);
      const line = chunk.subarray(from, end < 0 ? chunk.length : end + 1);
      from += line.length;
      if (!line.some((byte) => byte > 127)) continue;
      lines.push(line);
      size += line.length;
    }
    if (size >= SAMPLE) break;
  }
  return Buffer.concat(lines);
}

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/** UTF-8 in which a few bytes were spoiled: far more characters are whole than broken. */
function isMostlyUtf8(sample: Buffer): boolean {
  const text = sample.toString("utf8");
  return count(text, /[^\0-\x7f\ufffd]/g) > 10 * count(text, /\ufffd/g);
}

/** The most frequent characters of Chinese prose and of complaints, which random pairs of bytes hit rarely. */
const SIMPLIFIED =
  "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克干排满增则完格思传质服务投诉退款电话客户网络宽带维修费用账单元，。；：？！、（）《》“”";
const TRADITIONAL =
  "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克幹排滿增則完格思傳質服務投訴退款電話客戶網路寬頻維修費用帳單元，。；：？！、（）《》「」";

const share = (text: string, known: RegExp): number => {
  const high = count(text, /[^\0-\x7f]/g);
  return high === 0 ? 0 : count(text, known) / high;
};
const setOf = (characters: string): RegExp => new RegExp(`[${characters}]`, "gu");

/** How like its language a text of two-byte characters reads: 1 is as good as it gets, below 0.5 it is something else. */
const TWO_BYTES: readonly [string, (text: string) => number][] = [
  ["gb18030", (text) => share(text, setOf(SIMPLIFIED)) / 0.35],
  ["big5", (text) => share(text, setOf(TRADITIONAL)) / 0.35],
  ["shift_jis", (text) => share(text, /[\u3041-\u30fe]/g) / 0.25],
  ["euc-jp", (text) => share(text, /[\u3041-\u30fe]/g) / 0.25],
  ["euc-kr", (text) => share(text, /[\uac00-\ud7a3]/g) / 0.7],
];

/** Characters that a text of the right encoding does not have. */
const WRONG = /[\ufffd\u0080-\u0084\u0086-\u009f\ue000-\uf8ff]/g;

function byLikeness(sample: Buffer, least: number): string | undefined {
  const scored = TWO_BYTES.map(([name, likeness]) => {
    const text = iconv.decode(sample, name);
    const wrong = share(text, WRONG);
    return { name, score: wrong > 0.02 ? 0 : Math.min(1, likeness(text)) - wrong * 10 };
  });
  const best = scored.sort((a, b) => b.score - a.score)[0]!;
  return best.score >= least ? best.name : undefined;
}

/** Latin text has single letters beyond ASCII between plain ones; in two-byte text they come in pairs. */
function comesInPairs(sample: Buffer): boolean {
  let [alone, together] = [0, 0];
  for (let i = 0; i < sample.length; i++) {
    if (sample[i]! < 128) continue;
    const isAlone = (sample[i - 1] ?? 0) < 128 && (sample[i + 1] ?? 0) < 128;
    if (isAlone) alone++;
    else together++;
  }
  return together > 2 * alone;
}

/** The Windows sets hold what the ISO ones hold and more; files that say one mean the other. */
const WIDER: Readonly<Record<string, string>> = {
  "iso-8859-1": "windows-1252",
  "iso-8859-9": "windows-1254",
  "iso-8859-8": "windows-1255",
  "iso-8859-7": "windows-1253",
  ascii: "windows-1252",
};

/** Fewer letters beyond ASCII than this tell Western from Central European by chance only. */
const FEW = 5;
/** Whole words are beyond ASCII in these scripts. */
const OTHER_SCRIPTS = /^(koi8|windows-125[13568]|iso-8859-[5678]$|gb|big5|shift|euc)/;

function byLibrary(sample: Buffer, pairs: boolean): string {
  if (sample.reduce((n, byte) => n + Number(byte > 127), 0) < FEW) return "windows-1252";
  const names = chardet
    .analyse(sample)
    .map(({ name }) => name.toLowerCase())
    .filter((name) => isEncoding(name) && !/^(utf|iso-2022)/.test(name))
    .filter((name) => pairs || !OTHER_SCRIPTS.test(name));
  const fitting = names.find((name) => share(iconv.decode(sample, WIDER[name] ?? name), WRONG) < 0.02);
  const name = fitting ?? names[0] ?? "windows-1252";
  return WIDER[name] ?? name;
}

const HEAD = 65_536;

function headOf(chunks: Chunks): Buffer {
  const parts: Buffer[] = [];
  let size = 0;
  for (const chunk of chunks()) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= HEAD) break;
  }
  return Buffer.concat(parts).subarray(0, HEAD);
}

/**
 * Finds the encoding of a file. A byte order mark is believed before anything that is `given`; a file that is valid
 * UTF-8 from end to end is UTF-8.
 */
export function findEncoding(chunks: Chunks, given?: string): FoundEncoding {
  const head = headOf(chunks);
  const marked = byMark(head);
  if (marked) return { name: marked, mark: true };
  if (given !== undefined) return { name: given };
  const wide = byZeros(head);
  if (wide) return { name: wide };
  if (isUtf8(chunks)) return { name: "utf-8" };
  const sample = telling(chunks);
  if (isMostlyUtf8(sample)) return { name: "utf-8" };
  const pairs = comesInPairs(sample);
  // The second byte of Big5 is often a plain letter: then only the likeness tells.
  return { name: byLikeness(sample, pairs ? 0.5 : 0.7) ?? byLibrary(sample, pairs) };
}

/** The text of a file, piece by piece; bytes that mean nothing become U+FFFD, a byte order mark goes. */
export function* decoded(chunks: Chunks, encoding: string): Generator<string> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  for (const chunk of chunks()) {
    const text = decoder.write(chunk);
    if (text !== "") yield text;
  }
  const rest = decoder.end();
  if (rest) yield rest;
}
