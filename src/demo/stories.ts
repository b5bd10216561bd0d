/** What customers of the demonstration complain about, in three languages: sample data, no wording of the program. */
import type { Locale } from "../core/locale.ts";

/** Texts per language. Blanks: {n} a small number, {amount} money, {hour} a time, {day} a weekday, {item} the product, {place} where. */
export type Texts = Readonly<Record<Locale, readonly string[]>>;

export interface Story {
  category: string;
  cause?: string;
  cause_side?: "subjective" | "objective";
  department?: string;
  script: string;
  /** How often, against the other stories. */
  weight: number;
  kind: "valid" | "help-seeking" | "consultation" | "venting";
  psychology: readonly string[];
  severity: readonly string[];
  flags?: readonly string[];
  remedies: readonly string[];
  /** Money range of this story in CNY. */
  amount?: readonly [number, number];
  /** Mood when the call begins, from and to. */
  mood: readonly [number, number];
  items?: Texts;
  words: Texts;
  summary: Texts;
  demand: Texts;
  promise: Texts;
}

export const STORIES: readonly Story[] = [
  {
    category: "telecom-network",
    cause: "incomplete-late",
    cause_side: "subjective",
    department: "field-service",
    script: "telecom",
    weight: 6,
    kind: "valid",
    psychology: ["respect", "venting", "compensation"],
    severity: ["medium", "medium", "high"],
    remedies: ["onsite-repair", "service-compensation", "apology"],
    amount: [30, 180],
    mood: [3, 5],
    items: {
      en: ["broadband 300M", "fibre line"],
      "zh-CN": ["300M宽带", "光纤宽带"],
      "zh-TW": ["300M寬頻", "光纖寬頻"],
    },
    words: {
      en: [
        "The engineer was supposed to come on {day} at {hour}. I took the morning off, sat at home, and nobody came and nobody called.",
        "Your people have missed {n} appointments by now. My children cannot do their lessons and all I get is a new date.",
        "I have been without internet for {n} days. Every time I ring I am told the fitter is on his way. He is not.",
      ],
      "zh-CN": [
        "说好{day}{hour}师傅上门，我专门请了半天假在家等，人没来，电话也没有一个。",
        "这已经是第{n}次放我鸽子了，孩子上不了网课，你们每次就给我换个日期。",
        "家里断网{n}天了，每次打电话都说师傅在路上，到现在也没见着人。",
      ],
      "zh-TW": [
        "講好{day}{hour}師傅會到府，我特地請了半天假在家等，人沒來，電話也沒有一通。",
        "這已經是第{n}次爽約了，小孩線上課都上不了，你們每次就只會改日期。",
        "家裡斷網{n}天了，每次打來都說師傅在路上，到現在連個人影都沒看到。",
      ],
    },
    summary: {
      en: ["Engineer missed the appointment, no call; line still down."],
      "zh-CN": ["预约上门未到且未通知，宽带仍未恢复。"],
      "zh-TW": ["預約到府未到且未通知，寬頻仍未恢復。"],
    },
    demand: {
      en: ["Come today and credit the days without service.", "A fixed time, and somebody who rings before."],
      "zh-CN": ["今天就来修，断网这几天的费用要退。", "给一个准时间，来之前先打电话。"],
      "zh-TW": ["今天就來修，斷網這幾天的費用要退。", "給一個確定的時間，來之前先打電話。"],
    },
    promise: {
      en: ["engineer visit, call 30 minutes before"],
      "zh-CN": ["师傅上门维修，到前半小时电话联系"],
      "zh-TW": ["師傅到府維修，到前半小時電話聯絡"],
    },
  },
  {
    category: "telecom-network",
    cause: "unresolved",
    cause_side: "objective",
    department: "network",
    script: "telecom",
    weight: 9,
    kind: "valid",
    psychology: ["venting", "respect", "mixed"],
    severity: ["low", "medium", "medium"],
    remedies: ["fix", "service-compensation", "explain"],
    amount: [20, 120],
    mood: [2, 4],
    items: {
      en: ["home router", "mobile data"],
      "zh-CN": ["家庭路由器", "手机流量"],
      "zh-TW": ["家用路由器", "行動數據"],
    },
    words: {
      en: [
        "Every evening after {hour} the connection drops. You reset it, it works for an hour, and then it is gone again.",
        "I have reported the same fault {n} times and each time it is closed as solved. It is not solved.",
        "In {place} there is no signal at all, and I pay the full price every month.",
      ],
      "zh-CN": [
        "每天晚上{hour}以后就掉线，你们远程重启一下好一个钟头，然后又断。",
        "同一个故障我报了{n}次，每次都给我结单说解决了，根本没解决。",
        "{place}这边一点信号都没有，月租我可是一分没少交。",
      ],
      "zh-TW": [
        "每天晚上{hour}以後就斷線，你們遠端重開一下好一個小時，然後又斷。",
        "同一個故障我報了{n}次，每次都說處理好了就結案，根本沒好。",
        "{place}這邊一點訊號都沒有，月租費我可是一毛都沒少繳。",
      ],
    },
    summary: {
      en: ["Connection drops every evening; reported before, closed without a cure."],
      "zh-CN": ["每晚掉线，多次报修后仍复发。"],
      "zh-TW": ["每晚斷線，多次報修後仍復發。"],
    },
    demand: {
      en: ["Find the cause instead of restarting it.", "Tell me when it will be stable."],
      "zh-CN": ["把原因查清楚，别再让我重启。", "给个准话，什么时候能稳定。"],
      "zh-TW": ["把原因查清楚，不要再叫我重開機。", "講清楚什麼時候可以穩定。"],
    },
    promise: {
      en: ["line measured and the result told by phone"],
      "zh-CN": ["线路检测完毕后电话告知结果"],
      "zh-TW": ["線路檢測完後電話告知結果"],
    },
  },
  {
    category: "price",
    cause: "expectation-gap",
    department: "billing",
    script: "good-faith",
    weight: 11,
    kind: "valid",
    psychology: ["compensation", "respect"],
    severity: ["low", "low", "medium"],
    remedies: ["refund", "explain", "service-compensation"],
    amount: [15, 260],
    mood: [2, 4],
    items: {
      en: ["monthly bill", "data package"],
      "zh-CN": ["月账单", "流量包"],
      "zh-TW": ["月帳單", "上網方案"],
    },
    words: {
      en: [
        "There is {amount} on my bill for a package I never ordered. I want to know who switched it on.",
        "I was charged twice this month, {amount} each time, and the app only says 'processing'.",
        "At the counter they told me it was free for {n} months. The first bill already says {amount}.",
      ],
      "zh-CN": [
        "账单里多出{amount}块的套餐费，我从来没订过，到底是谁给我开的？",
        "这个月扣了我两次钱，每次{amount}块，App上就显示处理中。",
        "柜台当时说前{n}个月免费，结果第一张账单就是{amount}块。",
      ],
      "zh-TW": [
        "帳單裡多出{amount}元的方案費，我從來沒訂過，到底是誰幫我開的？",
        "這個月被扣了兩次錢，每次{amount}元，App上就只顯示處理中。",
        "櫃檯當時說前{n}個月免費，結果第一張帳單就是{amount}元。",
      ],
    },
    summary: {
      en: ["Charge the customer did not expect; asks for proof and the money back."],
      "zh-CN": ["账单出现未预期的收费，客户要求说明并退费。"],
      "zh-TW": ["帳單出現未預期的收費，客戶要求說明並退費。"],
    },
    demand: {
      en: ["Take it off and pay it back.", "Show me where I agreed to it."],
      "zh-CN": ["取消掉，把钱退给我。", "把我同意过的凭证拿出来。"],
      "zh-TW": ["取消掉，把錢退給我。", "把我同意過的證明拿出來。"],
    },
    promise: {
      en: ["billing checks the entry and rings with the result"],
      "zh-CN": ["账务核查后电话回复结果"],
      "zh-TW": ["帳務查核後電話回覆結果"],
    },
  },
  {
    category: "product-quality",
    cause: "manufacturing",
    cause_side: "objective",
    department: "quality",
    script: "product-quality",
    weight: 10,
    kind: "valid",
    psychology: ["compensation", "venting"],
    severity: ["medium", "medium", "high"],
    remedies: ["replace", "refund", "repair"],
    amount: [60, 900],
    mood: [2, 4],
    items: {
      en: ["electric kettle", "rice cooker", "heater"],
      "zh-CN": ["电热水壶", "电饭煲", "取暖器"],
      "zh-TW": ["電熱水壺", "電子鍋", "電暖器"],
    },
    words: {
      en: [
        "The {item} leaks from the bottom after {n} weeks. I only noticed when the table was wet.",
        "I bought the {item} for my mother and the switch broke after {n} days. Is that normal for you?",
        "The {item} smells of burning as soon as it is switched on. I do not dare to use it any more.",
      ],
      "zh-CN": [
        "{item}用了{n}个星期底部就漏水，桌子湿了我才发现。",
        "给我妈买的{item}，第{n}天开关就坏了，你们的东西就是这个质量？",
        "{item}一开就有股焦味，我现在都不敢用了。",
      ],
      "zh-TW": [
        "{item}用了{n}個星期底部就漏水，桌子濕了我才發現。",
        "買給我媽的{item}，第{n}天開關就壞了，你們的東西就是這種品質？",
        "{item}一開就有燒焦味，我現在都不敢用了。",
      ],
    },
    summary: {
      en: ["Product failed within weeks in normal use."],
      "zh-CN": ["产品正常使用数周内出现故障。"],
      "zh-TW": ["產品正常使用數週內出現故障。"],
    },
    demand: {
      en: ["A new one, not a repaired one.", "My money back."],
      "zh-CN": ["换新的，不要修过的。", "退钱。"],
      "zh-TW": ["換新的，不要修過的。", "退錢。"],
    },
    promise: {
      en: ["on its way to the customer, number by message"],
      "zh-CN": ["寄出或退款后短信告知单号"],
      "zh-TW": ["寄出或退款後以簡訊告知單號"],
    },
  },
  {
    category: "product-quality",
    cause: "transport-storage",
    cause_side: "objective",
    department: "logistics",
    script: "retail-return",
    weight: 7,
    kind: "valid",
    psychology: ["compensation", "respect"],
    severity: ["low", "medium"],
    remedies: ["replace", "return", "refund"],
    amount: [40, 500],
    mood: [2, 3],
    items: {
      en: ["glass cabinet", "tea set", "wedding cake"],
      "zh-CN": ["玻璃柜", "茶具", "婚礼蛋糕"],
      "zh-TW": ["玻璃櫃", "茶具", "婚禮蛋糕"],
    },
    words: {
      en: [
        "The box was already crushed when the courier handed it over, and the {item} inside is in pieces.",
        "I ordered the {item} for {day}. It came a day late and broken.",
      ],
      "zh-CN": [
        "快递递过来的时候箱子就已经压扁了，里面的{item}全碎了。",
        "{item}说好{day}要用的，晚到一天不说，还是坏的。",
      ],
      "zh-TW": [
        "宅配交給我的時候箱子就已經壓扁了，裡面的{item}全碎了。",
        "{item}講好{day}要用的，晚到一天不說，還是壞的。",
      ],
    },
    summary: {
      en: ["Goods arrived damaged."],
      "zh-CN": ["货物运输途中损坏。"],
      "zh-TW": ["貨物運送途中損壞。"],
    },
    demand: {
      en: ["Send it again, today.", "Take it back at your cost."],
      "zh-CN": ["今天重新发货。", "你们出运费退回去。"],
      "zh-TW": ["今天重新出貨。", "運費由你們出，退回去。"],
    },
    promise: {
      en: ["new parcel or refund on its way"],
      "zh-CN": ["重新发货或办理退款"],
      "zh-TW": ["重新出貨或辦理退款"],
    },
  },
  {
    category: "service-attitude",
    cause: "disrespect",
    cause_side: "subjective",
    department: "front-desk",
    script: "good-faith",
    weight: 7,
    kind: "valid",
    psychology: ["respect", "respect", "hostile"],
    severity: ["low", "medium"],
    remedies: ["apology", "written-apology", "training"],
    mood: [3, 5],
    words: {
      en: [
        "Your clerk did not even look up. She pushed the form back at me and said I should learn to read.",
        "I asked politely {n} times. The gentleman at the counter sighed, and then he laughed with his colleague.",
        "I was told in front of everybody that I should have thought of that before. I have never been so embarrassed.",
      ],
      "zh-CN": [
        "你们柜台那位头都不抬，把单子往我面前一推，说让我先学会认字。",
        "我好声好气问了{n}遍，柜台先生叹口气，转头跟同事笑起来了。",
        "当着那么多人的面说我早干嘛去了，我从来没这么难堪过。",
      ],
      "zh-TW": [
        "你們櫃檯那位頭都不抬，把單子往我面前一推，叫我先學會認字。",
        "我好聲好氣問了{n}遍，櫃檯先生嘆口氣，轉頭跟同事笑起來了。",
        "當著那麼多人的面說我早幹嘛去了，我從來沒有這麼難堪過。",
      ],
    },
    summary: {
      en: ["Treated rudely at the counter."],
      "zh-CN": ["柜台接待态度恶劣。"],
      "zh-TW": ["櫃檯接待態度惡劣。"],
    },
    demand: {
      en: ["An apology from her, in writing.", "Your manager should know how people are treated here."],
      "zh-CN": ["让她本人书面道歉。", "让你们领导知道这里是怎么对人的。"],
      "zh-TW": ["要她本人書面道歉。", "讓你們主管知道這裡是怎麼對人的。"],
    },
    promise: {
      en: ["the head of the counter rings personally"],
      "zh-CN": ["柜台主管亲自来电致歉"],
      "zh-TW": ["櫃檯主管親自來電致歉"],
    },
  },
  {
    category: "service-quality",
    cause: "forgot-task",
    cause_side: "subjective",
    department: "property",
    script: "property",
    weight: 9,
    kind: "valid",
    psychology: ["venting", "respect"],
    severity: ["low", "medium", "medium"],
    remedies: ["fix", "onsite-repair", "service-compensation"],
    amount: [20, 150],
    mood: [2, 4],
    words: {
      en: [
        "I reported the dripping tap {n} weeks ago, the young man wrote it down, and that was the last I heard.",
        "The light on the stairs of {place} has been out since {day}. My mother is 80. How often do I have to say it?",
        "You promised to send the receipt. I have now asked {n} times.",
      ],
      "zh-CN": [
        "水龙头漏水我{n}个星期前就报修了，小伙子记下来了，然后就没下文了。",
        "{place}楼道灯从{day}黑到现在，我妈都八十了，还要我说几遍？",
        "说好把收据寄给我，我已经问了{n}次了。",
      ],
      "zh-TW": [
        "水龍頭漏水我{n}個星期前就報修了，年輕人有記下來，然後就沒下文了。",
        "{place}樓梯間的燈從{day}壞到現在，我媽都八十歲了，還要我說幾次？",
        "說好把收據寄給我，我已經問了{n}次了。",
      ],
    },
    summary: {
      en: ["Task was noted and then forgotten."],
      "zh-CN": ["交办事项登记后遗漏未办。"],
      "zh-TW": ["交辦事項登記後遺漏未辦。"],
    },
    demand: {
      en: ["Just do it, this week.", "Somebody who is responsible for it by name."],
      "zh-CN": ["这周之内办好。", "给我一个具体负责的人。"],
      "zh-TW": ["這週之內辦好。", "給我一個具體負責的人。"],
    },
    promise: {
      en: ["repair done and a photo sent"],
      "zh-CN": ["完成维修并发照片确认"],
      "zh-TW": ["完成維修並傳照片確認"],
    },
  },
  {
    category: "equipment",
    cause: "plant-maintenance",
    cause_side: "objective",
    department: "engineering",
    script: "property",
    weight: 7,
    kind: "valid",
    psychology: ["venting", "mixed"],
    severity: ["medium", "high", "high"],
    flags: ["vulnerable"],
    remedies: ["repair", "explain", "fix"],
    mood: [2, 4],
    words: {
      en: [
        "The lift in {place} has stood still for {n} days. I live on the 11th floor, with a pram.",
        "The lift stopped between two floors with me in it for {n}0 minutes, and nobody answered the alarm.",
      ],
      "zh-CN": [
        "{place}电梯停了{n}天了，我住11楼，还推着婴儿车。",
        "电梯把我关在里面{n}0分钟，按铃没有人应。",
      ],
      "zh-TW": [
        "{place}電梯停了{n}天了，我住11樓，還推著嬰兒車。",
        "電梯把我關在裡面{n}0分鐘，按鈴都沒有人回應。",
      ],
    },
    summary: {
      en: ["Lift out of order for days."],
      "zh-CN": ["电梯停运多日。"],
      "zh-TW": ["電梯停用多日。"],
    },
    demand: {
      en: ["When will it run again? A date, please."],
      "zh-CN": ["什么时候能修好？请给个日期。"],
      "zh-TW": ["什麼時候修好？請給個日期。"],
    },
    promise: {
      en: ["progress told every evening until the lift runs"],
      "zh-CN": ["电梯恢复前每晚通报进度"],
      "zh-TW": ["電梯恢復前每晚通報進度"],
    },
  },
  {
    category: "incident",
    cause: "municipal",
    cause_side: "objective",
    department: "property",
    script: "property",
    weight: 4,
    kind: "valid",
    psychology: ["venting"],
    severity: ["medium", "high"],
    remedies: ["explain", "alternative-help"],
    mood: [2, 4],
    words: {
      en: [
        "No water since {hour} and no notice anywhere. I have a baby here.",
        "The power went off {n} times today. Who pays for what is thawing in my freezer?",
      ],
      "zh-CN": [
        "从{hour}停水到现在，一张通知都没有，我家里有婴儿。",
        "今天停了{n}次电，冰箱里化掉的东西谁赔？",
      ],
      "zh-TW": [
        "從{hour}停水到現在，一張公告都沒有，我家裡有嬰兒。",
        "今天停了{n}次電，冰箱裡退冰的東西誰賠？",
      ],
    },
    summary: {
      en: ["Water or power cut without notice."],
      "zh-CN": ["停水停电未提前通知。"],
      "zh-TW": ["停水停電未事先通知。"],
    },
    demand: {
      en: ["Tell us before, not after."],
      "zh-CN": ["要提前说，不是事后说。"],
      "zh-TW": ["要事先說，不是事後說。"],
    },
    promise: {
      en: ["message as soon as the utility gives a time"],
      "zh-CN": ["市政给出时间后立即短信通知"],
      "zh-TW": ["公用事業給出時間後立即簡訊通知"],
    },
  },
  {
    category: "usage",
    cause: "consumer-handling",
    department: "support",
    script: "uninformed",
    weight: 6,
    kind: "help-seeking",
    psychology: ["responsibility-evading", "respect"],
    severity: ["low"],
    remedies: ["training", "explain"],
    mood: [1, 3],
    items: {
      en: ["set-top box", "smart lock"],
      "zh-CN": ["机顶盒", "智能门锁"],
      "zh-TW": ["機上盒", "智慧門鎖"],
    },
    words: {
      en: [
        "I have tried the {item} for {n} hours. The manual might as well be in another language.",
        "The {item} locks me out. I only did what the leaflet says.",
      ],
      "zh-CN": [
        "这个{item}我弄了{n}个钟头，说明书跟天书一样。",
        "{item}把我锁在外面了，我可是照着说明来的。",
      ],
      "zh-TW": [
        "這個{item}我弄了{n}個小時，說明書跟天書一樣。",
        "{item}把我鎖在外面了，我可是照著說明來的。",
      ],
    },
    summary: {
      en: ["Needs help with setting up."],
      "zh-CN": ["不会设置，需要指导。"],
      "zh-TW": ["不會設定，需要指導。"],
    },
    demand: {
      en: ["Somebody who shows me how."],
      "zh-CN": ["找个人教我怎么弄。"],
      "zh-TW": ["找個人教我怎麼弄。"],
    },
    promise: {
      en: ["a colleague rings and goes through it step by step"],
      "zh-CN": ["同事来电逐步指导"],
      "zh-TW": ["同事來電逐步指導"],
    },
  },
  {
    category: "communication",
    cause: "irresponsible",
    cause_side: "subjective",
    department: "call-centre",
    script: "good-faith",
    weight: 8,
    kind: "valid",
    psychology: ["respect", "venting"],
    severity: ["low", "medium"],
    remedies: ["apology", "service-compensation", "fix"],
    amount: [20, 100],
    mood: [3, 4],
    words: {
      en: [
        "I was promised a call back on {day}. Nobody called. I have explained it to {n} of your colleagues by now.",
        "One of you says it is the shop, the shop says it is you. I have been sent round in a circle {n} times.",
        "I wrote {n} e-mails and got the same automatic answer to each of them.",
      ],
      "zh-CN": [
        "说好{day}给我回电话，没人打来。同样的事我已经跟你们{n}个人讲过了。",
        "你们说找门店，门店说找你们，来来回回踢了我{n}次皮球。",
        "我发了{n}封邮件，每封都是一样的自动回复。",
      ],
      "zh-TW": [
        "說好{day}回電給我，沒人打來。同樣的事我已經跟你們{n}個人講過了。",
        "你們說找門市，門市說找你們，來來回回把我推了{n}次。",
        "我寄了{n}封信，每封都是一樣的自動回覆。",
      ],
    },
    summary: {
      en: ["Promised call never came; customer explained it several times."],
      "zh-CN": ["承诺的回电未兑现，客户多次重复说明。"],
      "zh-TW": ["承諾的回電未兌現，客戶多次重複說明。"],
    },
    demand: {
      en: ["One person, one number, one answer."],
      "zh-CN": ["一个人负责到底，给我一个答复。"],
      "zh-TW": ["一個人負責到底，給我一個答覆。"],
    },
    promise: {
      en: ["call back with the result, whatever it is"],
      "zh-CN": ["无论结果如何都按时回电"],
      "zh-TW": ["不論結果如何都準時回電"],
    },
  },
  {
    category: "product-quality",
    cause: "expired",
    cause_side: "subjective",
    department: "retail",
    script: "retail-return",
    weight: 4,
    kind: "valid",
    psychology: ["compensation", "hostile"],
    severity: ["medium", "high"],
    flags: ["safety", "regulator"],
    remedies: ["return", "compensate-goods", "compensate-money"],
    amount: [50, 1000],
    mood: [3, 5],
    items: { en: ["milk", "baby food"], "zh-CN": ["牛奶", "婴儿辅食"], "zh-TW": ["牛奶", "嬰兒副食品"] },
    words: {
      en: [
        "The {item} was {n} days past its date when you sold it to me. My child had already eaten from it.",
        "I have a photo of the shelf: every {item} on it is expired. I shall report this.",
      ],
      "zh-CN": [
        "{item}卖给我的时候就已经过期{n}天了，孩子都吃了才发现。",
        "货架我拍了照，整排{item}都是过期的，我要去市场监管局举报。",
      ],
      "zh-TW": [
        "{item}賣給我的時候就已經過期{n}天了，小孩都吃了才發現。",
        "貨架我拍了照，整排{item}都是過期的，我要去檢舉。",
      ],
    },
    summary: {
      en: ["Expired goods sold."],
      "zh-CN": ["售出过期商品。"],
      "zh-TW": ["售出過期商品。"],
    },
    demand: {
      en: ["What the law gives me, and a doctor's check.", "Compensation."],
      "zh-CN": ["该赔的按规定赔，孩子要去医院检查。", "要赔偿。"],
      "zh-TW": ["該賠的照規定賠，小孩要去醫院檢查。", "要賠償。"],
    },
    promise: {
      en: ["the manager decides and rings"],
      "zh-CN": ["经理审批后来电答复"],
      "zh-TW": ["經理核定後來電答覆"],
    },
  },
  {
    category: "service-quality",
    cause: "damage-loss",
    cause_side: "subjective",
    department: "logistics",
    script: "good-faith",
    weight: 4,
    kind: "valid",
    psychology: ["compensation"],
    severity: ["medium", "high"],
    remedies: ["compensate-money", "repair", "apology"],
    amount: [200, 2600],
    mood: [3, 4],
    items: { en: ["washing machine", "piano"], "zh-CN": ["洗衣机", "钢琴"], "zh-TW": ["洗衣機", "鋼琴"] },
    words: {
      en: [
        "Your people scratched my floor carrying the {item} in and said nothing. The repair is {amount}.",
        "They lost {n} boxes with the {item}, and now nobody was there.",
      ],
      "zh-CN": [
        "你们师傅搬{item}把我地板划了，一声不吭就走了，修一下要{amount}块。",
        "送{item}的时候少了{n}箱东西，现在个个都说没看见。",
      ],
      "zh-TW": [
        "你們師傅搬{item}把我地板刮傷，一句話不說就走了，修一下要{amount}元。",
        "送{item}的時候少了{n}箱東西，現在每個都說沒看到。",
      ],
    },
    summary: {
      en: ["Belongings damaged during delivery."],
      "zh-CN": ["送货过程中损坏客户物品。"],
      "zh-TW": ["送貨過程中損壞客戶物品。"],
    },
    demand: {
      en: ["Pay the repair.", "Find my boxes."],
      "zh-CN": ["修理费你们出。", "把我的箱子找回来。"],
      "zh-TW": ["修理費你們出。", "把我的箱子找回來。"],
    },
    promise: {
      en: ["decision on the compensation by phone"],
      "zh-CN": ["电话答复赔偿决定"],
      "zh-TW": ["電話答覆賠償決定"],
    },
  },
  {
    category: "product-quality",
    cause: "adverse-reaction",
    department: "quality",
    script: "product-quality",
    weight: 2,
    kind: "valid",
    psychology: ["compensation", "hostile"],
    severity: ["high", "critical"],
    flags: ["safety", "media"],
    remedies: ["refund", "compensate-money", "explain"],
    amount: [200, 3000],
    mood: [3, 5],
    items: { en: ["face cream", "shampoo"], "zh-CN": ["面霜", "洗发水"], "zh-TW": ["面霜", "洗髮精"] },
    words: {
      en: ["After {n} days with your {item} my face is red and swollen. I am at the doctor's right now."],
      "zh-CN": ["用了你们的{item}才{n}天，脸又红又肿，我现在就在医院。"],
      "zh-TW": ["用了你們的{item}才{n}天，臉又紅又腫，我現在就在醫院。"],
    },
    summary: {
      en: ["Skin reaction after use; customer at the doctor's."],
      "zh-CN": ["使用后皮肤不良反应，客户正在就医。"],
      "zh-TW": ["使用後皮膚不良反應，客戶正在就醫。"],
    },
    demand: {
      en: ["Pay the doctor, and stop selling it."],
      "zh-CN": ["医药费你们出，东西下架。"],
      "zh-TW": ["醫藥費你們出，產品下架。"],
    },
    promise: {
      en: ["quality officer rings"],
      "zh-CN": ["质量负责人来电"],
      "zh-TW": ["品保負責人來電"],
    },
  },
  {
    category: "other",
    script: "venting",
    weight: 4,
    kind: "venting",
    psychology: ["venting"],
    severity: ["low"],
    remedies: ["apology", "explain"],
    mood: [2, 4],
    words: {
      en: [
        "Nothing works any more in this town, and you are part of it. I just had to say it once.",
        "I do not want anything. I want somebody to listen for five minutes.",
      ],
      "zh-CN": [
        "现在什么事都办不顺，你们也一样，我今天就是要说出来。",
        "我什么都不要，就想有个人听我讲五分钟。",
      ],
      "zh-TW": [
        "現在什麼事都辦不順，你們也一樣，我今天就是要講出來。",
        "我什麼都不要，就想有個人聽我講五分鐘。",
      ],
    },
    summary: {
      en: ["General displeasure; wanted to be heard."],
      "zh-CN": ["情绪宣泄，希望被倾听。"],
      "zh-TW": ["情緒宣洩，希望被傾聽。"],
    },
    demand: {
      en: ["Listen to people."],
      "zh-CN": ["多听听老百姓怎么说。"],
      "zh-TW": ["多聽聽大家怎麼說。"],
    },
    promise: {
      en: ["passed on to the manager, short answer by message"],
      "zh-CN": ["转达经理并短信简复"],
      "zh-TW": ["轉達經理並以簡訊簡覆"],
    },
  },
];

