/** A lifelike call for looking at the screen: every kind of question, in English and Chinese. */
import type { Question } from "../../src/core/question.ts";

type Text = { en: string; zh: string };
type Demo = Partial<
  Omit<Question, "say" | "tip" | "ask" | "avoid" | "choices" | "alternatives" | "help" | "alerts">
> & {
  kind: Question["kind"];
  ask: Text;
  say?: Text;
  alternatives?: Text[];
  avoid?: { say: Text; better: Text };
  tip?: Text;
  help?: Text;
  alerts?: Text[];
  choices?: ({ id: string; label: Text } & Record<string, unknown>)[];
};

const choice = (id: string, en: string, zh: string, more: Record<string, unknown> = {}) => ({
  id,
  label: { en, zh },
  ...more,
});
const CALM = {
  say: { en: "Calm down.", zh: "您先冷静一下。" },
  better: { en: "I'm listening. Please go on.", zh: "我在听，您接着说。" },
};
const TIP = { en: "Let the story run out before you offer anything.", zh: "让客户把话说完，再谈怎么办。" };

const DEMO: Demo[] = [
  {
    kind: "say",
    stage: "listen",
    step: "listen.greeting",
    ask: { en: "Greet the customer and say who you are.", zh: "问候客户，报上自己是谁。" },
    say: {
      en: "Good morning, this is Lin at Northline. Please tell me what happened, I'm listening.",
      zh: "您好，我是北线公司的林晓，您这件事由我来负责。您慢慢说，是怎么回事？",
    },
    alternatives: [
      {
        en: "Hello, you're speaking with Lin. What can I put right for you?",
        zh: "您好，谢谢您找我们。您请说，我听着，是什么事？",
      },
    ],
    avoid: CALM,
  },
  {
    kind: "text",
    stage: "listen",
    step: "listen.words",
    mood: 4,
    ask: { en: "What happened, in the customer's own words?", zh: "客户原话是怎么说的？" },
    say: {
      en: "Three weeks without broadband, and nobody rang you back. Please go on, I'm writing it down so that you won't have to say it twice.",
      zh: "三周没有宽带，也没有人给您回电话。您接着说，我都记下来，省得您再说第二遍。",
    },
    avoid: CALM,
    tip: TIP,
    help: {
      en: "Let them finish first. Mark the mood as you hear it.",
      zh: "先让他说完再问。听出情绪就随手标上。",
    },
    customer: {
      name: "Wang Li",
      cases: [
        { ref: "AAAA-BBBB", status: "closed", opened_at: "2026-10-01" },
        { ref: "AAAA-BBBC", status: "open", opened_at: "2026-10-20" },
      ],
      promises: [
        { ref: "AAAA-BBBC", n: 1, what: "engineer visit", due_at: "2026-11-16T02:00:00Z", state: "broken" },
      ],
    },
  },
  {
    kind: "choose-many",
    stage: "listen",
    step: "listen.flags",
    mood: 4,
    optional: true,
    ask: { en: "Did anything of this come up?", zh: "客户提到下面哪些情况？" },
    say: {
      en: "I've noted that. Please go on, I don't want to miss anything.",
      zh: "这点我记下了，您接着说，我不想漏掉。",
    },
    avoid: CALM,
    tip: {
      en: "Short sounds of listening are enough: yes, I see.",
      zh: "一声“嗯”“我记下了”就够了，不用急着解释。",
    },
    alerts: [
      {
        en: "Media was mentioned: tell the shift lead, promise no deletion of posts.",
        zh: "提到了媒体：告诉值班主管，不要求客户删帖。",
      },
    ],
    choices: [
      choice("safety", "Safety", "安全"),
      choice("legal", "Legal action", "法律"),
      choice("media", "Media or going public", "媒体曝光"),
      choice("regulator", "Regulator", "监管部门"),
      choice("vulnerable", "Vulnerable person", "弱势人群"),
      choice("minor", "Under age", "未成年人"),
      choice("repeat", "Repeat complaint", "重复投诉"),
      choice("vip", "VIP", "贵宾"),
    ],
  },
  {
    kind: "yes-no",
    stage: "listen",
    step: "listen.identity",
    optional: true,
    mood: 3,
    ask: { en: "Is the customer who he says he is?", zh: "核对过客户身份了吗？" },
    say: {
      en: "Before I open your record, may I check the last four digits of your phone?",
      zh: "打开您的记录之前，跟您核对一下手机号后四位，可以吗？",
    },
    tip: { en: "Ask once, and say why.", zh: "只问一次，并说明为什么。" },
  },
  {
    kind: "date",
    stage: "listen",
    step: "listen.incident_at",
    optional: true,
    mood: 3,
    ask: {
      en: "When did it happen, or when was it first noticed?",
      zh: "什么时候的事，或者最早什么时候发现的？",
    },
    say: {
      en: "Since when has it been like this? A rough idea will do.",
      zh: "是从什么时候开始的？说个大概就行。",
    },
    avoid: CALM,
  },
  {
    kind: "choose",
    stage: "analyze",
    step: "analyze.category",
    mood: 3,
    ask: { en: "What is it about?", zh: "属于哪一类？" },
    say: {
      en: "So that it goes straight to the right people, is it the line itself or the bill?",
      zh: "为了直接交给对的人，我确认一下：是网络本身的问题，还是费用的问题？",
    },
    avoid: CALM,
    tip: TIP,
    alerts: [
      {
        en: "Broadband: 14 cases today, usually 3. Known fault in the north district.",
        zh: "宽带：今天14件，平时3件。北区已知故障。",
      },
    ],
    choices: [
      ["product-quality", "Product quality", "产品质量"],
      ["service", "Service in general", "服务（综合）"],
      ["service-attitude", "Manner of staff", "服务态度"],
      ["service-quality", "Quality of service", "服务质量"],
      ["equipment", "Equipment", "设施设备"],
      ["incident", "Incident", "突发事件"],
      ["usage", "Use and handling", "使用操作"],
      ["price", "Price and charges", "价格、费用"],
      ["communication", "Communication", "沟通问题"],
      ["telecom-network", "Broadband and network", "宽带、网络"],
      ["special", "Special complaint", "特殊客诉"],
      ["other", "Other", "其他"],
    ].map(([id, en, zh]) => choice(id!, en!, zh!)),
  },
  {
    kind: "offer",
    stage: "resolve",
    step: "resolve.options",
    optional: true,
    mood: 2,
    ask: {
      en: "Which options did you put to the customer, and what was chosen?",
      zh: "给客户哪几个方案？他选哪个？",
    },
    say: {
      en: "There are two things I can do for you. Which suits you better?",
      zh: "我能给您办的有这几样，您看哪样更合适？",
    },
    avoid: {
      say: { en: "That's our policy.", zh: "这是我们的规定。" },
      better: { en: "Here is what I can do for you today.", zh: "今天我能为您办到的是这些。" },
    },
    choices: [
      choice("refund", "Refund", "退款", { limit: 200, currency: "CNY", needs_approval: false }),
      choice("replace", "Replacement", "换新", { needs_approval: false }),
      choice("service-compensation", "Credit on the bill", "费用减免", {
        limit: 100,
        currency: "CNY",
        needs_approval: false,
      }),
      choice("compensate-money", "Compensation", "金钱赔偿", {
        limit: 0,
        currency: "CNY",
        needs_approval: true,
      }),
      choice("written-apology", "Written apology", "书面道歉", { needs_approval: false }),
    ],
  },
  {
    kind: "promise",
    stage: "resolve",
    step: "resolve.promise",
    optional: true,
    mood: 2,
    ask: { en: "What was promised, by when, and why then?", zh: "答应了什么，什么时候办到，为什么？" },
    say: {
      en: "I'll write down what and by when, so you can hold me to it.",
      zh: "我说的和时间都写下来，您到时候拿这个找我。",
    },
  },
  {
    kind: "number",
    stage: "follow-up",
    step: "follow-up.rating",
    optional: true,
    mood: 2,
    ask: { en: "How would the customer rate today, 1 to 5?", zh: "客户给今天打几分，1到5？" },
    say: {
      en: "If you like: from 1 to 5, how did we do today?",
      zh: "您愿意的话打个分，1到5分，今天这事我们办得怎么样？",
    },
  },
  {
    kind: "reply",
    stage: "follow-up",
    step: "practice.turn",
    turn: 3,
    mood: 4,
    says: "Three weeks! And every time somebody else who knows nothing. What are you going to do about it?",
    ask: { en: "What do you say?", zh: "您怎么说？" },
    choices: [
      choice("a", "I can only tell you what the system shows.", "我只能看到系统里的情况。"),
      choice(
        "b",
        "Three weeks, and a new face each time. I'd be angry too. Let me stay with this one myself.",
        "三周了，每次都换一个人，换谁都会生气。这件事由我来跟到底。",
      ),
      choice("c", "Please calm down first.", "请您先冷静。"),
    ],
  },
];

/** The questions of the demonstration in one language. */
export function demoQuestions(locale: string): (Partial<Question> & Pick<Question, "kind">)[] {
  const say = (text: Text) => (locale.startsWith("zh") ? text.zh : text.en);
  return DEMO.map(({ ask, say: line, alternatives, avoid, tip, help, alerts, choices, ...rest }) => ({
    ...rest,
    ask: say(ask),
    alerts: (alerts ?? []).map(say),
    ...(line ? { say: say(line) } : {}),
    ...(alternatives ? { alternatives: alternatives.map(say) } : {}),
    ...(avoid ? { avoid: { say: say(avoid.say), better: say(avoid.better) } } : {}),
    ...(tip ? { tip: say(tip) } : {}),
    ...(help ? { help: say(help) } : {}),
    ...(choices ? { choices: choices.map((c) => ({ ...c, label: say(c.label) })) } : {}),
  }));
}
