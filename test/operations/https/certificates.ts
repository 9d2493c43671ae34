/** How a front gets its certificate, keeps it, and gets the next one. */

import assert from 'node:assert/strict';
import { eventually } from '#test/e2e/eventually.ts';
import type { AcmeDirectory } from './acme-directory.ts';
import { call, callWithoutTls, servedCertificate } from './caller.ts';
import type { Front } from './front.ts';
import type { Prove } from './prove.ts';

const recreations = 3;
/** Of the lifetime. */
const renewalShare = 1 / 3;

export async function proveFirst(front: Front, directory: AcmeDirectory, prove: Prove): Promise<void> {
	await prove('gets a certificate', async () => {
		await front.start();
		await eventually(() => callWithoutTls(front));
		await front.look();
		await eventually(() => servedCertificate(front));
		assert.equal(directory.countIssued(), 1);
	});
	await prove(`made anew ${recreations} times it keeps its certificate`, async () => {
		const { serialNumber } = await servedCertificate(front);
		for (let time = 0; time < recreations; time += 1) {
			await front.stop();
			await front.start();
			await front.look();
			assert.equal((await eventually(() => servedCertificate(front))).serialNumber, serialNumber);
		}
		assert.equal(directory.countIssued(), 1);
	});
}

export async function proveRenewal(front: Front, prove: Prove): Promise<void> {
	await prove('renews when a third of the lifetime is left, and serves the new one without a break', async () => {
		const old = await servedCertificate(front);
		const renewed = await eventually(async () => {
			await front.look();
			assert.notEqual((await call(front, { path: '/' })).status, 0);
			const now = await servedCertificate(front);
			return now.serialNumber === old.serialNumber ? null : now;
		});
		const from = Date.parse(old.valid_from);
		const until = Date.parse(old.valid_to);
		const leftMs = until - Date.parse(renewed.valid_from);
		assert.ok(leftMs > 0, 'the old one had ended');
		// Its times are whole seconds.
		assert.ok(leftMs <= (until - from) * renewalShare + 1_000, `${leftMs} ms were left of ${until - from}`);
	});
}

/** Ends with a directory that is there again. */
export async function proveOutage(front: Front, directory: AcmeDirectory, prove: Prove): Promise<void> {
	await prove('goes on with its certificate while the directory is away, and says so', async () => {
		await directory.way.cut();
		const { serialNumber } = await servedCertificate(front);
		await eventually(async () => {
			await front.look();
			return saysThatItFailed(front.output());
		});
		assert.equal((await servedCertificate(front)).serialNumber, serialNumber);
		await directory.way.restore();
	});
}

export async function proveRestart(front: Front, prove: Prove): Promise<void> {
	await prove('renews at once when it is made anew, if it is time', async () => {
		const { serialNumber } = await servedCertificate(front);
		await front.stop();
		await front.start();
		await eventually(async () => (await servedCertificate(front)).serialNumber !== serialNumber);
	});
}

/** Caddy's line for a renewal that will be tried again, or ours below Certbot's. */
function saysThatItFailed(output: string): boolean {
	return /"logger":"tls.renew","msg":"will retry"/.test(output) || /^No certificate for /m.test(output);
}