/** The story of the demonstration's spike: visits missed after a storm. */
export const SPIKE_STORY = STORIES[0]!;

/** Small texts of the life after the call. */
export const TEXTS = {
  reason: {
    en: ["first free slot", "parts arrive the day before", "the department needs two days to check"],
    "zh-CN": ["最早的空档", "配件前一天到货", "部门核查需要两天"],
    "zh-TW": ["最早的空檔", "零件前一天到貨", "部門查核需要兩天"],
  },
  later: {
    en: ["parts are late", "the engineer is ill"],
    "zh-CN": ["配件延期", "师傅临时请假"],
    "zh-TW": ["零件延期", "師傅臨時請假"],
  },
  place: {
    en: ["block 3", "the east gate", "Garden Road", "the old town"],
    "zh-CN": ["3号楼", "东门", "花园路", "老城区"],
    "zh-TW": ["三號棟", "東門", "中山路", "舊城區"],
  },
  progress: {
    en: ["No news yet; told the customer and when we ring again."],
    "zh-CN": ["暂无进展，已告知客户及下次联系时间。"],
    "zh-TW": ["暫無進展，已告知客戶及下次聯絡時間。"],
  },
  opinion_process: {
    en: ["Quick once it was in the right hands.", "Friendly, and I was told where it stood."],
    "zh-CN": ["转到对的人手里就快了。", "态度好，进度也有人告诉我。"],
    "zh-TW": ["轉到對的人手上就快了。", "態度好，進度也有人告訴我。"],
  },
  opinion_measures: {
    en: ["The measure was fine.", "Fair, I can live with it."],
    "zh-CN": ["处理办法可以接受。", "还算公道。"],
    "zh-TW": ["處理方式可以接受。", "還算合理。"],
  },
  opinion_result: {
    en: ["It works now.", "Settled, but it should not have happened at all."],
    "zh-CN": ["现在好了。", "解决了，不过本来就不该发生。"],
    "zh-TW": ["現在好了。", "解決了，不過本來就不該發生。"],
  },
  unhappy_process: {
    en: ["It took far too long.", "I had to explain it all over again."],
    "zh-CN": ["拖得太久了。", "又得从头讲一遍。"],
    "zh-TW": ["拖太久了。", "又得從頭講一遍。"],
  },
  unhappy_measures: {
    en: ["Not what I had asked for."],
    "zh-CN": ["不是我要的处理办法。"],
    "zh-TW": ["不是我要的處理方式。"],
  },
  unhappy_result: {
    en: ["Nothing has changed."],
    "zh-CN": ["跟没处理一样。"],
    "zh-TW": ["跟沒處理一樣。"],
  },
  problem: {
    en: ["It happened again yesterday."],
    "zh-CN": ["昨天又出现了。"],
    "zh-TW": ["昨天又發生了。"],
  },
  lesson: {
    en: ["Read the appointment list at the change of shift."],
    "zh-CN": ["交接班时核对预约清单。"],
    "zh-TW": ["交接班時核對預約清單。"],
  },
  ask: {
    en: ["Above my limit; loss is proven by the invoice."],
    "zh-CN": ["超出权限，损失有发票证明。"],
    "zh-TW": ["超出權限，損失有發票證明。"],
  },
  granted: {
    en: ["The loss is proven.", "Long-standing customer; it was our mistake."],
    "zh-CN": ["损失有凭证。", "老客户，确是我方失误。"],
    "zh-TW": ["損失有憑證。", "老客戶，確實是我方疏失。"],
  },
  denied: {
    en: ["Outside the rules; offer the repair instead."],
    "zh-CN": ["超出规定，改为提供维修。"],
    "zh-TW": ["超出規定，改提供維修。"],
  },
  wait: {
    en: ["Customer sends the photos."],
    "zh-CN": ["等客户提供照片。"],
    "zh-TW": ["等客戶提供照片。"],
  },
  reopen: {
    en: ["Not solved, says the customer at the call-back."],
    "zh-CN": ["回访时客户表示未解决。"],
    "zh-TW": ["回訪時客戶表示未解決。"],
  },
  appeal: {
    en: ["The customer does not accept the answer."],
    "zh-CN": ["客户不接受处理结果。"],
    "zh-TW": ["客戶不接受處理結果。"],
  },
} satisfies Record<string, Texts>;

