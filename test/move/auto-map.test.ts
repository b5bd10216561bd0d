/** Maps proposed for files that nobody described: languages, encodings, dates. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { counts, type ImportDesk, importDesk } from "./import-desk.ts";

let desk: ImportDesk;
beforeEach(() => {
  desk = importDesk();
});
afterEach(() => desk.remove());

interface Foreign {
  encoding: string;
  delimiter: string;
  head: string[];
  /** Id, opened, closed, status, kind, words, customer, phone. */
  row: (n: number) => string[];
  fields: Record<string, string>;
  first: { opened_at: string; channel?: string };
}

const two = (n: number) => String(n).padStart(2, "0");
const dayOf = (n: number) => (n % 27) + 1;
const phone = (n: number) => `138${String(10_000_000 + n * 7919).slice(0, 8)}`;

const FILES: Record<string, Foreign> = {
  german: {
    encoding: "windows-1252",
    delimiter: ";",
    head: [
      "Vorgangsnummer",
      "Eingangsdatum",
      "Abgeschlossen am",
      "Status",
      "Kategorie",
      "Beschreibung",
      "Kundenname",
      "Telefonnummer",
      "Eingangskanal",
    ],
    row: (n) => [
      `V-${n}`,
      `${two(dayOf(n))}.0${(n % 3) + 1}.2024 09:3${n % 10}`,
      n % 2 ? `28.0${(n % 3) + 1}.2024 10:00` : "",
      n % 2 ? "Abgeschlossen" : "In Bearbeitung",
      ["Störung", "Rechnung", "Lieferung"][n % 3]!,
      `Der Anschluss läuft seit ${n} Tagen nicht, niemand ruft zurück.`,
      `Müller ${n}`,
      phone(n),
      ["Telefon", "Brief", "Webformular"][n % 3]!,
    ],
    fields: {
      opened_at: "Eingangsdatum",
      closed_at: "Abgeschlossen am",
      status: "Status",
      category: "Kategorie",
      words: "Beschreibung",
      customer_name: "Kundenname",
      customer_phone: "Telefonnummer",
      channel: "Eingangskanal",
    },
    first: { opened_at: "2024-01-01T01:30:00.000Z", channel: "phone" },
  },
  french: {
    encoding: "windows-1252",
    delimiter: ";",
    head: [
      "Numéro de réclamation",
      "Date de réception",
      "Date de clôture",
      "Statut",
      "Type de réclamation",
      "Réclamation",
      "Nom du client",
      "Numéro de téléphone",
      "Canal",
    ],
    row: (n) => [
      `R${n}`,
      `${dayOf(n)}/0${(n % 3) + 1}/2024`,
      n % 2 ? `28/0${(n % 3) + 1}/2024` : "",
      n % 2 ? "Clôturée" : "En cours",
      ["Facturation", "Réseau"][n % 2]!,
      `La ligne ne marche plus depuis ${n} jours, personne ne répond.`,
      `Dupré ${n}`,
      phone(n),
      ["Courrier", "Par téléphone"][n % 2]!,
    ],
    fields: {
      opened_at: "Date de réception",
      closed_at: "Date de clôture",
      status: "Statut",
      category: "Type de réclamation",
      words: "Réclamation",
      customer_name: "Nom du client",
      channel: "Canal",
    },
    first: { opened_at: "2023-12-31T16:00:00.000Z", channel: "letter" },
  },
  spanish: {
    encoding: "utf-8",
    delimiter: ",",
    head: [
      "Folio",
      "Fecha de ingreso",
      "Fecha de cierre",
      "Estado",
      "Motivo",
      "Descripción",
      "Nombre del cliente",
      "Teléfono",
      "Tipo",
    ],
    row: (n) => [
      `${1000 + n}`,
      `${dayOf(n)} de ${["enero", "febrero", "marzo"][n % 3]} de 2024`,
      n % 2 ? `28 de ${["enero", "febrero", "marzo"][n % 3]} de 2024` : "",
      n % 2 ? "Cerrado" : "Pendiente",
      ["Demora", "Cobro indebido"][n % 2]!,
      `La línea no funciona desde hace ${n} días.`,
      `Muñoz ${n}`,
      phone(n),
      ["Reclamo", "Queja"][n % 2]!,
    ],
    fields: {
      opened_at: "Fecha de ingreso",
      closed_at: "Fecha de cierre",
      status: "Estado",
      cause: "Motivo",
      words: "Descripción",
      category: "Tipo",
    },
    first: { opened_at: "2023-12-31T16:00:00.000Z" },
  },
  simplified: {
    encoding: "gb18030",
    delimiter: ",",
    head: [
      "工单编号",
      "受理时间",
      "办结时间",
      "工单状态",
      "投诉类型",
      "投诉内容",
      "客户姓名",
      "联系电话",
      "受理渠道",
    ],
    row: (n) => [
      `GD2024${n}`,
      `2024年${(n % 3) + 1}月${dayOf(n)}日 ${n % 24}:05`,
      n % 2 ? `2024年${(n % 3) + 1}月28日 10:00` : "",
      n % 2 ? "已办结" : "处理中",
      ["宽带故障", "资费争议", "服务态度"][n % 3]!,
      `宽带断了${n}天，一直没人回电话`,
      `王${"一二三四五六七八九"[n % 9]}`,
      phone(n),
      ["热线", "营业厅", "微信小程序"][n % 3]!,
    ],
    fields: {
      opened_at: "受理时间",
      closed_at: "办结时间",
      status: "工单状态",
      category: "投诉类型",
      words: "投诉内容",
      customer_name: "客户姓名",
      customer_phone: "联系电话",
      channel: "受理渠道",
    },
    first: { opened_at: "2023-12-31T16:05:00.000Z", channel: "phone" },
  },
  traditional: {
    encoding: "big5",
    delimiter: ",",
    head: [
      "案件編號",
      "受理日期",
      "結案日期",
      "處理狀態",
      "申訴類別",
      "申訴內容",
      "申訴人",
      "聯絡電話",
      "受理管道",
    ],
    row: (n) => [
      `C${n}`,
      `113/0${(n % 3) + 1}/${two(dayOf(n))}`,
      n % 2 ? `113/0${(n % 3) + 1}/28` : "",
      n % 2 ? "已結案" : "處理中",
      ["網路", "帳單"][n % 2]!,
      `寬頻斷了${n}天，一直沒有人回電話`,
      `林${"一二三四五六七八九"[n % 9]}`,
      phone(n),
      ["電話", "臨櫃"][n % 2]!,
    ],
    fields: {
      opened_at: "受理日期",
      closed_at: "結案日期",
      status: "處理狀態",
      category: "申訴類別",
      words: "申訴內容",
      customer_name: "申訴人",
      customer_phone: "聯絡電話",
      channel: "受理管道",
    },
    first: { opened_at: "2023-12-31T16:00:00.000Z", channel: "phone" },
  },
  japanese: {
    encoding: "shift_jis",
    delimiter: ",",
    head: [
      "受付番号",
      "受付日時",
      "完了日",
      "対応状況",
      "分類",
      "申告内容",
      "お客様名",
      "電話番号",
      "受付方法",
    ],
    row: (n) => [
      `J${n}`,
      `2024/${(n % 3) + 1}/${dayOf(n)} ${n % 24}:05`,
      n % 2 ? `2024/${(n % 3) + 1}/28` : "",
      n % 2 ? "対応完了" : "対応中",
      ["回線", "請求"][n % 2]!,
      `インターネットが${n}日間つながりません`,
      `田中${n}`,
      phone(n),
      ["電話", "窓口"][n % 2]!,
    ],
    fields: {
      opened_at: "受付日時",
      closed_at: "完了日",
      status: "対応状況",
      category: "分類",
      words: "申告内容",
      customer_name: "お客様名",
      customer_phone: "電話番号",
      channel: "受付方法",
    },
    first: { opened_at: "2023-12-31T16:05:00.000Z", channel: "phone" },
  },
  korean: {
    encoding: "euc-kr",
    delimiter: ",",
    head: [
      "접수번호",
      "접수일시",
      "처리일자",
      "처리상태",
      "민원유형",
      "민원내용",
      "고객명",
      "연락처",
      "접수경로",
    ],
    row: (n) => [
      `K${n}`,
      `2024. ${(n % 3) + 1}. ${dayOf(n)}. 오후 2:05`,
      n % 2 ? `2024. ${(n % 3) + 1}. 28.` : "",
      n % 2 ? "처리완료" : "처리중",
      ["요금", "품질"][n % 2]!,
      `인터넷이 ${n}일째 안 됩니다. 연락 주세요`,
      `김${n}`,
      phone(n),
      ["전화", "방문"][n % 2]!,
    ],
    fields: {
      opened_at: "접수일시",
      closed_at: "처리일자",
      status: "처리상태",
      category: "민원유형",
      words: "민원내용",
      customer_name: "고객명",
      customer_phone: "연락처",
      channel: "접수경로",
    },
    first: { opened_at: "2024-01-01T06:05:00.000Z", channel: "phone" },
  },
  russian: {
    encoding: "windows-1251",
    delimiter: ";",
    head: [
      "Номер обращения",
      "Дата поступления",
      "Дата закрытия",
      "Статус",
      "Тематика",
      "Текст обращения",
      "ФИО",
      "Телефон",
      "Канал",
    ],
    row: (n) => [
      `${n + 1}`,
      `${two(dayOf(n))}.0${(n % 3) + 1}.24 10:0${n % 10}`,
      n % 2 ? `28.0${(n % 3) + 1}.24 10:00` : "",
      n % 2 ? "Закрыто" : "В работе",
      ["Связь", "Счета"][n % 2]!,
      `Интернет не работает уже ${n} дней, никто не перезванивает`,
      `Иванов ${n}`,
      phone(n),
      ["Звонок", "Письмо"][n % 2]!,
    ],
    fields: {
      opened_at: "Дата поступления",
      closed_at: "Дата закрытия",
      status: "Статус",
      category: "Тематика",
      words: "Текст обращения",
      customer_name: "ФИО",
      channel: "Канал",
    },
    first: { opened_at: "2024-01-01T02:00:00.000Z", channel: "phone" },
  },
  american: {
    encoding: "utf-16le",
    delimiter: "\t",
    head: [
      "Case Number",
      "Date Opened",
      "Date Closed",
      "Case Status",
      "Complaint Type",
      "Description",
      "Customer Name",
      "Phone",
      "Channel",
    ],
    row: (n) => [
      `00${n}`,
      `${(n % 3) + 1}/${dayOf(n)}/2024 2:0${n % 10} PM`,
      n % 2 ? `${(n % 3) + 1}/28/2024 3:00 PM` : "",
      n % 2 ? "Closed" : "New",
      ["Billing", "Outage"][n % 2]!,
      `The line has been down for ${n} days, nobody calls back.`,
      `Smith ${n}`,
      phone(n),
      ["Phone", "Web"][n % 2]!,
    ],
    fields: {
      opened_at: "Date Opened",
      closed_at: "Date Closed",
      status: "Case Status",
      category: "Complaint Type",
      words: "Description",
      customer_name: "Customer Name",
      customer_phone: "Phone",
      channel: "Channel",
    },
    first: { opened_at: "2024-01-01T06:00:00.000Z", channel: "phone" },
  },
};

