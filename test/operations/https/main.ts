/** Proves HTTPS with what Debian has: caddy, nginx, certbot, openssl, pebble. Nothing leaves this machine. */

import { runCounted } from '../counted.ts';
import { proveHttps } from './prove-https.ts';

await runCounted(proveHttps);
