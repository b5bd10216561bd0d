/** Makes the form of a kind, and renders it. */
import { capaForm } from "./capa-form.ts";
import { feedbackForm } from "./feedback-form.ts";
import type { Form, FormContext, FormKind } from "./form.ts";
import { handlingForm } from "./handling-form.ts";
import { registerForm } from "./register-form.ts";
import { renderHtml } from "./render-html.ts";
import { renderMarkdown } from "./render-markdown.ts";

const MAKERS: Readonly<Record<FormKind, (context: FormContext) => Form>> = {
  register: registerForm,
  handling: handlingForm,
  feedback: feedbackForm,
  capa: capaForm,
};

export type FormFormat = "md" | "html";

/** The form of `kind` about the case of `context`, as one whole document. */
export function formText(kind: FormKind, format: FormFormat, context: FormContext): string {
  const form = MAKERS[kind](context);
  return format === "html" ? renderHtml(form, context) : renderMarkdown(form, context);
}
