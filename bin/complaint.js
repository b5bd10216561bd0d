#!/usr/bin/env node
// The launcher. Node 22 and later keep compiled code between runs.
import module from "node:module";

module.enableCompileCache?.();
await import("../dist/main.js");
