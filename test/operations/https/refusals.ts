/** What a front says when it cannot get its certificate or its port. */

import { once } from 'node:events';
import { createServer } from 'node:net';
import { eventually } from '#test/e2e/eventually.ts';
import type { AcmeDirectory } from './acme-directory.ts';
import type { Front } from './front.ts';
import type { Prove } from './prove.ts';

/** @param front has not been started. */
export async function proveRefusals(front: Front, directory: AcmeDirectory, prove: Prove): Promise<void> {
	await prove('says that its port is taken, and ends', async () => {
		const other = createServer().listen(front.httpPort, '127.0.0.1');
		await once(other, 'listening');
		await front.start();
		await eventually(() => front.hasEnded() && /address already in use/i.test(front.output()));
		await once(other.close(), 'close');
	});
	await prove('says that its name leads elsewhere', async () => {
		// Nobody listens there.
		await directory.lead(front.domain, '127.0.0.9');
		await front.start();
		await eventually(async () => {
			await front.look();
			return /127\.0\.0\.9.*refused/.test(front.output());
		});
		await front.stop();
	});
}
