/** Shows the call screen with a fake conversation: `npx tsx test/support/demo-call.ts [locale] [density] [plain]`. */
import type { Outcome, SideAction } from "../../src/core/question.ts";
import { processIo } from "../../src/ui/io.ts";
import { demoQuestions } from "./demo-questions.ts";
import { FAKE_ACTIONS, type FakeConversation, fakeConversation } from "./fake-conversation.ts";
import { messagesOf } from "./words.ts";

const [locale = "en", density = "normal", face = "terminal"] = process.argv.slice(2);
const zh = locale.startsWith("zh");
const t = messagesOf("ui", locale);
const LABELS: Record<string, string> = {
  back: "上一步",
  jump: "跳转",
  mood: "情绪",
  tip: "下一条提示",
  another: "换一句话",
  note: "备注",
  promise: "承诺",
  hold: "请客户稍等",
  recap: "复述",
  abuse: "辱骂警告",
  emergency: "紧急情况",
  escalate: "升级",
  approval: "授权码",
  script: "换流程",
  language: "换语言",
  end: "通话结束",
  pause: "暂停",
};
const EN: Record<string, string> = {
  back: "The step before",
  jump: "Jump to a step",
  mood: "How angry",
  tip: "The next calming tip",
  another: "Another wording",
  note: "Note",
  promise: "A promise",
  hold: "Hold the line",
  recap: "Read back",
  abuse: "Warn about insults",
  emergency: "Emergency",
  escalate: "Escalate",
  approval: "Approval code",
  script: "Another script",
  language: "Another language",
  end: "The call has ended",
  pause: "Pause",
};
const side = (name: SideAction["side"], more: Partial<Outcome & { type: "side" }>) => (): Outcome => ({
  type: "side",
  side: name,
  ...more,
});
const hold = (action: SideAction, fake: FakeConversation): Outcome => {
  const start = action.side === "hold" && action.state === "start";
  fake.held = start ? new Date().toISOString() : undefined;
  return {
    type: "side",
    side: "hold",
    say: [
      start
        ? zh
          ? "我查一下，大约两分钟，您别挂，好吗？"
          : "I need about two minutes to look this up. May I put you on hold?"
        : zh
          ? "让您久等了，我查到了。"
          : "Thank you for waiting. I'm back.",
    ],
  };
};
const began = Date.now();
const conversation = fakeConversation({
  steps: demoQuestions(locale).map((question) => ({ question })),
  actions: FAKE_ACTIONS.map((a) => ({ ...a, label: (zh ? LABELS : EN)[a.side] ?? a.label })),
  elapsed: () => 185 + (Date.now() - began) / 1000,
  readDate: (text) => (/tomorrow|明天/.test(text) ? "2026-11-23T02:00:00Z" : undefined),
  sides: {
    hold,
    tip: side("tip", { message: zh ? "没有别的提示了。" : "No other tip." }),
    another: side("another", { message: zh ? "没有别的说法了。" : "No other wording." }),
    note: side("note", { message: zh ? "备注已记下。" : "Noted." }),
    promise: side("promise", { message: zh ? "承诺已记下。" : "The promise is recorded." }),
    recap: side("recap", {
      say: [
        zh
          ? "我把记下的给您念一遍，哪里不对您马上打断我。"
          : "Let me read back what I've noted. Please stop me wherever it's wrong.",
      ],
      lines: zh
        ? [
            "客户原话：三周没有宽带，每次来电都换人。",
            "要求：本周内修好，减免三周费用。",
            "已承诺：工程师周一10点上门（未兑现）。",
          ]
        : [
            "In the customer's words: three weeks without broadband, a new face each time.",
            "Wants: the line mended this week, three weeks off the bill.",
            "Promised: engineer on Monday at 10:00 (not kept).",
          ],
    }),
    emergency: side("emergency", {
      say: [zh ? "您现在在哪里？身边有人吗？" : "Where are you now? Is anybody with you?"],
      lines: zh
        ? ["1. 不挂电话，慢慢说。", "2. 示意同事拨打当地急救电话。", "3. 通知主管。"]
        : [
            "1. Stay on the line and speak slowly.",
            "2. Have a colleague ring the local emergency number.",
            "3. Tell your lead.",
          ],
    }),
    abuse: side("abuse", {
      say: [
        zh
          ? "我想帮您把事办了。咱们都好好说话，我才帮得上您。"
          : "I want to help you. Please don't call me names; let's talk about what went wrong.",
      ],
    }),
    escalate: side("escalate", { message: zh ? "已升级。" : "Escalated." }),
    approval: side("approval", { message: zh ? "授权码有效。" : "The code is good." }),
  },
});
conversation.mood = 3;
const io = processIo(process, process.argv);
process
  .on("SIGTERM", () => process.exit(130))
  .on("SIGHUP", () => process.exit(130))
  .on("SIGINT", () => process.exit(130));
const { terminalPrompter } = await import("../../src/ui/terminal-prompter.ts");
const prompter =
  face === "plain"
    ? (await import("../../src/ui/accessible-prompter.ts")).accessiblePrompter({ io, t })
    : terminalPrompter({ io, t, density: density as "normal" });
const outcome = await prompter.run(conversation);
console.log(
  JSON.stringify({
    paused: outcome.paused,
    values: conversation.values,
    sides: conversation.sides,
    typed: conversation.typed.at(-1),
  }),
);
process.exit(0);
