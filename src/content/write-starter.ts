/** Writes a commented starter script for authors. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const STARTER = (id: string) => `# A handling script. Check it with: complaint script check scripts/${id}.yaml
# Walk through it with:             complaint script try ${id}
# Editors complete and check it with the schema of: complaint script schema
id: ${id}                       # the file's name
kind: call                      # call | call-back | progress | appeal
title: { en: "My script", zh-CN: "我的脚本", zh-TW: "我的腳本" }
about: { en: "When to use it, in one sentence.", zh-CN: "一句话说明什么时候用。", zh-TW: "一句話說明何時使用。" }

steps:                          # in order; stages: listen, apologize, analyze, resolve, follow-up
  - key: listen.words           # <stage>.<name>, never changed once used
    kind: text                  # say | text | number | date | yes-no | choose | choose-many | offer | promise
    records: words              # the field of the record it fills
    say: [let-finish, invite-story]   # moves of the phrase bank, own lines (below) or single lines by id
    avoid: [N06]                # never-say entries: complaint avoid --json
    tip: [T01]                  # calming tips: complaint tips --json
  - key: apologize.once
    kind: say
    ask: { en: "Apologize once, for one named thing.", zh-CN: "只道一次歉，说清为哪件事。", zh-TW: "只道一次歉，說清楚為哪件事。" }
    say: [specific-apology, ${id}-sorry]
  - key: analyze.category
    kind: choose
    records: category           # choices come from the taxonomy of the field
  - key: resolve.options
    kind: offer
    records: options
    optional: true              # Enter passes it
  - key: resolve.dispute
    kind: text
    records: dispute_point
    optional: true
    when: { field: category, in: [price, service] }   # is | in | over | under | known | all | any | not
  - key: follow-up.outcome
    kind: choose
    records: outcome
    optional: true

lines:                          # sentences of your own: at most 25 words, or 50 Chinese characters
  ${id}-sorry:
    move: specific-apology
    mood: [1, 4]                # shown while the customer's mood is 1 to 4
    psych: []                   # empty: any
    ch: []                      # empty: any channel
    text:
      en: "I'm sorry this happened, and I'm glad you told me."
      zh-CN: "出了这样的事，对不起；谢谢您告诉我。"
      zh-TW: "發生這樣的事，對不起；謝謝您告訴我。"

# switches:                     # where the call may go on
#   - { to: telecom, when: { field: category, is: telecom-network } }
`;

export interface StarterOptions {
  force: boolean;
  output: string | undefined;
  createHome: boolean;
}

/** Writes \`scripts/<id>.yaml\` in the home (or \`output\`) and returns its path; undefined where it exists already. */
export function writeStarter(home: string, id: string, options: StarterOptions): string | undefined {
  const path = options.output ?? join(home, "scripts", `${id}.yaml`);
  if (existsSync(path) && !options.force) return undefined;
  if (options.output === undefined)
    mkdirSync(dirname(path), { recursive: options.createHome || existsSync(home), mode: 0o700 });
  writeFileSync(`${path}.tmp`, STARTER(id), { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
  return path;
}
