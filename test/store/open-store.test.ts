/** Opening: every way a file or folder can be wrong, and reading that leaves the file as it was. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { ComplaintError } from "../../src/core/errors.ts";
import { connect } from "../../src/store/connection.ts";
import { inspectStore } from "../../src/store/mend.ts";
import { networkShare } from "../../src/store/network-share.ts";
import { openPatiently, openStore } from "../../src/store/open-store.ts";
import { faultOf } from "../../src/store/store-error.ts";
import { addCase, freshFolder, options } from "./support.ts";

const TSX = join(import.meta.dirname, "../../node_modules/.bin/tsx");

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ComplaintError)) throw error;
    expect(error.exit).toBe(4);
    return error.code;
  }
  return undefined;
}

function filled(): string {
  const path = join(freshFolder(), "complaint.db");
  const store = openStore(path, options());
  addCase(store, { words: "宽带" });
  store.close();
  return path;
}

describe("a new store", () => {
  test("is private: file 0600, and its folder 0700 where the store made it", () => {
    const folder = join(freshFolder(), "a", "home");
    const store = openStore(join(folder, "complaint.db"), options({ create: true }));
    addCase(store);
    for (const file of readdirSync(folder))
      expect(statSync(join(folder, file)).mode & 0o777, file).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test("a missing folder is not made unless asked", () => {
    const path = join(freshFolder(), "nowhere", "complaint.db");
    expect(codeOf(() => openStore(path, options()))).toBe("folder_missing");
    expect(existsSync(join(path, ".."))).toBe(false);
  });

  test("every open sets full synchronisation, a journal and secure deletion", () => {
    const path = filled();
    const connection = connect(path, path, { readOnly: false, wal: true, busyMs: 1, t: (key) => key });
    const pragma = (name: string) => connection.db.pragma(name, { simple: true });
    expect([pragma("journal_mode"), pragma("synchronous"), pragma("secure_delete")]).toEqual(["wal", 2, 1]);
    connection.close();
  });

  test("an empty file becomes a store", () => {
    const path = join(freshFolder(), "complaint.db");
    writeFileSync(path, "");
    expect(openStore(path, { ...options(), readOnly: true })).toBeUndefined();
    openStore(path, options()).close();
    expect(openStore(path, { ...options(), readOnly: true })).toBeDefined();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

describe("a file that is no good", () => {
  const open = (path: string) => {
    const codes = [
      codeOf(() => openStore(path, options())),
      codeOf(() => openStore(path, { ...options(), readOnly: true })),
    ];
    expect(codes[0]).toBe(codes[1]);
    return codes[0];
  };

  test("text instead of a database", () => {
    const path = join(freshFolder(), "complaint.db");
    writeFileSync(path, "this is not a database, but it is long enough to be looked at\n".repeat(20));
    const before = readFileSync(path);
    expect(open(path)).toBe("corrupt");
    expect(readFileSync(path)).toEqual(before);
  });

  test("another program's database", () => {
    const path = join(freshFolder(), "complaint.db");
    const db = new Database(path);
    db.exec("CREATE TABLE photos (id)");
    db.close();
    expect(open(path)).toBe("not_a_store");
  });

  test("a newer version's", () => {
    const path = filled();
    const db = new Database(path);
    db.pragma("user_version = 999");
    db.close();
    expect(open(path)).toBe("newer_version");
  });

  test("a folder in its place", () => {
    const path = join(freshFolder(), "complaint.db");
    mkdirSync(path);
    expect(open(path)).toBe("cannot_open");
  });

  test("damaged pages are told, not thrown as a bug", () => {
    const path = filled();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 4096);
    writeFileSync(path, bytes);
    const use = (): unknown => {
      const store = openStore(path, options());
      return [store.list({}), addCase(store)];
    };
    expect(codeOf(use)).toBe("corrupt");
  });

  test("what SQLite and the system call full, busy or forbidden", () => {
    const codes: Record<string, string> = {
      SQLITE_FULL: "disk_full",
      ENOSPC: "disk_full",
      SQLITE_BUSY_SNAPSHOT: "busy",
      SQLITE_READONLY_DIRECTORY: "read_only",
      EACCES: "read_only",
      SQLITE_IOERR_READ: "io_error",
      SQLITE_CANTOPEN_ISDIR: "cannot_open",
      SQLITE_CORRUPT_VTAB: "corrupt",
      ERR_DLOPEN_FAILED: "no_library",
      MODULE_NOT_FOUND: "no_library",
    };
    for (const [code, fault] of Object.entries(codes))
      expect(faultOf(Object.assign(new Error(), { code }))).toBe(fault);
    expect(faultOf(new TypeError("a bug"))).toBeUndefined();
  });
});

describe("locked", () => {
  test("a writer that waits too long stores nothing and says busy; reading goes on", () => {
    const path = filled();
    const holder = new Database(path);
    const store = openStore(path, options({ busyMs: 50 }));
    holder.exec("BEGIN IMMEDIATE");
    expect(codeOf(() => addCase(store))).toBe("busy");
    expect(store.list({}).total).toBe(1);
    holder.exec("COMMIT");
    addCase(store);
    expect(store.list({}).total).toBe(2);
    holder.close();
  });

  test("a failed write leaves nothing behind in memory either", () => {
    const path = filled();
    const store = openStore(path, options());
    const id = addCase(store, { words: "one" });
    expect(() =>
      store.append(id, [
        { type: "noted", data: { text: "x" } },
        { type: "answered", data: undefined as never },
      ]),
    ).toThrow();
    expect(store.append(id, [{ type: "noted", data: { text: "y" } }]).case.notes).toHaveLength(1);
    expect(store.rebuild().differed).toBe(0);
  });
});

describe("network shares", () => {
  const facts = (type: number, mounts = "") => ({
    platform: "linux",
    type: () => type,
    mounts: () => mounts,
  });

  test("are told from local disks by the type of the file system", () => {
    expect(networkShare("/srv", facts(0x6969))).toBe("NFS");
    expect(networkShare("/srv", facts(0xff534d42))).toBe("CIFS");
    expect(networkShare("/srv", facts(0xef53))).toBeUndefined();
    const mounts =
      "/dev/sda1 / ext4 rw 0 0\nhost:/ /mnt/team fuse.sshfs rw 0 0\n/dev/sdb /mnt/usb fuse.ntfs-3g rw 0 0\n";
    expect(networkShare("/mnt/team/db", facts(0x65735546, mounts))).toBe("fuse.sshfs");
    expect(networkShare("/mnt/usb/db", facts(0x65735546, mounts))).toBeUndefined();
    expect(networkShare("\\\\server\\share", { ...facts(0), platform: "win32" })).toBe("UNC");
    expect(networkShare("C:\\data", { ...facts(0), platform: "win32" })).toBeUndefined();
  });

  test("a folder that cannot be asked counts as local", () => {
    const broken = () => {
      throw new Error("ENOSYS");
    };
    expect(networkShare("/x", { platform: "linux", type: broken, mounts: () => "" })).toBeUndefined();
  });
});

describe("reading", () => {
  const read = (path: string) => openStore(path, { ...options(), readOnly: true });

  test("no file: no store, and nothing is made", () => {
    const folder = freshFolder();
    expect(read(join(folder, "complaint.db"))).toBeUndefined();
    expect(read(join(folder, "nowhere", "complaint.db"))).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("leaves the file and its folder as they were", () => {
    const path = filled();
    const old = new Date("2026-01-01T00:00:00Z");
    utimesSync(path, old, old);
    const bytes = readFileSync(path);
    const store = read(path)!;
    expect(store.list({}).total).toBe(1);
    expect(store.search("宽带", {}).total).toBe(1);
    store.close();
    expect(statSync(path).mtime).toEqual(old);
    expect(readFileSync(path)).toEqual(bytes);
    expect(readdirSync(join(path, ".."))).toEqual(["complaint.db"]);
  });

  test("a writer that just exits leaves one whole file, a reader nothing beside it", () => {
    const path = filled();
    const script = (use: string) => `
      import { openStore } from ${JSON.stringify(join(import.meta.dirname, "../../src/store/open-store.ts"))};
      import { options, addCase } from ${JSON.stringify(join(import.meta.dirname, "child-support.ts"))};
      ${use};
      process.exit(0);
    `;
    for (const use of [
      `addCase(openStore(${JSON.stringify(path)}, options()))`,
      `openStore(${JSON.stringify(path)}, { ...options(), readOnly: true }).list({})`,
    ]) {
      expect(spawnSync(TSX, ["--eval", script(use), "--input-type=module"]).status).toBe(0);
      expect(readdirSync(join(path, ".."))).toEqual(["complaint.db"]);
    }
    expect(read(path)!.list({}).total).toBe(2);
  });

  test("sees what a killed writer left in the journal, and leaves it there", () => {
    const path = filled();
    const script = `
      import { openStore } from ${JSON.stringify(join(import.meta.dirname, "../../src/store/open-store.ts"))};
      import { options, addCase } from ${JSON.stringify(join(import.meta.dirname, "child-support.ts"))};
      addCase(openStore(${JSON.stringify(path)}, options()));
      process.kill(process.pid, "SIGKILL");
    `;
    spawnSync(TSX, ["--eval", script, "--input-type=module"]);
    expect(existsSync(`${path}-wal`)).toBe(true);
    const files = [path, `${path}-wal`].map((p) => readFileSync(p));
    const store = read(path)!;
    expect(store.list({}).total).toBe(2);
    store.close();
    expect([path, `${path}-wal`].map((p) => readFileSync(p))).toEqual(files);
  });

  test("works in a folder that may not be written, also beside a journal", () => {
    const path = filled();
    const folder = join(path, "..");
    const code = `
      import { openStore } from ${JSON.stringify(join(import.meta.dirname, "../../src/store/open-store.ts"))};
      import { options, addCase } from ${JSON.stringify(join(import.meta.dirname, "child-support.ts"))};
      if (process.getuid?.() === 0) process.setuid(65534);
      const store = openStore(${JSON.stringify(path)}, { ...options(), readOnly: true });
      console.log(store.list({}).total);
      store.close();
      try { openStore(${JSON.stringify(path)}, options()); } catch (error) { console.log(error.code); }
    `;
    const run = () =>
      execFileSync(TSX, ["--eval", code, "--input-type=module"], { encoding: "utf8" }).trim().split("\n");
    chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    expect(run()).toEqual(["1", "read_only"]);
    chmodSync(folder, 0o755);
    chmodSync(path, 0o644);
    const writer = openStore(path, options());
    addCase(writer);
    for (const file of readdirSync(folder)) chmodSync(join(folder, file), 0o444);
    chmodSync(folder, 0o555);
    expect(run()).toEqual(["2", "read_only"]);
    chmodSync(folder, 0o755);
    writer.close();
  });

  test("a look is written down all the same", () => {
    const path = filled();
    const store = read(path)!;
    const { id } = store.list({}).cases[0]!;
    store.logAccess("list --unmask", [id]);
    expect(store.access(id)).toMatchObject([{ by: "li", command: "list --unmask" }]);
    store.close();
  });

  test("a cache of another version is made anew first", () => {
    const path = filled();
    const db = new Database(path);
    db.exec("UPDATE cursors SET value = 'old' WHERE name = 'cache'; DROP TABLE promises; DELETE FROM cases");
    db.close();
    const store = read(path)!;
    expect(store.list({}).total).toBe(1);
    expect(store.search("宽带", {}).total).toBe(1);
    store.close();
  });

  test("a cache that is made anew in slices lets signals through, and who is stopped is gone on from", async () => {
    const path = join(freshFolder(), "complaint.db");
    const store = openStore(path, options());
    for (let n = 0; n < 400; n++) addCase(store, { words: `宽带 ${n}` });
    const before = store.list({ limit: 400 });
    store.close();
    const db = new Database(path);
    db.exec("UPDATE cursors SET value = 'old' WHERE name = 'cache'");
    db.close();

    let turns = 0;
    const turning = setInterval(() => turns++, 0);
    const steps: { done: number; cases: number }[] = [];
    const stopped = openPatiently(path, options(), (step) => {
      steps.push(step);
      if (steps.length > 2) throw new Error("stopped");
    });
    await expect(stopped).rejects.toThrow("stopped");
    clearInterval(turning);
    expect(turns).toBeGreaterThan(0);
    expect(steps[2]!.done).toBeGreaterThan(steps[0]!.done);
    expect(steps[2]!.done).toBeLessThan(400);

    const again: { done: number; cases: number }[] = [];
    const made = await openPatiently(path, { ...options(), readOnly: true }, (step) => again.push(step));
    expect(again[0]!.done).toBeGreaterThan(steps[2]!.done);
    expect(again[0]!.cases).toBe(400);
    expect(made!.list({ limit: 400 })).toEqual(before);
    expect(made!.search("宽带", {}).total).toBe(400);
    made!.close();
    expect(inspectStore(path, (key) => key)).toMatchObject({ health: "good", cases: 400 });
  });

  test("another country's numbers are read anew", () => {
    const path = join(freshFolder(), "complaint.db");
    const store = openStore(path, options({ country: "US" }));
    addCase(store, { customer_phone: "8613800005678" });
    expect(store.casesOf({ phone: "13800005678" })).toHaveLength(0);
    store.close();
    const chinese = openStore(path, options({ country: "CN" }));
    expect(chinese.casesOf({ phone: "138 0000 5678" })).toHaveLength(1);
  });
});
