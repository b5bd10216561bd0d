/** Going on in another script or language: what was answered is not asked again. */
import { matchLocale } from "../core/locale.ts";
import type { Outcome } from "../core/question.ts";
import type { Script, Step } from "../core/script.ts";
import { type Call, commit } from "./call.ts";
import { sideError, sideLines } from "./side-lines.ts";

function goOnIn(call: Call, script: Script): void {
  call.store.putScript(script);
  commit(call, [
    {
      type: "rescripted",
      data: { run: call.runId, script: { id: script.id, hash: script.hash }, locale: script.locale },
    },
  ]);
  call.script = script;
}

/** Scripts the present run may go on in. */
export function reachableScripts(call: Call): { id: string; title: string }[] {
  return call.library
    .scriptInfos(call.run.locale)
    .filter((info) => info.kind === call.script.kind && info.id !== call.script.id)
    .map(({ id, title }) => ({ id, title }));
}

export function switchScript(call: Call, to: unknown): Outcome {
  if (typeof to !== "string") return sideError(call, "needs_text", { name: "to" });
  const wish = to.trim().toLowerCase();
  const known = reachableScripts(call);
  const hit =
    known.find((s) => s.id === wish || s.title.toLowerCase() === wish) ??
    (wish === "" ? undefined : known.find((s) => s.id.startsWith(wish)));
  const script = hit && call.library.script(hit.id, call.run.locale);
  if (!script)
    return sideError(call, "not_in_set", { name: "script", set: known.map((s) => s.id).join(", ") });
  goOnIn(call, script);
  call.focus = undefined;
  return {
    type: "side",
    side: "script",
    message: call.t("call.script_now", { title: script.title }),
    data: { to: script.id },
  };
}

export function switchLanguage(call: Call, step: Step, to: unknown): Outcome {
  if (typeof to !== "string") return sideError(call, "needs_text", { name: "to" });
  const locales = call.library.locales();
  const wish = to.trim().toLowerCase();
  const byName = locales.find(
    (l) => wish.length > 1 && call.library.words(l).name.toLowerCase().includes(wish),
  );
  const locale = byName ?? matchLocale(to.trim(), locales);
  const script = locale && call.library.script(call.script.id, locale);
  if (!locale || !script) return sideError(call, "not_in_set", { name: "language", set: locales.join(", ") });
  const say = locale === call.run.locale ? [] : sideLines(call, step, "language-switch", 1);
  goOnIn(call, script);
  // The same question, in the new language.
  call.focus = step.key;
  const name = call.library.words(locale).name;
  return {
    type: "side",
    side: "language",
    message: call.t("call.language_now", { name }),
    say,
    data: { to: locale },
  };
}
