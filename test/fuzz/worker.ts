/** A worker of the long form: one stretch of texts for one platform. */

import { parentPort, workerData } from 'node:worker_threads';
import { type Failure, runTexts, type TextsRun } from './run-texts.ts';

/** What a worker is started with. `progress` holds the number of the text that it is at. */
export interface WorkerTask extends Omit<TextsRun, 'onText' | 'onFailure'> {
	progress: SharedArrayBuffer;
}

/** What a worker says: each failure at once, since a later text may not end; then how many texts there were. */
export type WorkerWord = { failure: Failure } | { texts: number; cpuMs: number };

const task = workerData as WorkerTask;
const progress = new Int32Array(task.progress);
const onText = (index: number) => {
	progress[0] = index;
	return true;
};
const { texts } = await runTexts({ ...task, onText, onFailure: (failure) => parentPort?.postMessage({ failure }) });
const { user, system } = process.threadCpuUsage();
parentPort?.postMessage({ texts, cpuMs: (user + system) / 1_000 } satisfies WorkerWord);
