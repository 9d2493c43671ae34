import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { HostStatus } from '#src/models/model-operations.ts';
import { type GaugeSources, readGauges } from '#src/observability/gauges.ts';
import { createMetrics } from '#src/observability/metrics.ts';
import { upHost } from '#test/fakes/model-pool.ts';

const depth = { accepted: 4, processing: 1, oldestSeconds: 90 };
const waiting = { name: 'ingest-file', state: 'waiting', count: 7, oldestSeconds: 30 } as const;

function sources(changes: { hosts?: HostStatus[]; mode?: 'shared' | 'degraded' } & Partial<GaugeSources> = {}): GaugeSources {
	const { hosts = [upHost], mode = 'shared', ...rest } = changes;
	return {
		models: {
			queueLength: () => 2,
			status: () => hosts,
			memory: () => [{ host: upHost.host, model: 'fake-model', bytes: 100, videoBytes: 60 }],
		},
		cache: { mode: () => mode },
		parts: async () => ({ database: { state: 'up' }, cache: { state: 'degraded' } }),
		opened: { inbox: { depth: async () => depth }, jobs: { count: async () => [waiting] }, runningTurns: 3 },
		...rest,
	};
}

async function textAfter(...reads: GaugeSources[]): Promise<string> {
	const metrics = createMetrics();
	for (const read of reads) await readGauges(metrics, read);
	return await metrics.registry.metrics();
}

describe('what is read for each scrape', () => {
	it('is the state of each part, of the cache, of hosts with their memory, of the inbox and of jobs', async () => {
		const text = await textAfter(sources());
		for (const line of [
			'openccb_part_state{part="database",state="up"} 1',
			'openccb_part_state{part="database",state="down"} 0',
			'openccb_part_state{part="cache",state="degraded"} 1',
			'openccb_cache_mode{mode="shared"} 1',
			'openccb_cache_mode{mode="degraded"} 0',
			'openccb_model_host_up{host="http://model:11434"} 1',
			'openccb_model_slots{model="fake-model",host="http://model:11434"} 4',
			'openccb_model_loaded_bytes{model="fake-model",host="http://model:11434"} 100',
			'openccb_model_vram_bytes{model="fake-model",host="http://model:11434"} 60',
			'openccb_inbox_oldest_seconds 90',
			'openccb_jobs{kind="ingest-file",state="waiting"} 7',
			'openccb_jobs_oldest_seconds{kind="ingest-file"} 30',
			'openccb_running_turns 3',
		]) {
			expect(text).toContain(`${line}\n`);
		}
	});

	it('forgets a host that is configured no more, and what is loaded no more', async () => {
		const gone = { ...upHost, host: 'http://gone:11434' };
		const after = { ...sources(), models: { queueLength: () => 0, status: () => [upHost], memory: () => [] } };
		const text = await textAfter(sources({ hosts: [upHost, gone] }), after);
		expect(text).not.toContain('http://gone:11434');
		expect(text).not.toContain('openccb_model_loaded_bytes{');
	});

	it('shows a host that is down, and changes the mode of the cache', async () => {
		const text = await textAfter(sources(), sources({ hosts: [{ ...upHost, state: 'down' }], mode: 'degraded' }));
		expect(text).toContain('openccb_model_host_up{host="http://model:11434"} 0');
		expect(text).toContain('openccb_cache_mode{mode="shared"} 0');
		expect(text).toContain('openccb_cache_mode{mode="degraded"} 1');
	});

	it('keeps what it knew of the inbox while the database is away', async () => {
		const away = async () => Promise.reject(new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }));
		const down = { inbox: { depth: away }, jobs: { count: away }, runningTurns: 0 };
		expect(await textAfter(sources(), sources({ opened: down }), sources({ opened: null }))).toContain('openccb_inbox_oldest_seconds 90');
	});
});
