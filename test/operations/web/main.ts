/** Proves the web behind the proxies of this repository, with the nginx and Caddy of Debian and Chromium. Nothing leaves this machine. */

import { runCounted } from '../counted.ts';
import { proveWeb } from './prove-web.ts';

await runCounted(proveWeb);
