/** Stock prompts for short one-off questions outside a call; only these are bundled. Ctrl+C and a closed terminal stop the program. */
import * as prompts from "@inquirer/prompts";
import { stopped } from "../core/errors.ts";

/** Inquirer's own errors for a prompt that was left. */
const LEFT = new Set(["ExitPromptError", "AbortPromptError", "CancelPromptError"]);

/** The prompt with the contract's way out: exit 130 and no word about it. */
function stopping<P extends (...given: never[]) => Promise<unknown>>(prompt: P): P {
  const asked = async (...given: Parameters<P>) => {
    try {
      return await prompt(...given);
    } catch (error) {
      throw error instanceof Error && LEFT.has(error.name) ? stopped() : error;
    }
  };
  return asked as unknown as P;
}

export const confirm = stopping(prompts.confirm);
export const input = stopping(prompts.input);
export const select = stopping(prompts.select);
