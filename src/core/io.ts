/** The streams of one run of the program, as types: `ui/io.ts` builds them from the process. */

/** The streams and what is known of them; tests give their own. */
export interface Io {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** stdin and the drawing stream are terminals and `--no-input` was not given. */
  interactive: boolean;
  /** Width of the stream the result goes to; where it is no terminal what COLUMNS says, else 80. */
  columns: number;
  rows: number;
  color: boolean;
  /** Whether characters beyond ASCII can be shown. */
  unicode: boolean;
  /** Prints to stdout, as it is. Cheaper than its stream, which is for who reads and draws at once. */
  print: (text: string) => void;
  /** Prints to stderr, as it is. */
  warn: (text: string) => void;
}
