import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/build-once.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Files are spread over processes: better-sqlite3 and terminals do not like threads.
    pool: "forks",
    // Two, also on two cores: much of the time is spent waiting for the programs that are tested.
    maxWorkers: 2,
    env: { TZ: "UTC" },
  },
});
