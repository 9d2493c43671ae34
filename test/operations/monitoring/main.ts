/** Proves boards and alerts with what Debian has: Prometheus, Alertmanager and the exporters. Nothing leaves this machine. */

import { runCounted } from '../counted.ts';
import { proveMonitoring } from './prove-monitoring.ts';

await runCounted(proveMonitoring);
