/** A worker of the long form: one stretch of texts for one platform. */

import { parentPort, workerData } from 'node:worker_threads';
import { runTexts, type TextsRun } from './run-texts.ts';

/** What a worker is started with. `progress` holds the number of the text that it is at. */
export interface WorkerTask extends Omit<TextsRun, 'onText'> {
	progress: SharedArrayBuffer;
}

const task = workerData as WorkerTask;
const progress = new Int32Array(task.progress);
const onText = (index: number) => {
	progress[0] = index;
	return true;
};
parentPort?.postMessage(await runTexts({ ...task, onText }));
