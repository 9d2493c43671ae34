/** Streams that are open and idle, ten of each person: what they add to the program's memory, and what keeping them costs. */

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#test/e2e/eventually.ts';
import type { LivePage } from '#test/e2e/web-page.ts';
import { openWebScene, type WebScene } from '#test/e2e/web-scene.ts';
import { processFigures } from '../processes.ts';

/** As many as one person may have. */
const streamsOfPerson = 10;
/** Two heartbeats of each stream. */
const idleSeconds = 30;

/** Markdown. */
export async function measureStreams(streams: number): Promise<string> {
	const head = [
		'streams',
		'RSS before, MiB',
		'added, MiB',
		'after half a minute, MiB',
		'heap added, MiB',
		'CPU ms to open one',
		'CPU ms a second while idle',
		'lost',
	];
	const rows = [await measure(streams, true), await measure(streams, false)];
	return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

async function measure(streams: number, withRedis: boolean): Promise<(string | number)[]> {
	await using scene = await openWebScene({ withRedis });
	const people = Math.ceil(streams / streamsOfPerson);
	const browsers = [];
	for (let person = 0; person < people; person++) browsers.push(await scene.signIn(scene.meet()));
	const heapBefore = await heapWhileIdle(scene);
	const before = processFigures(scene.program.pid);
	const pages: LivePage[] = [];
	for (let stream = 0; stream < streams; stream++) {
		const page = await browsers[stream % people]?.listen({ newConversation: randomUUID() });
		if (page?.status !== 200) throw new Error(`stream ${stream} was answered with ${page?.status}`);
		pages.push(page);
	}
	await eventually(() => pages.every(({ heard }) => heard.length > 0));
	const opened = processFigures(scene.program.pid);
	const heapAfter = await heapWhileIdle(scene);
	const idle = processFigures(scene.program.pid);
	const lost = pages.filter(({ isOver }) => isOver).length;
	for (const page of pages) page.leave();
	const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
	return [
		`${streams}, ${withRedis ? 'with' : 'without'} Redis`,
		mebibytes(before.residentBytes),
		mebibytes(opened.residentBytes - before.residentBytes),
		mebibytes(idle.residentBytes - before.residentBytes),
		mebibytes(heapAfter - heapBefore),
		((opened.processorMs - before.processorMs) / streams).toFixed(1),
		((idle.processorMs - opened.processorMs) / idleSeconds).toFixed(1),
		lost,
	];
}

/** The least that the heap and what lies beside it held within the time: what garbage there was then is gone. @returns bytes. */
async function heapWhileIdle({ program }: WebScene): Promise<number> {
	const held: number[] = [];
	for (let second = 0; second < idleSeconds; second++) {
		await delay(1_000);
		const parts = ['nodejs_heap_size_used_bytes', 'nodejs_external_memory_bytes'].map((name) => program.metric(name));
		held.push((await Promise.all(parts)).reduce((sum, part) => sum + part, 0));
	}
	return Math.min(...held);
}
