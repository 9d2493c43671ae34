/** One large file from its message until it can be found, and until every passage has its vector. */

import { processFigures } from '../processes.ts';
import type { Sample } from './samples.ts';
import { openIngestionScene, type SceneOptions } from './scene.ts';

export interface WholeWay {
	sample: Sample;
	passages: number;
	/** Seconds. */
	fetch: number;
	read: number;
	index: number;
	found: number;
	ready: number;
	readerPeakBytes: number;
	/** Processor time of the bot's own process, in seconds, and its memory in bytes. */
	processor: number;
	memory: { before: number; peak: number };
}

const lookEveryMs = 100;

export async function measureWholeWay(samples: readonly Sample[], options: Pick<SceneOptions, 'onServer'>): Promise<WholeWay[]> {
	await using scene = await openIngestionScene({ ...options, slots: 4 });
	const ways: WholeWay[] = [];
	for (const sample of samples) {
		const before = await scene.counts();
		const resident = () => processFigures(scene.program.pid).residentBytes;
		const memory = { before: resident(), peak: 0 };
		const watch = setInterval(() => {
			memory.peak = Math.max(memory.peak, resident());
		}, lookEveryMs);
		const beganAtMs = performance.now();
		await scene.share(scene.stage.openRoom('channel'), [sample]);
		const { indexedAtMs, embeddedAtMs } = await scene.untilReady(before, 1);
		clearInterval(watch);
		const after = await scene.counts();
		ways.push({
			...{ sample, memory, passages: after.passages - before.passages },
			fetch: after.stages.fetch - before.stages.fetch,
			read: after.stages.read - before.stages.read,
			index: after.stages.index - before.stages.index,
			found: (indexedAtMs - beganAtMs) / 1_000,
			ready: (embeddedAtMs - beganAtMs) / 1_000,
			readerPeakBytes: Number(scene.program.log.findLast(({ msg }) => msg === 'a file was read')?.['peakBytes']),
			processor: (after.processorMs - before.processorMs) / 1_000,
		});
	}
	return ways;
}
