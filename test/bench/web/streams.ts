/** Streams that are open and idle, ten of each person: what they add to the program's memory, and what keeping them costs. */

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#test/e2e/eventually.ts';
import type { LivePage } from '#test/e2e/web-page.ts';
import { openWebScene } from '#test/e2e/web-scene.ts';
import { processFigures } from '../processes.ts';

/** As many as one person may have. */
const streamsOfPerson = 10;
/** Two heartbeats of each stream. */
const idleMs = 30_000;

/** Markdown. */
export async function measureStreams(streams: number): Promise<string> {
	const head = [
		'streams',
		'RSS before, MiB',
		'added, MiB',
		'after half a minute, MiB',
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
	await delay(idleMs);
	const before = processFigures(scene.program.pid);
	const pages: LivePage[] = [];
	for (let stream = 0; stream < streams; stream++) {
		const page = await browsers[stream % people]?.listen({ newConversation: randomUUID() });
		if (page?.status !== 200) throw new Error(`stream ${stream} was answered with ${page?.status}`);
		pages.push(page);
	}
	await eventually(() => pages.every(({ heard }) => heard.length > 0));
	const opened = processFigures(scene.program.pid);
	await delay(idleMs);
	const idle = processFigures(scene.program.pid);
	const lost = pages.filter(({ isOver }) => isOver).length;
	for (const page of pages) page.leave();
	const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
	return [
		`${streams}, ${withRedis ? 'with' : 'without'} Redis`,
		mebibytes(before.residentBytes),
		mebibytes(opened.residentBytes - before.residentBytes),
		mebibytes(idle.residentBytes - before.residentBytes),
		((opened.processorMs - before.processorMs) / streams).toFixed(1),
		((idle.processorMs - opened.processorMs) / (idleMs / 1_000)).toFixed(1),
		lost,
	];
}
