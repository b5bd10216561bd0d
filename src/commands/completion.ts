/** `completion bash|zsh`: the script a shell reads; it asks `complaint complete -- WORDS` at every TAB. */
import type { Run } from "../app.ts";
import { usage } from "../core/errors.ts";

/** For bash with and without the bash-completion package: plain bash on the same protocol (`value TAB text`, then `:directive`). */
const BASH = `# bash completion for complaint; put it into ~/.bashrc:  eval "$(complaint completion bash)"
_complaint() {
  local current="\${COMP_WORDS[COMP_CWORD]}" word line words=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    [ "$word" = "=" ] || words+=("$word")
  done
  if [ "$current" = "=" ]; then current=""; words+=(""); fi
  COMPREPLY=()
  while IFS=$'\\t' read -r line _; do
    case "$line" in
      :*|"") ;;
      "$current"*) COMPREPLY+=("$line") ;;
    esac
  done < <(complaint complete -- "\${words[@]}" 2>/dev/null)
  case "\${COMPREPLY[*]}" in *[=,]) compopt -o nospace 2>/dev/null ;; esac
}
complete -o default -F _complaint complaint
`;

/** The library prints its script; it is caught here, so that the result goes one way. */
async function zshScript(): Promise<string> {
  const { script } = await import("@bomb.sh/tab");
  const lines: string[] = [];
  const { log } = console;
  console.log = (...parts: unknown[]) => void lines.push(parts.join(" "));
  try {
    script("zsh", "complaint", "complaint");
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

export const run: Run = async (app, { args }) => {
  const shell = args[0];
  if (shell !== "bash" && shell !== "zsh")
    throw usage(
      "not_in_set",
      app.t("cli.error.not_in_set", { name: "shell", value: shell ?? "" }),
      "bash, zsh",
    );
  const script = shell === "bash" ? BASH : await zshScript();
  app.print({ json: { shell, script }, text: () => script });
};
