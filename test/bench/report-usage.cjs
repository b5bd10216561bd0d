// Loaded into measured processes: writes their peak memory, in kilobytes, when they end.
process.on("exit", () => {
  require("node:fs").writeFileSync(process.env.BENCH_USAGE, String(process.resourceUsage().maxRSS));
});
