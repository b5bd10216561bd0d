#!/usr/bin/env node
// The launcher. CommonJS (see package.json beside it): the ES module loader costs more than it brings here.
// Node 22 and later keep compiled code between runs.
require("node:module").enableCompileCache?.();
require("../dist/main.cjs");
