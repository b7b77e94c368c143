#!/usr/bin/env node
/** `countersign-check URL --config FILE`: compares a server with `api/openapi.yaml`. */
import { main } from './command.ts';

process.exitCode = await main(process.argv.slice(2));
