// Loaded into measured processes: writes their CPU time and peak memory when they end.
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cost = { cpu: (userCPUTime + systemCPUTime) / 1000, rss: maxRSS };
  require("node:fs").writeFileSync(process.env.BENCH_USAGE, JSON.stringify(cost));
});
