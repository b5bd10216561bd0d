/** What the customer of the transcripts says, in each language; one story that every script can ask about. */
import type { OfferChoice, Question } from "../../src/core/question.ts";

type Texts = Record<string, string>;

const EN: Texts = {
  words: "The broadband has been down for three weeks. Nobody rang me back, and I work from home.",
  summary: "the engineer didn't come on the agreed day",
  customer_name: "Ms Wang",
  customer_email: "wang@example.com",
  customer_account: "A-10042",
  customer_address: "12 Mill Lane",
  product: "broadband",
  incident_place: "at home",
  tried: "restarted the router, rang twice",
  tried_result: "no change",
  impact: "cannot work from home, and the children cannot do their lessons",
  loss: "two days' work",
  evidence: "bill of October",
  demand: "500 yuan and a working line",
  expected_outcome: "a working line",
  reasonable_why: "the sum is above what two days cost",
  stop_loss: "a mobile data stick",
  responsible_party: "network team",
  department: "technical team",
  emergency_measure: "data stick sent",
  dispute_point: "the sum",
  deadline_reason: "the part is out of stock",
  lesson: "ring back on the day",
  opinion_process: "quick",
  opinion_measures: "fine",
  opinion_result: "good",
  new_problem: "the bill is wrong",
  fact: "the line was cut during the works",
  done: "the line has been mended",
  other: "noted as told",
  promise: "engineer visit",
  reason: "first free slot",
};

const ZH_CN: Texts = {
  words: "宽带断了三周，没人给我回电话，我在家上班都上不了。",
  summary: "说好的那天师傅没来",
  customer_name: "王女士",
  customer_email: "wang@example.com",
  customer_account: "A-10042",
  customer_address: "磨坊路12号",
  product: "宽带",
  incident_place: "家里",
  tried: "重启过路由器，打过两次电话",
  tried_result: "没用",
  impact: "没法在家上班，孩子也上不了网课",
  loss: "两天工夫",
  evidence: "十月的账单",
  demand: "赔500元，把宽带修好",
  expected_outcome: "宽带能用",
  reasonable_why: "金额超出了两天的损失",
  stop_loss: "先给一个流量卡",
  responsible_party: "网络组",
  department: "维修部",
  emergency_measure: "已寄流量卡",
  dispute_point: "金额",
  deadline_reason: "配件缺货",
  lesson: "当天回电话",
  opinion_process: "挺快",
  opinion_measures: "可以",
  opinion_result: "好",
  new_problem: "账单不对",
  fact: "施工时线路断了",
  done: "线路已经修好了",
  other: "已记录",
  promise: "上门维修",
  reason: "最早的空档",
};

const ZH_TW: Texts = {
  ...ZH_CN,
  words: "寬頻斷了三週，沒有人回電給我，我在家工作都沒辦法。",
  summary: "約好的那天師傅沒來",
  customer_address: "磨坊路12號",
  product: "寬頻",
  incident_place: "家裡",
  tried: "重開過路由器，打過兩次電話",
  tried_result: "沒有用",
  impact: "沒辦法在家工作，孩子也不能上線上課",
  loss: "兩天工時",
  evidence: "十月的帳單",
  demand: "賠500元，把寬頻修好",
  expected_outcome: "寬頻能用",
  reasonable_why: "金額超出兩天的損失",
  stop_loss: "先給一張網卡",
  responsible_party: "網路組",
  department: "維修部",
  emergency_measure: "已寄網卡",
  dispute_point: "金額",
  deadline_reason: "零件缺貨",
  lesson: "當天回電",
  opinion_process: "滿快的",
  opinion_measures: "可以",
  new_problem: "帳單不對",
  fact: "施工時線路斷了",
  done: "線路已經修好了",
  other: "已記錄",
  promise: "到府維修",
  reason: "最早的空檔",
};

const TEXTS: Record<string, Texts> = { en: EN, "zh-CN": ZH_CN, "zh-TW": ZH_TW };

/** Choices of the story; where it has none, the first choice is taken. */
const CHOSEN: Record<string, unknown> = {
  channel: "phone",
  kind: "valid",
  psychology: "compensation",
  category: "telecom-network",
  cause: "forgot-task",
  cause_side: "subjective",
  severity: "medium",
  reasonable: "partly",
  agreed: "partly",
  outcome: "resolved_later",
  callback_result: "reached",
  solved: true,
  satisfaction: 4,
  needs_consult: false,
  flags: [],
};

/** What a script is about where that differs from the story. */
const BY_SCRIPT: Record<string, Record<string, unknown>> = {
  venting: { kind: "venting", psychology: "venting" },
  uninformed: { kind: "consultation", category: "usage" },
  "product-quality": { category: "product-quality" },
  "retail-return": { category: "product-quality" },
  property: { category: "equipment" },
  "safety-incident": { flags: ["safety"], severity: "critical" },
  special: { flags: ["media"], category: "special" },
  "persistent-or-abusive": { psychology: "hostile" },
  "excessive-demand": { reasonable: "no" },
};

/** Two options this agent may give by himself, of those that are offered. */
function offer(question: Question): unknown {
  const free = (question.choices as OfferChoice[]).filter((c) => !c.needs_approval);
  return free.slice(0, 2).map((c, i) => ({ remedy: c.id, accepted: i === 0 }));
}

export function storyAnswer(script: string, locale: string, question: Question): unknown {
  const texts = TEXTS[locale] ?? EN;
  const field = question.records ?? question.step.split(".")[1]!;
  const own = { ...CHOSEN, ...BY_SCRIPT[script] };
  if (field === "customer_phone") return "13800005678";
  if (field in own) return field === "satisfaction" && question.kind === "choose" ? "4" : own[field];
  switch (question.kind) {
    case "say":
      return "said";
    case "text":
      return texts[question.step === "follow-up.fact" ? "done" : field] ?? texts.other;
    case "number":
      return 2;
    case "date":
      return field === "deadline" ? "2026-11-23T10:00:00+08:00" : "2026-11-02";
    case "yes-no":
      return true;
    case "choose":
      return question.choices![0]!.id;
    case "choose-many":
      return [question.choices![0]!.id];
    case "offer":
      return offer(question);
    case "promise":
      return [{ what: texts.promise, due_at: "2026-11-23T10:00:00+08:00", reason: texts.reason }];
    default:
      throw new Error(`no answer for ${question.kind}`);
  }
}
