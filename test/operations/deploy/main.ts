/** Proves updates over ssh: with a real sshd, a real PostgreSQL, the real program, and a stand-in for systemd. */

import { runCounted } from '../counted.ts';
import { proveDeploy } from './prove-deploy.ts';

await runCounted(proveDeploy);
