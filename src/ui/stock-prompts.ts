/** Stock prompts for short one-off questions outside a call; only these are bundled. */
export { confirm, input, select } from "@inquirer/prompts";
