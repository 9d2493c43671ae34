/** A process of its own with a pool: waits for a slot whenever it is told to, and says when it got one. */

import { silentLogger } from '#src/log.ts';
import { openTicketQueue } from '#src/queue/open-ticket-queue.ts';
import { openPool } from './pool.ts';

const [redisUrl = '', hostUrl = '', name = ''] = process.argv.slice(2);
const queue = openTicketQueue({ url: redisUrl, name, processId: `member-${process.pid}`, logger: silentLogger });
const pool = openPool(queue, hostUrl, 1);

/** Milliseconds since the epoch, finer than `Date.now`. */
const now = () => performance.timeOrigin + performance.now();
const say = (message: object) => void process.send?.(message);

process.on('message', () => void waitOnce());
process.on('disconnect', () => process.exit(0));
const ready = setInterval(() => {
	if (queue.mode() !== 'shared') return;
	clearInterval(ready);
	say({ type: 'ready' });
}, 5);

async function waitOnce(): Promise<void> {
	const request = { userId: 'member', conversationId: 'member', priority: 'interactive', messages: [] } as const;
	const over = new AbortController();
	for await (const event of pool.chat({ ...request, messages: [{ role: 'user', content: 'short' }] }, over.signal)) {
		if (event.type === 'queued') say({ type: 'waits' });
		if (event.type === 'started') say({ type: 'granted', atMs: now() });
	}
	say({ type: 'done' });
}