export const WEEKDAYS: Texts = {
  en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  "zh-CN": ["周一", "周二", "周三", "周四", "周五", "周六"],
  "zh-TW": ["週一", "週二", "週三", "週四", "週五", "週六"],
};

/** Family and given names per language. */
export const NAMES: Readonly<Record<Locale, { family: readonly string[]; given: readonly string[] }>> = {
  en: {
    family: [
      "Wang",
      "Miller",
      "Tan",
      "Garcia",
      "Novak",
      "Brown",
      "Lee",
      "Rossi",
      "Patel",
      "Ito",
      "Weber",
      "Silva",
    ],
    given: [
      "Li",
      "Anna",
      "Mark",
      "Elena",
      "Peter",
      "Grace",
      "Tom",
      "Maria",
      "Ravi",
      "Yuki",
      "Jonas",
      "Sofia",
    ],
  },
  "zh-CN": {
    family: ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "欧阳"],
    given: ["伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "洋", "艳", "勇", "建国", "秀英", "志明", "桂兰"],
  },
  "zh-TW": {
    family: ["陳", "林", "黃", "張", "李", "王", "吳", "劉", "蔡", "楊", "許", "鄭", "歐陽"],
    given: ["怡君", "志豪", "雅婷", "俊傑", "淑芬", "家豪", "美玲", "冠宇", "佳穎", "建宏", "麗華", "承恩"],
  },
};

export const AGENTS = ["anna", "chen", "david", "lin", "mei", "wei"] as const;
export const LEADS = ["hsu", "zhao"] as const;