const ROWS = 60;

function written({ encoding, delimiter, head, row }: Foreign): Buffer {
  const lines = [head, ...Array.from({ length: ROWS }, (_, n) => row(n))].map((cells) =>
    cells.join(delimiter),
  );
  return iconv.encode(`${lines.join("\r\n")}\r\n`, encoding, { addBOM: encoding.startsWith("utf-16") });
}

describe("a map is proposed", () => {
  test.each(Object.keys(FILES))("%s", async (name) => {
    const file = FILES[name]!;
    const path = desk.file(`${name}.csv`, written(file));
    const done = await desk.import(path, "auto");
    expect(done.json.errors).toEqual([]);
    expect(counts(done.json)).toMatchObject({ rows: ROWS, stored: ROWS, sum: ROWS });
    const map = parse(readFileSync(`${path}.map.yaml`, "utf8"));
    const columns = Object.fromEntries(
      Object.entries(map.fields).map(([field, rule]) => [field, (rule as { column: string }).column]),
    );
    expect(columns).toMatchObject(file.fields);
    expect(map.id).toBe(file.head[0]);
    const cases = await desk.cases();
    expect(cases.filter((c) => c.status !== "open")).toHaveLength(ROWS / 2);
    const first = cases.find((c) => c.source?.id === file.row(0)[0])!;
    expect(first.opened_at).toBe(file.first.opened_at);
    if (file.first.channel) expect(first.record.channel).toBe(file.first.channel);
    expect(first.record.words).toBe(file.row(0)[file.head.indexOf(file.fields.words!)]);
    // What was written is a map like any other, and stands for the same rows.
    expect((await desk.import(path, `${path}.map.yaml`)).json).toMatchObject({ unchanged: ROWS });
  });

  test("for JSON with objects inside, by dotted path", async () => {
    const rows = Array.from({ length: 30 }, (_, n) => ({
      key: `T-${n}`,
      fields: {
        created: new Date(Date.UTC(2024, 0, n + 1)).toISOString(),
        issuetype: { name: "Complaint" },
        summary: `No line ${n}`,
        description: `Nobody called me back for ${n} days.`,
      },
      customer: { name: `Li ${n}`, email: `li${n}@example.com` },
    }));
    const done = await desk.import(
      desk.file("jira.json", JSON.stringify({ total: 30, issues: rows })),
      "auto",
    );
    expect(counts(done.json)).toMatchObject({ rows: 30, stored: 30 });
    expect((await desk.cases())[0]).toMatchObject({
      source: { id: "T-0" },
      opened_at: "2024-01-01T00:00:00.000Z",
      record: {
        customer_name: "Li 0",
        customer_email: "li0@example.com",
        summary: "No line 0",
        words: "Nobody called me back for 0 days.",
      },
    });
  });

  test("for a file without header, by what stands in it", async () => {
    const rows = Array.from(
      { length: 30 },
      (_, n) =>
        `C${n},2024-01-${two(dayOf(n))} 10:00,${["a", "b"][n % 2]}${n},Nobody has called me back for ${n} whole days now`,
    );
    const done = await desk.import(desk.file("plain.csv", rows.join("\n")), "auto");
    expect(counts(done.json)).toMatchObject({ rows: 30, stored: 30 });
    expect(parse(desk.text("plain.csv.map.yaml"))).toMatchObject({
      header: "none",
      fields: { opened_at: { column: 2 }, words: { column: 4 } },
    });
  });

  test("the month stands first where the values say so, or the country does", async () => {
    const column = async (values: string[], country: string) => {
      const path = desk.file("d.csv", `id,date,text\n${values.map((v, i) => `${i},${v},x`).join("\n")}\n`);
      const { run } = await import("../../src/commands/import.ts");
      writeFileSync(join(desk.home, "config.yaml"), `country: ${country}\n`);
      const done = await desk.run(run, [path], {
        map: "auto",
        dryRun: true,
        output: join(desk.folder, `${country}${values.length}${values[0]!.length}${Math.random()}.yaml`),
      });
      return parse(readFileSync(done.json.map, "utf8")).fields.opened_at.dates;
    };
    expect(await column(["01/25/2024", "02/03/2024", "03/04/2024"], "CN")).toEqual(["M/d/yyyy"]);
    expect(await column(["25/01/2024", "02/03/2024", "03/04/2024"], "US")).toEqual(["d/M/yyyy"]);
    expect(await column(["02/03/2024", "02/03/2024"], "US")).toEqual(["M/d/yyyy"]);
    expect(await column(["02/03/2024", "02/03/2024"], "GB")).toEqual(["d/M/yyyy"]);
    // In the order of time: 1 March, 2 March …, not 3 January, 3 February …
    expect(
      await column(
        Array.from({ length: 12 }, (_, n) => `03/${two(n + 1)}/2024`),
        "GB",
      ),
    ).toEqual(["M/d/yyyy"]);
  });

  /** Each a file with the odd ways of one country; `fields` are columns and formats that must be found. */
  const ODD: [string, { text: string; encoding?: string; warns?: string[]; fields: object; map?: object }][] =
    [
      [
        "a Chinese hotline, in GB18030 below a title, times with 下午, nothing as - and 无",
        {
          encoding: "gb18030",
          text: [
            "12345热线工单统计表,,,,,",
            "工单编号,来电时间,联系电话,诉求类型,诉求内容,承办单位,办理状态,办结时间,满意度",
            "1,2026年11月3日 下午3:05,1.38E+10,投诉,电梯停运三天没有人来修,住建局,已办结,2026年11月5日 上午9:30,非常满意",
            "2,2026年11月3日 上午10:20,无,咨询,社保卡如何补办呢,人社局,办理中,-,无",
            "3,2026年11月4日 下午1:00,13900001111,投诉,楼下烧烤店油烟扰民,城管局,已办结,2026年11月5日 下午2:00,不满意",
          ].join("\r\n"),
          warns: ["junk", "cut-numbers"],
          fields: {
            opened_at: { column: "来电时间", dates: ["yyyy年M月d日 aH:mm"] },
            closed_at: { column: "办结时间" },
            department: { column: "承办单位" },
            satisfaction: { column: "满意度", values: { 非常满意: 5, 不满意: 2 } },
          },
        },
      ],
      [
        "a Taiwanese one, in Big5, years of the republic, the time in a column of its own",
        {
          encoding: "big5",
          text: [
            "案件編號,受理日期,受理時間,陳情內容,承辦機關,辦理情形,結案日期",
            "A1,115/11/03,14:05,巷口路燈不亮已經兩週了,工務局,處理中,",
            "A2,115/11/04,09:30,樓上半夜施工非常吵鬧,環保局,已結案,115/11/05",
          ].join("\r\n"),
          fields: {
            opened_at: {
              columns: ["受理日期", "受理時間"],
              join: " ",
              dates: ["roc y/M/d H:mm", "roc y/M/d"],
            },
            closed_at: { column: "結案日期" },
            department: { column: "承辦機關" },
          },
        },
      ],
      [
        "a Japanese one, years of an era beside others",
        {
          encoding: "shift_jis",
          text: "受付番号,受付日時,お問い合わせ内容\n1,2026年11月4日 9時30分,商品が届かない\n2,令和8年11月5日,壊れていた\n",
          fields: { opened_at: { column: "受付日時", dates: ["yyyy年M月d日 H時m分", "wareki y年M月d日"] } },
        },
      ],
      [
        "months by name, and as JavaScript writes dates",
        {
          text: 'id,date,text\n1,3-Nov-26,late\n2,Nov 4 2026 3:05 PM,late\n3,"November 5, 2026",late\n4,Tue Nov 10 2026 09:00:00 GMT+0800 (China Standard Time),x\n',
          fields: { opened_at: { column: "date" } },
        },
      ],
      [
        "milliseconds since 1970",
        {
          text: "case_id,ts,text,closed\n1,1793800000000,late,1793900000000\n2,1793803600000,late,1793900000001\n",
          fields: {
            opened_at: { column: "ts", dates: ["T"] },
            closed_at: { column: "closed", dates: ["T"] },
          },
          map: { id: "case_id" },
        },
      ],
      [
        "numbers that look like times or days and are ids",
        {
          text: JSON.stringify(
            Array.from({ length: 9 }, (_, i) => ({
              id: 35_436 + i,
              created_at: "2026-11-10T08:30:00Z",
              text: "late",
            })),
          ),
          fields: { opened_at: { column: "created_at", dates: ["iso"] } },
          map: { id: "id" },
        },
      ],
      [
        "blank lines between the rows, names that stand twice or not at all",
        {
          text: "id,date,text,text,,\n1,2026-11-01,first words of it,second,,a\n\n\n\n2,2026-11-02,more words again,second,,b\n",
          fields: { opened_at: { column: "date" }, words: { column: 3 } },
          map: { header: 1 },
        },
      ],
      [
        "days with full stops, which nobody writes the other way round, and a closing that is often -",
        {
          text: "Nr;Eingang;Grund;Erledigt am\n1;03.11.2026;Lieferung;05.11.2026\n2;04.11.2026;Rechnung;-\n3;05.11.2026;Lieferung;-\n",
          fields: {
            opened_at: { column: "Eingang", dates: ["d.M.yyyy"] },
            category: { column: "Grund" },
            closed_at: {},
          },
        },
      ],
      [
        "codes of a status that nobody knows, beside a time of closing",
        {
          text: "id,created,status,closed at\n1,2026-11-01,4,2026-11-03\n2,2026-11-02,2,\n3,2026-11-02,2,\n",
          fields: { status: undefined, closed_at: { column: "closed at" } },
        },
      ],
    ];

  test.each(ODD)("%s", async (_, { text, encoding, warns, fields, map }) => {
    const path = desk.file("odd.csv", iconv.encode(text, encoding ?? "utf-8"));
    const done = await desk.import(path, "auto");
    expect(done.json).toMatchObject({ skipped: 0, errors: [] });
    const proposed = parse(desk.text("odd.csv.map.yaml"));
    expect({ ...proposed, fields: { status: undefined, ...proposed.fields } }).toMatchObject({
      fields,
      ...map,
    });
    expect(done.json.warnings.map((w: { code: string }) => w.code)).toEqual(
      expect.arrayContaining(warns ?? []),
    );
    expect(`${proposed}`).not.toContain("could not be told apart");
    // What was proposed can be taken as it is.
    const again = await desk.import(path, `${path}.map.yaml`);
    expect(again.json).toMatchObject({ stored: 0, unchanged: done.json.stored, skipped: 0 });
  });

  test("without any dates there is nothing to propose", async () => {
    const done = await desk.import(desk.file("t.csv", "id,text\n1,a\n2,b\n"), "auto");
    expect([done.code, done.error!.code]).toEqual([3, "no_opening_column"]);
  });

  test("a text that hardly any row has is not taken for what customers said", async () => {
    const rows = Array.from(
      { length: 40 },
      (_, n) => `${n},2024-01-02,${n === 7 ? "corner of Main Street and Third Avenue" : ""},Noise`,
    );
    const path = desk.file("t.csv", `id,created,near,type\n${rows.join("\n")}\n`);
    await desk.import(path, "auto");
    const { fields } = parse(desk.text("t.csv.map.yaml"));
    expect([fields.category.column, fields.words]).toEqual(["type", undefined]);
  });

  test("a map that somebody changed is never written over", async () => {
    const path = desk.file("t.csv", "id,date,text\n1,2024-01-01,a\n2,2024-01-02,b\n");
    expect((await desk.import(path, "auto", { dryRun: true })).json.map).toBe(`${path}.map.yaml`);
    writeFileSync(`${path}.map.yaml`, "changed");
    const again = await desk.import(path, "auto");
    expect([again.code, again.json.map, desk.text("t.csv.map.yaml")]).toEqual([0, undefined, "changed"]);
    const named = join(desk.folder, "mine.yaml");
    expect((await desk.import(path, "auto", { output: named })).json.map).toBe(named);
    expect((await desk.import(path, "auto", { output: named })).code).toBe(1);
    expect((await desk.import(path, "auto", { output: named, force: true })).code).toBe(0);
    expect(existsSync(named)).toBe(true);
  });
});
