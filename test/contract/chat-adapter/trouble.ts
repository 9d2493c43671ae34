/** What an adapter does with limits, losses and aborted calls. */

import { describe, expect, test } from 'vitest';
import { type AdapterScene, message, refusal, signal } from './scene.ts';

export function describeTrouble(scene: AdapterScene): void {
	const { placeOf } = scene;
	describe('trouble', () => {
		test.each(['post', 'edit', 'remove'] as const)('with %s is told in the words of the port', async (operation) => {
			if (scene.lacks('troubles')) return;
			const place = await placeOf(scene.widest);
			const work = async () => {
				const reference = await scene.platform.post(place, message('x'), signal);
				scene.world.failNext(operation, how);
				if (operation === 'post') await scene.platform.post(place, message('y'), signal);
				else if (operation === 'edit') await scene.platform.edit(reference, message('y'), signal);
				else await scene.platform.remove(reference, signal);
			};
			let how: 'limited' | 'lost' = 'limited';
			expect(await refusal(work())).toMatchObject({ code: 'PLATFORM_RATE_LIMITED', retryable: true, retryAfterMs: 2_000 });
			how = 'lost';
			expect(await refusal(work())).toMatchObject({ code: 'PLATFORM_UNAVAILABLE', retryable: true });
		});

		test('with one place holds up no other', async () => {
			if (scene.lacks('troubles')) return;
			const [one, other] = [await placeOf(scene.widest), await placeOf('direct')];
			scene.world.failNext('post', 'limited');
			await refusal(scene.platform.post(one, message('x'), signal));
			const beganAtMs = performance.now();
			await scene.platform.post(other, message('y'), signal);
			expect(performance.now() - beganAtMs).toBeLessThan(1_500);
		});

		test('ends with the signal, before a call and in the middle of it', async () => {
			const place = await placeOf(scene.widest);
			expect(await refusal(scene.platform.post(place, message('x'), AbortSignal.abort()))).toMatchObject({ code: 'CANCELLED' });
			if (scene.lacks('troubles')) return;
			scene.world.failNext('post', 'silent');
			const beganAtMs = performance.now();
			expect(await refusal(scene.platform.post(place, message('x'), AbortSignal.timeout(100)))).toMatchObject({ code: 'CANCELLED' });
			expect(performance.now() - beganAtMs).toBeLessThan(2_000);
		});
	});
}
